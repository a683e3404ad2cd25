// What the keys of a request can be: whoever wants something done chooses some of them, and others say who they are.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import { accountOf } from './arn.ts';
import type { Context } from './context.ts';
import { momentOf } from './moments.ts';

/** The values that a key can have. `samples` are tried besides those that conditions name. */
export type Values = {
  /** The request may come without it. */
  absent: boolean;
  accepts(value: string): boolean;
  samples: readonly string[];
  /** Makes a pattern one of values that are accepted, where it leaves that open: the account of an ARN, say. */
  adapt?(pattern: string): string;
};

/** Who wants something done. */
export type Scope = {
  /** What a key, in lower case, can be. */
  valuesOf(key: string): Values;
  /** What keys stand for in variables, where that is certain: a condition with other variables may hold or not. */
  fixed: Context;
};

type Table = ReadonlyMap<string, Values>;

/** By a key in lower case what it can be, besides what is known of every request. */
export type Keys = { readonly [key: string]: Values };

const FREE: Values = { absent: true, accepts: () => true, samples: ['guardrail-any'] };
const PRESENT: Values = { ...FREE, absent: false };

/** The key can be anything, and need not be there. */
export function isFree(values: Values): boolean {
  return values === FREE;
}

/** It is there, and one of these. */
function oneOf(...samples: string[]): Values {
  const all = new Set(samples.map((each) => each.toLowerCase()));
  return { absent: false, accepts: (each) => all.has(each.toLowerCase()), samples };
}

/** It is one of these, or is not there. */
function atMost(...samples: string[]): Values {
  return { absent: true, accepts: (each) => samples.includes(each), samples };
}

/** ARNs in the account, under whatever name. */
function arnsIn(account: string, absent: boolean, ...samples: string[]): Values {
  const accepts = (each: string) => accountOf(each) === account || samples.includes(each);
  return { absent, accepts, adapt: (pattern) => filled(pattern, ':', 4, account), samples };
}

/** Texts whose first part is this one. */
function beginning(first: string, separator: string, ...samples: string[]): Values {
  const accepts = (each: string) => each.startsWith(first + separator) || samples.includes(each);
  return { absent: true, accepts, adapt: (pattern) => filled(pattern, separator, 0, first), samples };
}

/** The pattern with a part filled in, where it leaves that open. */
function filled(pattern: string, separator: string, at: number, text: string): string {
  const parts = pattern.split(separator);
  return /[*?]/.test(parts[at] ?? '') ? parts.with(at, text).join(separator) : pattern;
}

const EVERY_REQUEST: readonly (readonly [string, Values])[] = [
  ['aws:principalisawsservice', oneOf('false')],
  ['aws:securetransport', oneOf('true', 'false')],
  ['aws:viaawsservice', oneOf('true', 'false')],
];

const ANYBODY: Table = new Map([
  ...EVERY_REQUEST,
  ['aws:principaltype', oneOf('User', 'AssumedRole', 'FederatedUser', 'Account')],
  [
    'aws:principalarn',
    { ...PRESENT, samples: ['arn:aws:iam::000000000000:user/x', 'arn:aws:iam::000000000000:role/x'] },
  ],
  ['aws:principalaccount', { ...PRESENT, samples: ['000000000000'] }],
  ['aws:userid', PRESENT],
  ['aws:requestedregion', { ...PRESENT, samples: ['us-east-1'] }],
  // Only where a role is passed: PASSING.
  ['iam:passedtoservice', atMost()],
]);

/** What `iam:PassRole` says besides: for which service. */
export const PASSING: Keys = { 'iam:passedtoservice': { ...PRESENT, samples: ['lambda.amazonaws.com'] } };

/** What an identity, of the account where that is known, can ask at `now` (milliseconds) and later. `keys` says better. */
export function identityScope(account: string | undefined, now: number, keys?: Keys): Scope {
  const own = account === undefined ? undefined : inAccount(account);
  return {
    valuesOf: (key) =>
      (keys && Object.hasOwn(keys, key) ? keys[key] : undefined) ??
      own?.get(key) ??
      clock(key, now) ??
      ANYBODY.get(key) ??
      FREE,
    fixed: NOTHING,
  };
}

const NOTHING: Context = new Map();

/** The account of the last document: the next one is mostly of the same. */
const LAST: { account: string; table: Table } = { account: '', table: new Map() };

function inAccount(account: string): Table {
  if (LAST.account !== account) Object.assign(LAST, { account, table: tableOf(account) });
  return LAST.table;
}

function tableOf(account: string): Table {
  return new Map([
    ['aws:principalarn', arnsIn(account, false, `arn:aws:iam::${account}:user/x`, `arn:aws:iam::${account}:role/x`)],
    ['aws:principalaccount', oneOf(account)],
  ]);
}

