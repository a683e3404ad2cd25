import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstKnown } from '../adapters/archive.ts';
import { snapshotArchive } from '../adapters/snapshot.ts';
import { reference } from '../core/reference.ts';
import { ACCOUNT } from '../events/did.ts';
import { POLICY } from './attacks.ts';

const READ = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** As `aws iam get-account-authorization-details` prints it; the API gives documents URL-encoded. */
const DETAILS = {
  UserDetailList: [
    {
      UserName: 'bob',
      GroupList: ['ops', 7],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: `${POLICY}-limit` },
      UserPolicyList: [{ PolicyName: 'read', PolicyDocument: encodeURIComponent(JSON.stringify(READ)) }],
    },
  ],
  GroupDetailList: [{ GroupName: 'ops', AttachedManagedPolicies: [{ PolicyName: 'deploy', PolicyArn: POLICY }] }],
  RoleDetailList: [
    {
      RoleName: 'ci',
      AssumeRolePolicyDocument: TRUST,
      RolePolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'deploy', PolicyArn: POLICY }],
    },
  ],
  Policies: [
    {
      Arn: POLICY,
      DefaultVersionId: 'v3',
      PolicyVersionList: [{ VersionId: 'v3', IsDefaultVersion: true, Document: READ }],
    },
  ],
};

let folder: string;
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-archive-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a trust policy', reference.trust('ci'), TRUST],
  ['an attached policy', reference.attached({ type: 'role', name: 'ci' }, POLICY), { attached: true }],
  ['an inline policy', reference.inline({ type: 'user', name: 'bob' }, 'read'), READ],
  ['an inline policy that a listed user does not have', reference.inline({ type: 'user', name: 'bob' }, 'other'), null],
  ['an inline policy of a user that is not listed', reference.inline({ type: 'user', name: 'eve' }, 'read'), undefined],
  ['the default version of a policy', reference.default(POLICY), { version: 'v3' }],
  ['the document of a policy', reference.policy(POLICY), READ],
  ['a version of a policy', reference.version(POLICY, 'v3'), READ],
  ['a version that is not listed', reference.version(POLICY, 'v1'), undefined],
])('a snapshot knows %s', async (_title, ref, expected) => {
  expect(await snapshotArchive(file('details.json', DETAILS)).document(ACCOUNT, ref)).toEqual(expected);
});

test('a snapshot lists what a principal has, and who has a policy, themselves or by a group', async () => {
  const archive = snapshotArchive(file('details.json', DETAILS));
  const [bob, ci] = [
    { type: 'user', name: 'bob' },
    { type: 'role', name: 'ci' },
  ] as const;
  expect(await archive.listed(ACCOUNT, bob)).toEqual({
    inline: ['read'],
    attached: [],
    groups: ['ops'],
    boundary: `${POLICY}-limit`,
  });
  expect(await archive.listed(ACCOUNT, ci)).toMatchObject({ inline: [], attached: [POLICY], boundary: undefined });
  expect(await archive.listed(ACCOUNT, { type: 'user', name: 'eve' })).toBeUndefined();
  expect(await archive.holders(ACCOUNT, POLICY)).toEqual([bob, ci]);
  expect(await archive.holders(ACCOUNT, `${POLICY}-other`)).toEqual([]);
});

test('a snapshot knows what a policy grants', async () => {
  const archive = snapshotArchive(file('details.json', DETAILS));
  expect(await archive.granted(ACCOUNT, POLICY)).toEqual(READ);
  expect(await firstKnown([archive]).granted(ACCOUNT, `${POLICY}-other`)).toBeUndefined();
});

test.each([
  ['no JSON', 'half {', 'not JSON'],
  ['something else', '{"Users":[]}', 'is not what'],
])('%s is refused with the name of the file', (_title, content, told) => {
  expect(() => snapshotArchive(file('wrong.json', content))).toThrow(new RegExp(`wrong\\.json.*${told}`));
});
