// What the rules about permissions come to with default settings, story by story: the table to look at when points change.
import { describe, expect, test } from 'vitest';
import type { Holdings } from '../core/holdings.ts';
import { judge } from '../core/judge.ts';
import { indexRules, rulesFor } from '../core/match.ts';
import { reference } from '../core/reference.ts';
import type { Settings } from '../core/settings.ts';
import { sightOf } from '../core/sight.ts';
import type { Former } from '../core/target.ts';
import type { EventName, Fields } from '../events/activity.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { AUTO } from './call.ts';

type Told = {
  documents?: { [reference: string]: Former };
  holdings?: { [whose: string]: Holdings[] };
  settings?: Partial<Settings>;
  who?: Fields;
  response?: Fields;
};

/** `rule score decision` of each finding about permissions. */
function found(
  name: EventName,
  request: Fields,
  { documents = {}, holdings = {}, settings, who = user('alice'), response }: Told = {},
) {
  const record = did(who, name, request, response ? { response } : {});
  const reading = activityOf(record, 0);
  if (!reading.ok) throw new Error(reading.reason);
  const around = {
    documents: new Map(Object.entries(documents)),
    holdings: new Map(Object.entries(holdings)),
    own: undefined,
    acquaintance: { days: 0, before: false },
    incident: 'i',
  };
  const all = { ...AUTO, ...settings };
  const findings = judge(
    reading.activity,
    rulesFor(indexRules(rules, all), record).map((each) => sightOf(reading.activity, each)),
    around,
    all,
  );
  return findings.map((each) => `${each.rule} ${each.risk} ${each.decision}`);
}

const allows = (Action: unknown, Resource: unknown = '*') => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });
const trusts = (Principal: unknown, Condition = {}) => ({
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
});
const DENIES = { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/deploy`;
const DEPLOY: Told = { who: role('deploy'), settings: { automation: ['arn:aws:iam::*:role/deploy'] } };

const attach = (policy: string, told?: Told) =>
  found(
    'iam:AttachUserPolicy',
    { userName: 'bob', policyArn: policy.startsWith('arn') ? policy : `arn:aws:iam::aws:policy/${policy}` },
    told,
  );
const put = (document: unknown, told?: Told, userName = 'bob', policyName = 'p') =>
  found('iam:PutUserPolicy', { userName, policyName, policyDocument: JSON.stringify(document) }, told);
const version = (document: unknown, setAsDefault: boolean, told?: Told) =>
  found(
    'iam:CreatePolicyVersion',
    { policyArn: POLICY, policyDocument: JSON.stringify(document), setAsDefault },
    { response: { policyVersion: { versionId: 'v2' } }, ...told },
  );
const trust = (document: unknown, told?: Told) =>
  found('iam:UpdateAssumeRolePolicy', { roleName: 'ci', policyDocument: JSON.stringify(document) }, told);
const create = (document: unknown, told?: Told) =>
  found('iam:CreateRole', { roleName: 'ci', assumeRolePolicyDocument: JSON.stringify(document) }, told);
const other = (Condition = {}) => trusts({ AWS: `arn:aws:iam::${OUTSIDE}:root` }, Condition);
const github = (Condition = {}) =>
  trusts({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` }, Condition);
const externalId = { StringEquals: { 'sts:ExternalId': 'a1' } };
const before = (document: Former): Told => ({ documents: { 'trust/ci': document } });

