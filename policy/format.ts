// The kinds of resources that actions work on, as formats of ARNs, and what a resource pattern of a policy has to do with one.
import { arnsMeet, completed, isAccount } from './arn.ts';
import { hasVariable } from './variables.ts';
import { covers, fits, isPlain, overlaps } from './wildcard.ts';

/** A format such as `arn:aws:iam::{account}:user/?*`, in its segments; `{account}` and `{region}` are to be filled in. */
export type Format = { text: string; service: string; region: string; account: string; resource: string };

/** A resource pattern as it is looked at: `segments` where it says all six, with what may be an account in the fifth. */
export type Pattern = { written: string; text: string; hasVariable: boolean; segments: Segments | undefined };
type Segments = {
  partition: string;
  service: string;
  isOneService: boolean;
  region: string;
  account: string;
  resource: string;
};

/** What stands for an account that nobody knows. */
const SOME_ACCOUNT = '000000000000';

export function formatOf(text: string): Format {
  const segments = segmentsIn(text);
  return segments ? { text, ...segments } : { text, service: '*', region: '*', account: '*', resource: '*' };
}

/** The pattern with `*` for each variable. */
export function opened(pattern: string): string {
  return hasVariable(pattern) ? pattern.replace(/\$\{[^{}]*\}/g, '*') : pattern;
}

/** Reads a resource of a policy. `variables`: they are known in the policy, and not plain text. */
export function patternOf(written: string, variables: boolean): Pattern {
  const has = hasVariable(written);
  const text = completed(has && variables ? opened(written) : written);
  return { written, text, hasVariable: has && variables, segments: segmentsIn(text) };
}

function segmentsIn(text: string): Segments | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const ends: number[] = [];
  for (let at = text.indexOf(':'); at !== -1 && ends.length < 5; at = text.indexOf(':', at + 1)) ends.push(at);
  const [first = 0, second = 0, third = 0, fourth = 0, fifth] = ends;
  if (fifth === undefined) return undefined;
  const account = text.slice(fourth + 1, fifth);
  if (!/^(\{account\}|aws|[\d*?]*)$/.test(account)) return undefined;
  const [partition, service] = [text.slice(first + 1, second), text.slice(second + 1, third)];
  return {
    partition,
    service,
    isOneService: isPlain(service),
    region: text.slice(third + 1, fourth),
    account,
    resource: text.slice(fifth + 1),
  };
}

/** Whether the pattern is about all resources of the format, in the account and in some region, or about some of them. */
export function relation(pattern: Pattern, format: Format, account: string | undefined): 'all' | 'some' | 'none' {
  const { segments, text } = pattern;
  if (text === '*') return 'all';
  if (!segments) return relationOfText(text, format, account);
  if (!isHere(segments, format, account) || !isOfKind(pattern, segments.resource, format)) return 'none';
  return covers(segments.service, format.service) && covers(segments.resource, format.resource) ? 'all' : 'some';
}

/** Service, region and account agree. */
function isHere(
  { service, isOneService, region, account: named }: Segments,
  format: Format,
  account: string | undefined,
): boolean {
  if (service !== format.service && (isOneService || !overlaps(service, format.service))) return false;
  if (format.region === '' && region !== '' && !fits(region, '')) return false;
  if (format.account !== '{account}') return format.account === '*' || fits(named, format.account);
  return account === undefined ? named !== '' && named !== 'aws' : named === account || fits(named, account);
}

function isOfKind({ hasVariable: has, text }: Pattern, resource: string, format: Format): boolean {
  // A bucket has no slash in its name, and only an object may have what looks like a variable.
  if (format.service !== 's3') return (has || !hasVariable(text)) && overlaps(resource, format.resource);
  return !(format.resource === '?*' && resource.includes('/')) && overlaps(resource, format.resource);
}

/** A pattern that leaves the segments open: compared as a text. */
function relationOfText(text: string, format: Format, account: string | undefined): 'all' | 'some' | 'none' {
  const partition = /^arn:(aws-[a-z-]+):/.exec(text)?.[1] ?? 'aws';
  const whole = filled(format, { account: account ?? SOME_ACCOUNT, region: '*', partition });
  if (covers(text, whole)) return 'all';
  return arnsMeet(text, whole) ? 'some' : 'none';
}

type Home = { account: string; region: string; partition: string };

function filled({ text }: Format, { account, region, partition }: Home): string {
  const there = text.replace('{account}', account).replace('{region}', region);
  return partition === 'aws' ? there : there.replace('arn:aws:', `arn:${partition}:`);
}

/** The format where the pattern is: in the account, or the one that it names, and in its region and partition. */
export function formatAt(format: Format, { segments }: Pattern, account: string | undefined): string {
  const { region = '*', account: named = '', partition = 'aws' } = segments ?? {};
  return filled(format, {
    account: account ?? (isAccount(named) ? named : SOME_ACCOUNT),
    region: region !== '' && isPlain(region) ? region : '*',
    partition: isPlain(partition) ? partition : 'aws',
  });
}

/** The pattern in the account and partition of the format, so that a denial for this account covers it. */
export function narrowed(text: string, format: Format, account: string | undefined): string {
  const segments = segmentsIn(text);
  if (!segments) return text;
  const { partition, service, region, account: named, resource } = segments;
  const own = format.account === '{account}' && !isPlain(named) ? (account ?? SOME_ACCOUNT) : named;
  return `arn:${isPlain(partition) ? partition : 'aws'}:${service}:${region}:${own}:${resource}`;
}