/** Time goes on: a moment that has passed does not come again. */
function clock(key: string, now: number): Values | undefined {
  if (key !== 'aws:currenttime' && key !== 'aws:epochtime') return undefined;
  const sample = key === 'aws:currenttime' ? new Date(now).toISOString() : String(Math.ceil(now / 1000));
  return { absent: false, accepts: (each) => momentOf(each) >= now, samples: [sample] };
}

const ACCOUNT = '000000000001';
const ORGANIZATION = 'o-stranger00';

/** Addresses all over the internet: a range that holds one of them is no network of somebody's. */
const ADDRESSES = [
  ...[5, 21, 37, 53, 69, 85, 101, 117, 133, 149, 165, 181, 197, 213].map((each) => `${each}.253.254.251`),
  ...['2001:470:ffff::1', '2606:ffff:ffff::1', '2a09:ffff:ffff::1'],
];

/** Only the id of an organization is one in the world: others have roots and units that are called alike. */
const PATHS = beginning(ORGANIZATION, '/', `${ORGANIZATION}/r-stranger/ou-stranger/`);

const STRANGER: Table = new Map([
  ...EVERY_REQUEST,
  ['aws:sourcearn', arnsIn(ACCOUNT, true, `arn:aws:sns:us-east-1:${ACCOUNT}:x`, 'arn:aws:s3:::x')],
  ['s3:dataaccesspointarn', arnsIn(ACCOUNT, true, `arn:aws:s3:us-east-1:${ACCOUNT}:accesspoint/x`)],
  // Through a VPC endpoint, a request comes without an address.
  ['aws:sourceip', atMost(...ADDRESSES)],
  ['aws:sourcevpc', atMost('vpc-00000000000000001')],
  ['aws:sourcevpce', atMost('vpce-00000000000000001')],
  ...named(['aws:sourceaccount', 'aws:sourceowner', 'aws:vpceaccount'], atMost(ACCOUNT)),
  ...named(['kms:calleraccount', 's3:dataaccesspointaccount'], atMost(ACCOUNT)),
  ...named(['aws:sourceorgid', 'aws:vpceorgid'], atMost(ORGANIZATION)),
  ...named(['aws:sourceorgpaths', 'aws:vpceorgpaths'], PATHS),
  ...named(['aws:principalservicename', 'aws:principalservicenameslist', 'aws:federatedprovider'], atMost()),
]);

function named(keys: readonly string[], values: Values): [string, Values][] {
  return keys.map((each) => [each, values]);
}

/** The resource is not the stranger's. */
const OF_THE_RESOURCE: Context = new Map([
  ['aws:resourceaccount', ['000000000000']],
  ['aws:resourceorgid', ['o-resource00']],
]);

const IDENTITY = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:userid',
  'aws:principalorgid',
  'aws:principalorgpaths',
];

/** Without credentials, nothing says who it is. */
const ANONYMOUS: Table = new Map([...STRANGER, ...named(IDENTITY, atMost())]);

/** With those of an account of their own, which may be in an organization. */
const ELSEWHERE: Table = new Map([
  ...STRANGER,
  ['aws:principalarn', arnsIn(ACCOUNT, false, `arn:aws:iam::${ACCOUNT}:user/x`, `arn:aws:iam::${ACCOUNT}:role/x`)],
  ['aws:principalaccount', oneOf(ACCOUNT)],
  ['aws:userid', { ...beginning('AROA00000000000000001', ':', 'AIDA00000000000000001'), absent: false }],
  ['aws:principalorgid', atMost(ORGANIZATION)],
  ['aws:principalorgpaths', PATHS],
]);

const DEPUTY: Table = new Map([
  ...STRANGER,
  ...named(IDENTITY, atMost()),
  ['aws:principalisawsservice', oneOf('true')],
  ['aws:principalservicename', FREE],
]);

/** What somebody can ask who has nothing to do with the account: without an AWS account or with their own, from anywhere. */
export function strangerScopes(now: number): Scope[] {
  return [ANONYMOUS, ELSEWHERE].map((each) => from(each, now));
}

/** What a service can ask that somebody else made it ask: it says for whom, where the service tells, and that is not us. */
export function deputyScope(now: number): Scope {
  return from(DEPUTY, now);
}

function from(table: Table, now: number): Scope {
  return { valuesOf: (key) => clock(key, now) ?? table.get(key) ?? FREE, fixed: OF_THE_RESOURCE };
}

/** Whether the key says who calls or where from, so that a condition on it looks like a restriction of the caller. */
export function saysWho(key: string): boolean {
  return WHO.has(key);
}

const WHO: ReadonlySet<string> = new Set([
  ...['aws:principalarn', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:userid'],
  ...['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner'],
  ...['aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce'],
  ...['kms:calleraccount', 's3:dataaccesspointaccount', 's3:dataaccesspointarn'],
]);