const STORIES: [story: string, findings: string[], finding: string][] = [
  ['AdministratorAccess', attach('AdministratorAccess'), 'policy-attached 85 remediate'],
  ['AdministratorAccess, by automation', attach('AdministratorAccess', DEPLOY), 'policy-attached 55 alert'],
  ['PowerUserAccess', attach('PowerUserAccess'), 'policy-attached 70 approve'],
  ['AmazonS3FullAccess', attach('AmazonS3FullAccess'), 'policy-attached 53 alert'],
  ['ReadOnlyAccess', attach('ReadOnlyAccess'), 'policy-attached 20 observe'],
  ['a quarantine', attach('AWSDenyAll'), 'policy-attached 20 observe'],
  ['a policy that nobody knows', attach(POLICY), 'policy-attached 55 alert'],
  [
    'a policy that is known',
    attach(POLICY, { documents: { [reference.granted(POLICY)]: allows('iam:*') } }),
    'policy-attached 85 remediate',
  ],
  ['everything, inline', put(allows('*')), 'inline-policy-put 85 remediate'],
  ['everything, inline, for oneself', put(allows('*'), {}, 'alice'), 'inline-policy-put 95 remediate'],
  ['iam:PassRole on everything, inline', put(allows('iam:PassRole')), 'inline-policy-put 70 approve'],
  [
    'iam:PassRole on one role, inline',
    put(allows('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/web`)),
    'inline-policy-put 38 observe',
  ],
  ['one bucket, inline', put(allows('s3:PutObject', 'arn:aws:s3:::web/*')), 'inline-policy-put 38 observe'],
  ['what cannot be read, inline', put(7), 'inline-policy-put 55 alert'],
  [
    'everything again, inline',
    put(allows('*'), { documents: { 'inline/user/bob/p': allows(['*']) } }),
    'inline-policy-put 20 observe',
  ],
  [
    'something under the name of the quarantine',
    put(allows('s3:Get*'), {}, 'bob', 'iam-guardrail-quarantine'),
    'inline-policy-put 95 alert',
  ],
  [
    'the quarantine overwritten',
    put(
      allows('s3:Get*'),
      { documents: { 'inline/user/bob/iam-guardrail-quarantine': DENIES } },
      'bob',
      'iam-guardrail-quarantine',
    ),
    'inline-policy-put 95 remediate',
  ],
  [
    'the quarantine deleted',
    found('iam:DeleteUserPolicy', { userName: 'bob', policyName: 'iam-guardrail-quarantine' }),
    'inline-policy-deleted 95 alert',
  ],
  [
    'an unknown inline policy deleted',
    found('iam:DeleteUserPolicy', { userName: 'bob', policyName: 'p' }),
    'inline-policy-deleted 35 observe',
  ],
  [
    'an AWS quarantine detached',
    found('iam:DetachUserPolicy', {
      userName: 'bob',
      policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
    }),
    'policy-detached 75 alert',
  ],
  [
    'everything, for nobody yet',
    found('iam:CreatePolicy', { policyName: 'p', policyDocument: JSON.stringify(allows('*')) }),
    'policy-created 55 alert',
  ],
  [
    'one bucket, for nobody yet',
    found('iam:CreatePolicy', {
      policyName: 'p',
      policyDocument: JSON.stringify(allows('s3:PutObject', 'arn:aws:s3:::web/*')),
    }),
    'policy-created 30 observe',
  ],
  ['everything, as a new default version', version(allows('*'), true), 'policy-version-created 85 remediate'],
  ['everything, as a version for later', version(allows('*'), false), 'policy-version-created 55 alert'],
  [
    'a new default version of which the number is hidden',
    version(allows('*'), true, { response: {} }),
    'policy-version-created 85 alert',
  ],
  [
    'an action less, as a new default version',
    version(allows('s3:*'), true, { documents: { [reference.policy(POLICY)]: allows(['s3:*', 'iam:*']) } }),
    'policy-version-created 20 observe',
  ],
  [
    'a version that nobody knows',
    found('iam:SetDefaultPolicyVersion', { policyArn: POLICY, versionId: 'v1' }),
    'policy-default-version-set 55 alert',
  ],
  ['everyone may assume', trust(trusts('*')), 'role-trust-changed 95 remediate'],
  ['another account may assume', trust(other()), 'role-trust-changed 85 remediate'],
  ['another account may assume, by automation', trust(other(), DEPLOY), 'role-trust-changed 55 alert'],
  ['another account may assume, with an external id', trust(other(externalId)), 'role-trust-changed 65 approve'],
  ['the external id is dropped', trust(other(), before(other(externalId))), 'role-trust-changed 85 remediate'],
  ['an external id is added', trust(other(externalId), before(other())), 'role-trust-changed 15 observe'],
  [
    'fewer external ids',
    trust(other(externalId), before(other({ StringEquals: { 'sts:ExternalId': ['a1', 'b2'] } }))),
    'role-trust-changed 15 observe',
  ],
  [
    'everyone is limited to an organization',
    trust(trusts('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-own0000000' } }), before(trusts('*'))),
    'role-trust-changed 15 observe',
  ],
  [
    'an organization instead of an account of it',
    trust(trusts('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-own0000000' } }), before(other())),
    'role-trust-changed 70 approve',
  ],
  [
    'an account that the settings know',
    trust(other(), { settings: { accounts: { [OUTSIDE]: {} } } }),
    'role-trust-changed 40 alert',
  ],
  ['the own account may assume', trust(trusts({ AWS: ACCOUNT })), 'role-trust-changed 35 observe'],
  ['nobody new may assume', trust(other(), before(other())), 'role-trust-changed 15 observe'],
  ['a principal of unknown account', trust(trusts({ AWS: 'AIDAJQABLZS4A3QDU576Q' })), 'role-trust-changed 70 approve'],
  ['everybody on GitHub may assume', trust(github()), 'role-trust-changed 85 remediate'],
  [
    'one repository may assume',
    trust(github({ StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/web:*' } })),
    'role-trust-changed 45 alert',
  ],
  ['a trust policy that cannot be read', trust(7), 'role-trust-changed 55 alert'],
  ['a role for a service', create(trusts({ Service: 'ec2.amazonaws.com' })), 'role-created 15 observe'],
  ['a role for another account', create(other()), 'role-created 85 approve'],
  ['a role for everyone', create(trusts('*')), 'role-created 95 approve'],
  [
    'bob in a group',
    found('iam:AddUserToGroup', { userName: 'bob', groupName: 'g' }),
    'user-added-to-group 65 approve',
  ],
  [
    'oneself in a group',
    found('iam:AddUserToGroup', { userName: 'alice', groupName: 'g' }),
    'user-added-to-group 75 approve',
  ],
  [
    'a boundary for another',
    found('iam:PutUserPermissionsBoundary', { userName: 'bob', permissionsBoundary: POLICY }),
    'permissions-boundary-put 35 observe',
  ],
  [
    'a boundary that is none',
    found('iam:PutUserPermissionsBoundary', {
      userName: 'bob',
      permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
    'permissions-boundary-put 55 alert',
  ],
  [
    'the own boundary deleted',
    found('iam:DeleteUserPermissionsBoundary', { userName: 'alice' }),
    'permissions-boundary-deleted 75 alert',
  ],
];

describe('with default settings in mode auto, by an IAM user with a long-term key', () => {
  test.each(STORIES)('%s', (_, findings, finding) => expect(findings).toEqual([finding]));
});
