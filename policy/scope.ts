// What the keys of a request can be: whoever wants something done chooses some of them, and others say who they are.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import { accountOf } from './arn.ts';
import type { Context } from './context.ts';
import { momentOf } from './moments.ts';
import { meeting } from './wildcard.ts';

/** The values that a key can have. `samples` are tried besides those that conditions name. */
export type Values = {
  /** The request may come without it. */
  absent: boolean;
  accepts(value: string): boolean;
  samples: readonly string[];
  /** Makes a pattern one of values that are accepted, where it leaves that open: the account of an ARN, say. */
  adapt?(pattern: string): string | undefined;
};

/** Who wants something done. */
export type Scope = {
  /** What a key, in lower case, can be. */
  valuesOf(key: string): Values;
  /** What keys stand for in variables, where that is certain: a condition with other variables may hold or not. */
  fixed: Context;
};

type Table = ReadonlyMap<string, Values>;

/** What more is known of the keys of a request, in lower case, than of those of every request; undefined: nothing. */
export type Keys = { valuesOf(key: string, account: string | undefined): Values | undefined };

export const NO_KEYS: Keys = { valuesOf: () => undefined };

const FREE: Values = { absent: true, accepts: () => true, samples: ['guardrail-any'] };
const PRESENT: Values = { ...FREE, absent: false };

/** The key can be anything, and need not be there. */
export function isFree(values: Values): boolean {
  return values === FREE;
}

/** It is there, and one of these. */
export function oneOf(...samples: string[]): Values {
  const all = new Set(samples.map((each) => each.toLowerCase()));
  return { absent: false, accepts: (each) => all.has(each.toLowerCase()), samples };
}

/** It is one of these, or is not there. */
export function atMost(...samples: string[]): Values {
  return { absent: true, accepts: (each) => samples.includes(each), samples };
}

/** ARNs in the account, which fit the shape, under whatever name. */
function arnsIn(account: string, shape: string, absent: boolean, ...samples: string[]): Values {
  const accepts = (each: string) => accountOf(each) === account || samples.includes(each);
  // Where the pattern names another account in its place, a star before it is no room for this one.
  const adapt = (pattern: string) => (accountOf(pattern) === undefined ? meeting(pattern, shape) : undefined);
  return { absent, accepts, adapt, samples };
}

/** ARNs of users and roles of the account. */
function identitiesIn(account: string): Values {
  return arnsIn(account, `arn:aws*:iam::${account}:*`, false, ...namesIn(account));
}

/** Texts that begin so. */
function beginning(start: string, ...samples: string[]): Values {
  const accepts = (each: string) => each.startsWith(start) || samples.includes(each);
  return { absent: true, accepts, adapt: (pattern) => meeting(pattern, `${start}*`), samples };
}

const EVERY_REQUEST: readonly (readonly [string, Values])[] = [
  ['aws:principalisawsservice', oneOf('false')],
  ['aws:securetransport', oneOf('true', 'false')],
  ['aws:viaawsservice', oneOf('true', 'false')],
];

/** Users and roles of an account, under names that no policy is about. */
function namesIn(account: string): string[] {
  return ['user/x', 'role/x', 'user/q7', 'role/q7'].map((each) => `arn:aws:iam::${account}:${each}`);
}

/** All over the world: whoever keeps requests out of some has others left. */
const REGIONS = [
  'us-east-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-west-1',
  'eu-central-1',
  'af-south-1',
].concat(['me-south-1', 'ap-south-1', 'ap-northeast-1', 'ap-southeast-2', 'cn-north-1', 'us-gov-west-1']);

const ANYBODY: Table = new Map([
  ...EVERY_REQUEST,
  ['aws:principaltype', oneOf('User', 'AssumedRole', 'FederatedUser', 'Account')],
  ['aws:principalarn', { ...PRESENT, samples: namesIn('000000000000') }],
  ['aws:principalaccount', { ...PRESENT, samples: ['000000000000'] }],
  ['aws:userid', PRESENT],
  ['aws:requestedregion', { ...PRESENT, samples: REGIONS }],
]);

/** What an identity, of the account where that is known, can ask at `now` (milliseconds) and later. `keys` says better. */
export function identityScope(account: string | undefined, now: number, keys = NO_KEYS): Scope {
  return {
    valuesOf: (key) =>
      keys.valuesOf(key, account) ?? inAccount(account).table.get(key) ?? clock(key, now) ?? ANYBODY.get(key) ?? FREE,
    // Many principals that a document names are asked nothing.
    get fixed() {
      return inAccount(account).fixed;
    },
  };
}

const NOTHING: Context = new Map();
const NOWHERE = { table: new Map<string, Values>(), fixed: NOTHING };

/** The account of the last document: the next one is mostly of the same. */
const LAST: { account: string; table: Table; fixed: Context } = { account: '', table: new Map(), fixed: NOTHING };

function inAccount(account: string | undefined): { table: Table; fixed: Context } {
  if (account === undefined) return NOWHERE;
  if (LAST.account !== account)
    Object.assign(LAST, { account, table: tableOf(account), fixed: new Map([['aws:principalaccount', [account]]]) });
  return LAST;
}

function tableOf(account: string): Table {
  return new Map([
    ['aws:principalarn', identitiesIn(account)],
    ['aws:principalaccount', oneOf(account)],
    ['kms:calleraccount', atMost(account)],
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
const PATHS = beginning(`${ORGANIZATION}/`, `${ORGANIZATION}/r-stranger/ou-stranger/`);

const STRANGER: Table = new Map([
  ...EVERY_REQUEST,
  [
    'aws:sourcearn',
    arnsIn(ACCOUNT, `arn:aws*:*:*:${ACCOUNT}:*`, true, `arn:aws:sns:us-east-1:${ACCOUNT}:x`, 'arn:aws:s3:::x'),
  ],
  [
    's3:dataaccesspointarn',
    arnsIn(ACCOUNT, `arn:aws*:s3:*:${ACCOUNT}:accesspoint/*`, true, `arn:aws:s3:us-east-1:${ACCOUNT}:accesspoint/x`),
  ],
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
const ANONYMOUS: Table = new Map([...STRANGER, ...named(IDENTITY, atMost()), ['aws:principalisawsservice', atMost()]]);

/** With those of an account of their own, which may be in an organization. */
const ELSEWHERE: Table = new Map([
  ...STRANGER,
  ['aws:principalarn', identitiesIn(ACCOUNT)],
  ['aws:principalaccount', oneOf(ACCOUNT)],
  ['aws:userid', { ...beginning('AROA00000000000000001:', 'AIDA00000000000000001'), absent: false }],
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
  const { valuesOf, fixed } = from(DEPUTY, now);
  return { valuesOf: (key) => (ENCRYPTED_ARN.test(key) ? ENCRYPTED : valuesOf(key)), fixed };
}

/** Services encrypt for a resource of whom they work for, and say so: `kms:EncryptionContext:aws:cloudtrail:arn`. */
const ENCRYPTED_ARN = /^kms:encryptioncontext:aws:[a-z0-9-]+:arn$/;
const ENCRYPTED = arnsIn(ACCOUNT, `arn:aws*:*:*:${ACCOUNT}:*`, true, `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/x`);

/** Whoever it may be, at `now` and later. */
export function anyScope(now: number): Scope {
  return { valuesOf: (key) => clock(key, now) ?? FREE, fixed: NOTHING };
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
