// A small world of policies and requests in which everything can be tried: what the engine says of a policy is held against
// what it decides on each request.
import fc from 'fast-check';
import type { Asked } from '../../policy/request.ts';

export const ACCOUNT = '111122223333';
const iam = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
export const ALICE = iam('user/alice');
/** Whoever may have a policy. */
export const USERS = [ALICE, iam('user/bob'), iam('user/spare')];
export const NOW = Date.parse('2026-11-25T12:00:00Z');

/** Whatever a request may be about. */
export const RESOURCES = [
  '*',
  ...['user/alice', 'user/bob', 'user/carol', 'user/spare', 'role/app', 'role/ci-1', 'role/ci-2', 'role/spare'].map(
    iam,
  ),
  ...['group/devs', 'policy/p', 'policy/q'].map(iam),
  ...['arn:aws:s3:::reports', 'arn:aws:s3:::reports/x', 'arn:aws:s3:::other/y'],
  ...['f', 'spare'].map((name) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${name}`),
];

export const ACTIONS = [
  ...[
    'iam:PutUserPolicy',
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
    'iam:CreatePolicyVersion',
    'iam:PutRolePolicy',
  ],
  ...['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole', 'iam:AddUserToGroup', 'iam:ListUsers'],
  ...['sts:AssumeRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
  ...['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy'],
];

/** What the keys that conditions ask about may be; undefined: the request does not say. */
const KEYS: { [key: string]: (string | undefined)[] } = {
  'aws:MultiFactorAuthPresent': [undefined, 'true', 'false'],
  'aws:PrincipalTag/team': [undefined, 'red', 'blue'],
  'aws:RequestedRegion': ['eu-west-1', 'us-east-1'],
  'aws:TagKeys': [undefined, 'other'],
  'iam:PassedToService': [undefined, 'lambda.amazonaws.com', 'ec2.amazonaws.com', 'dax.amazonaws.com'],
};

/** Every combination of what the keys may be. */
export const CONTEXTS: { [key: string]: string }[] = Object.entries(KEYS).reduce<{ [key: string]: string }[]>(
  (all, [key, values]) =>
    all.flatMap((each) => values.map((value) => (value === undefined ? each : { ...each, [key]: value }))),
  [{}],
);

/** What a statement is made of. */
type Vocabulary = { actions: readonly string[]; resources: readonly string[] };

const ALL: Vocabulary = {
  actions: [
    ...[...ACTIONS, ...ACTIONS],
    ...['*', '*:*', 'iam:*', 'iam:Put*', 'iam:*Role*', 'IAM:createaccesskey', 'lambda:*', 's3:Get*', 'sts:?ssumeRole'],
  ],
  resources: [
    ...['*', '*', '*', '*', '*', '*', '*', '*'],
    ...RESOURCES.slice(1).filter((each) => !each.endsWith('spare')),
    ...['arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:role/ci-*', 'arn:aws:iam::*', `${iam('')}*`],
    ...[`arn:aws:iam::*:user/\${aws:username}`, 'arn:aws:iam::aws:policy/*', 'arn:aws:lambda:*:*:function:*'],
    ...['arn:aws:s3:::*', 'arn:aws:s3:::reports/*'],
  ],
};

/** So few words that policies and requests mostly meet. */
const FEW: Vocabulary = {
  actions: ['*', 's3:*', 's3:GetObject', 's3:getobject', 's3:PutObject'],
  resources: ['*', '*', 'arn:aws:s3:::reports/*', 'arn:aws:s3:::reports/x', 'arn:aws:s3:::other/y'],
};

const condition = fc.constantFrom<object>(
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { StringEquals: { 'aws:PrincipalTag/team': ['red', 'green'] } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringLike: { 'aws:RequestedRegion': 'eu-*' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'iam:PassedToService': 'dax.amazonaws.com' } },
  { Null: { 'aws:PrincipalTag/team': 'true' }, StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } },
);

const several = <Value>(each: fc.Arbitrary<Value>) => fc.array(each, { minLength: 1, maxLength: 3 });
const maybe = (name: string, each: fc.Arbitrary<unknown>) =>
  fc.option(each).map((value) => (value === null ? {} : { [name]: value }));
const either = (name: string, each: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 5, arbitrary: several(each).map((list) => ({ [name]: list })) },
    { weight: 1, arbitrary: several(each).map((list) => ({ [`Not${name}`]: list })) },
  );

/** Statements of an identity policy. */
const statements =
  ({ actions, resources }: Vocabulary) =>
  (...effects: string[]): fc.Arbitrary<object> =>
    fc
      .tuple(
        fc.constantFrom(...effects).map((Effect) => ({ Effect })),
        either('Action', fc.constantFrom(...actions)),
        either('Resource', fc.constantFrom(...resources)),
        maybe('Condition', condition),
      )
      .map((parts) => Object.assign({}, ...parts));

const policies = (statement: fc.Arbitrary<object>): fc.Arbitrary<Document> =>
  fc.array(statement, { minLength: 1, maxLength: 4 }).map((Statement) => ({ Version: '2012-10-17', Statement }));

export type Document = { Version: string; Statement: object[] };

export const statement = statements(ALL);
export const policy = policies(statement('Allow', 'Allow', 'Deny'));
export const fewStatement = statements(FEW);
const ceiling = policies(fewStatement('Allow', 'Allow', 'Allow', 'Deny'));

/** Who else may be named. */
const PRINCIPALS = ['*', ACCOUNT, iam('root'), ALICE, iam('role/app'), 'arn:aws:iam::444455556666:root'];

const callers = fc.constantFrom<object>(
  { StringEquals: { 'aws:PrincipalOrgID': 'o-own0000000' } },
  { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
  { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-own0000000' } },
  { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } },
  { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/32'] } },
  { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
  { ArnLike: { 'aws:PrincipalArn': '*' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
);

const named = several(fc.constantFrom(...PRINCIPALS)).map((AWS) => ({ AWS }));
const who = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ Principal: '*' }) },
  { weight: 2, arbitrary: named.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: named.map((NotPrincipal) => ({ NotPrincipal })) },
);

/** A policy of the bucket `reports`. */
export const bucketPolicy: fc.Arbitrary<Document> = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('Allow', 'Allow', 'Deny').map((Effect) => ({ Effect })),
        who,
        several(fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:*')).map((Action) => ({ Action })),
        several(fc.constantFrom('arn:aws:s3:::reports/*', 'arn:aws:s3:::reports', 'arn:aws:s3:::reports/x')).map(
          (Resource) => ({ Resource }),
        ),
        maybe('Condition', callers),
      )
      .map((parts) => Object.assign({}, ...parts)),
    { minLength: 1, maxLength: 3 },
  )
  .map((Statement) => ({ Version: '2012-10-17', Statement }));

const STRANGER = '999988887777';

/** What a stranger's request can be like: with an account or without, from anywhere, in the clear or not. */
export const STRANGERS: { [key: string]: string }[] = [
  {},
  { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:role/x`, 'aws:PrincipalAccount': STRANGER },
  {
    'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:role/x`,
    'aws:PrincipalAccount': STRANGER,
    'aws:PrincipalOrgID': 'o-theirs0000',
  },
].flatMap((who) =>
  [
    { 'aws:SourceIp': '5.253.254.251' },
    { 'aws:SourceIp': '2606:ffff:ffff::1' },
    { 'aws:SourceVpce': 'vpce-theirs' },
  ].flatMap((where) => ['true', 'false'].map((secure) => ({ ...who, ...where, 'aws:SecureTransport': secure }))),
);

