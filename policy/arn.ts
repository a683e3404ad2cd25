// ARNs compared segment by segment: `*` and `?` stay within theirs.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
import { fits, overlaps } from './wildcard.ts';

/** The six segments of an ARN: `arn`, partition, service, region, account, resource. The resource keeps its colons. */
export function segmentsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The six patterns of an ARN pattern; one that ends early with `*`, as `arn:*`, leaves the rest open. */
export function patternsOf(pattern: string): string[] {
  const parts = pattern.split(':');
  if (parts.length >= 6 || !parts.at(-1)?.endsWith('*')) return segmentsOf(pattern);
  return [...parts, ...Array<string>(6 - parts.length).fill('*')];
}

/**
 * Whether some ARN fits both patterns. A `*` at the end of a segment may go beyond its colon; where both patterns say all
 * six segments, with an account in the fifth, it has no reason to, and they are compared one by one.
 */
export function arnsMeet(one: string, other: string): boolean {
  if (one === other || one === '*' || other === '*') return true;
  let [start, otherStart] = [0, 0];
  for (let at = 0; at < 5; at += 1) {
    const [end, otherEnd] = [one.indexOf(':', start), other.indexOf(':', otherStart)];
    if (end === -1 || otherEnd === -1) return overlaps(one, other);
    const [mine, theirs] = [one.slice(start, end), other.slice(otherStart, otherEnd)];
    if (at === 4 && !(mayBeAccount(mine) && mayBeAccount(theirs))) return overlaps(one, other);
    // A difference may be one only because a star before it goes on behind its colon.
    if (mine !== theirs && !overlaps(mine, theirs)) return !(isWhole(one) && isWhole(other)) && overlaps(one, other);
    [start, otherStart] = [end + 1, otherEnd + 1];
  }
  return overlaps(one.slice(start), other.slice(otherStart));
}

/** The pattern says all six segments, with what may be an account in the fifth. */
function isWhole(pattern: string): boolean {
  const parts = pattern.split(':', 6);
  return parts.length === 6 && parts[0] === 'arn' && mayBeAccount(parts[4] ?? '');
}

function mayBeAccount(segment: string): boolean {
  for (let at = 0; at < segment.length; at += 1) {
    const code = segment.charCodeAt(at);
    // Digits, `*` and `?`.
    if ((code < 48 || code > 57) && code !== 42 && code !== 63) return false;
  }
  return true;
}

/** Whether the ARN fits the pattern, segment by segment. */
export function fitsArn(pattern: string, arn: string): boolean {
  if (pattern === '*' || pattern === arn) return true;
  const found = segmentsOf(arn);
  return patternsOf(pattern).every((each, at) => fits(each, found[at] ?? ''));
}

/**
 * A resource pattern in full: AWS takes the segments that an ARN lacks for `*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function completed(resource: string): string {
  if (resource.endsWith('*') || !resource.startsWith('arn:')) return resource;
  let missing = 5;
  for (let at = resource.indexOf(':'); at !== -1 && missing > 0; at = resource.indexOf(':', at + 1)) missing -= 1;
  return missing > 0 ? resource + ':*'.repeat(missing) : resource;
}

/** The account that an ARN names; undefined where it names none. */
export function accountOf(arn: string): string | undefined {
  if (!arn.startsWith('arn:')) return undefined;
  let start = 4;
  for (let colons = 1; colons < 4; colons += 1) {
    start = arn.indexOf(':', start) + 1;
    if (start === 0) return undefined;
  }
  const account = arn.slice(start, start + 12);
  return arn[start + 12] === ':' && isAccount(account) ? account : undefined;
}

export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
