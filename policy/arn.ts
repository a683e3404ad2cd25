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
  if (!isWhole(one) || !isWhole(other)) return overlaps(one, other);
  const [mine, theirs] = [segmentsOf(one), segmentsOf(other)];
  return mine.every((each, at) => overlaps(each, theirs[at] ?? ''));
}

/** The pattern says all six segments, with what may be an account in the fifth. */
function isWhole(pattern: string): boolean {
  const parts = pattern.split(':', 6);
  return parts.length === 6 && parts[0] === 'arn' && /^[\d*?]*$/.test(parts[4] ?? '');
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
  if (!resource.startsWith('arn:') || resource.endsWith('*')) return resource;
  const missing = 6 - resource.split(':').length;
  return missing > 0 ? resource + ':*'.repeat(missing) : resource;
}

/** The account that an ARN names; undefined where it names none. */
export function accountOf(arn: string): string | undefined {
  const account = arn.startsWith('arn:') ? arn.split(':', 5)[4] : undefined;
  return account && isAccount(account) ? account : undefined;
}

export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