const PRINCIPAL = fc.constantFrom(
  ALICE,
  iam('role/app'),
  `arn:aws:sts::${ACCOUNT}:assumed-role/app/s`,
  'arn:aws:iam::444455556666:user/eve',
  'anonymous',
  'lambda.amazonaws.com',
);

/** What alice may ask of everything. */
export const request: fc.Arbitrary<Asked> = fc.record({
  principal: fc.constant(ALICE),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
  context: fc.constantFrom(...CONTEXTS),
});

/** A row for `simulate`. */
export type Row = { request: Asked; [policies: string]: unknown };

/** Rows about buckets, with policies of every kind. */
export const row: fc.Arbitrary<Row> = fc.record({
  request: fc.record({
    principal: PRINCIPAL,
    action: fc.constantFrom('s3:GetObject', 's3:PutObject'),
    resource: fc.constantFrom('arn:aws:s3:::reports/x', 'arn:aws:s3:::other/y'),
    context: fc.constantFrom(...CONTEXTS),
  }),
  identityPolicies: fc.array(ceiling, { minLength: 1, maxLength: 2 }),
  boundary: fc.option(ceiling),
  sessionPolicies: fc.array(ceiling, { maxLength: 1 }),
  scps: fc.array(fc.array(ceiling, { minLength: 1, maxLength: 1 }), { maxLength: 1 }),
  resourcePolicy: fc.option(bucketPolicy),
});
