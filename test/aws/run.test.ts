// The main job as a user does it: the `guardrail` command on an AWS that we did not write, and a person who answers.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Fields } from '../../events/activity.ts';
import { did, user } from '../../events/did.ts';

const ACCOUNT = '123456789012';
const CLI = resolve(import.meta.dirname, '../../cli/guardrail.ts');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const document = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const trust = (...principals: Fields[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })),
  });
const EC2 = { Service: 'ec2.amazonaws.com' };
const OUTSIDE = { AWS: 'arn:aws:iam::999988887777:root' };

let iam: IAM;
let folder: string;
let count = 0;

beforeAll(async () => {
  iam = new IAM({ endpoint: inject('moto'), region: 'us-east-1', credentials });
  folder = mkdtempSync(join(tmpdir(), 'guardrail-run-'));
  writeFileSync(
    join(folder, 'guardrail.yml'),
    `responders: [{name: ana, principals: ["arn:aws:iam::${ACCOUNT}:user/ana"]}]\n`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

type Ran = { code: number; rows: Fields[]; stderr: string };

/** The command in a folder with settings and a state of its own. */
async function guardrail(...args: string[]): Promise<Ran> {
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: inject('moto'),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const ran = await promisify(execFile)(process.execPath, [CLI, ...args], { cwd: folder, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return {
    code: ran.code,
    rows: ran.stdout
      .split('\n')
      .filter(Boolean)
      .map((each) => JSON.parse(each) as Fields),
    stderr: ran.stderr,
  };
}

const run = (file: string) => guardrail('run', file, '--mode', 'auto', '--output', 'jsonl');
const answer = (verb: string, id: unknown) =>
  guardrail(verb, String(id), '--as', 'ana', '--reason', 'test', '--output', 'json');

/** A file with alice's record of the call. */
function recorded(name: `iam:${string}`, request: Fields, response: Fields | null = null): string {
  const path = join(folder, `record-${++count}.json`);
  writeFileSync(
    path,
    JSON.stringify({ Records: [did(user('alice', ACCOUNT), name, request, { response, account: ACCOUNT })] }),
  );
  return path;
}

const fresh = (prefix: string) => `${prefix}-${++count}`;

async function newKey(): Promise<{ UserName: string; AccessKeyId: string; file: string }> {
  const UserName = fresh('bob');
  await iam.createUser({ UserName });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const AccessKeyId = AccessKey?.AccessKeyId ?? '';
  const file = recorded(
    'iam:CreateAccessKey',
    { userName: UserName },
    { accessKey: { userName: UserName, accessKeyId: AccessKeyId, status: 'Active' } },
  );
  return { UserName, AccessKeyId, file };
}

const statusOf = async (UserName: string) => (await iam.listAccessKeys({ UserName })).AccessKeyMetadata?.[0]?.Status;

/** A situation that an event has made, what is there now, and what should be there after. */
type Case = { file: string; state: () => Promise<unknown>; attacked: unknown; remedied: unknown };

const cases: { [title: string]: () => Promise<Case> } = {
  async 'an access key'() {
    const { UserName, file } = await newKey();
    return { file, state: () => statusOf(UserName), attacked: 'Active', remedied: 'Inactive' };
  },

  async 'an attached AdministratorAccess'() {
    const UserName = fresh('bob');
    await iam.createUser({ UserName });
    await iam.attachUserPolicy({ UserName, PolicyArn: ADMINISTRATOR });
    const state = async () =>
      (await iam.listAttachedUserPolicies({ UserName })).AttachedPolicies?.map((each) => each.PolicyName);
    return {
      file: recorded('iam:AttachUserPolicy', { userName: UserName, policyArn: ADMINISTRATOR }),
      state,
      attacked: ['AdministratorAccess'],
      remedied: [],
    };
  },

  async 'a new default policy version'() {
    const { Policy } = await iam.createPolicy({ PolicyName: fresh('deploy'), PolicyDocument: document('s3:Get*') });
    const PolicyArn = Policy?.Arn ?? '';
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document('*'), SetAsDefault: true });
    const request = { policyArn: PolicyArn, policyDocument: document('*'), setAsDefault: true };
    const file = recorded('iam:CreatePolicyVersion', request, {
      policyVersion: { versionId: 'v2', isDefaultVersion: true },
    });
    return {
      file,
      state: async () => (await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId,
      attacked: 'v2',
      remedied: 'v1',
    };
  },

  async 'a default version set, whose content only AWS knows'() {
    const { Policy } = await iam.createPolicy({ PolicyName: fresh('deploy'), PolicyDocument: document('s3:Get*') });
    const PolicyArn = Policy?.Arn ?? '';
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document('iam:*'), SetAsDefault: false });
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' });
    const file = recorded('iam:SetDefaultPolicyVersion', { policyArn: PolicyArn, versionId: 'v2' });
    return {
      file,
      state: async () => (await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId,
      attacked: 'v2',
      remedied: 'v1',
    };
  },

  async 'a trust policy'() {
    const RoleName = fresh('ci');
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(EC2) });
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust(EC2, OUTSIDE) });
    const state = async () =>
      JSON.parse(decodeURIComponent((await iam.getRole({ RoleName })).Role?.AssumeRolePolicyDocument ?? ''));
    const file = recorded('iam:UpdateAssumeRolePolicy', { roleName: RoleName, policyDocument: trust(EC2, OUTSIDE) });
    return { file, state, attacked: JSON.parse(trust(EC2, OUTSIDE)), remedied: JSON.parse(trust(EC2)) };
  },

  async 'an inline policy'() {
    const UserName = fresh('bob');
    await iam.createUser({ UserName });
    await iam.putUserPolicy({ UserName, PolicyName: 'all', PolicyDocument: document('*') });
    const state = async () => (await iam.listUserPolicies({ UserName })).PolicyNames;
    const file = recorded('iam:PutUserPolicy', {
      userName: UserName,
      policyName: 'all',
      policyDocument: document('*'),
    });
    return { file, state, attacked: ['all'], remedied: [] };
  },
};

describe.each(Object.entries(cases))('%s', (_, make) => {
  test('is undone, once, and the undo puts it back', async () => {
    const { file, state, attacked, remedied } = await make();
    expect(await state()).toEqual(attacked);
    const first = await run(file);
    expect(first).toMatchObject({ code: 0, rows: [{ decision: 'remediate' }, { state: 'verified' }] });
    expect(await state()).toEqual(remedied);

    const second = await run(file);
    expect(second).toMatchObject({ code: 0, rows: [{ decision: 'remediate' }] });
    expect(second.rows.length).toBe(1);
    expect(await state()).toEqual(remedied);

    expect(await answer('undo', first.rows[1]?.change)).toMatchObject({ code: 0, rows: [{ state: 'undone' }] });
    expect(await state()).toEqual(attacked);
    await run(file);
    expect(await state(), 'what was undone stays undone').toEqual(attacked);
  });
});

test('a key that somebody changed meanwhile is not touched, and the reason is printed', async () => {
  const { UserName, AccessKeyId, file } = await newKey();
  await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Inactive' });
  const { rows } = await run(file);
  expect(rows[1]).toMatchObject({
    state: 'refused',
    reason: `access key ${AccessKeyId} of ${UserName} is Inactive already`,
  });
});

test('an undo is refused where somebody has changed the key since', async () => {
  const { UserName, AccessKeyId, file } = await newKey();
  const { rows } = await run(file);
  await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Active' });
  const undone = await answer('undo', rows[1]?.change);
  expect(undone.code).toBe(1);
  expect(undone.stderr).toContain('status was Inactive and is Active');
});

test('a key that is gone is said to be gone', async () => {
  const { UserName, AccessKeyId, file } = await newKey();
  await iam.deleteAccessKey({ UserName, AccessKeyId });
  expect((await run(file)).rows[1]).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('does not exist any more'),
  });
});

test('what waits is carried out when a responder approves, and not when one denies', async () => {
  const [one, other] = [await newKey(), await newKey()];
  const ask = (file: string) => guardrail('run', file, '--mode', 'ask', '--output', 'jsonl');
  const waiting = [await ask(one.file), await ask(other.file)].map((each) => each.rows[1]);
  expect(waiting).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  expect(await guardrail('approve', String(waiting[0]?.change), '--as', 'eve')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('eve is not among the responders'),
  });
  expect(await answer('approve', waiting[0]?.change)).toMatchObject({ code: 0, rows: [{ state: 'verified' }] });
  expect(await answer('deny', waiting[1]?.change)).toMatchObject({ code: 0, rows: [{ state: 'denied' }] });
  expect([await statusOf(one.UserName), await statusOf(other.UserName)]).toEqual(['Inactive', 'Active']);
});

test('in mode observe nothing is touched', async () => {
  const { UserName, file } = await newKey();
  expect(await guardrail('run', file, '--output', 'jsonl')).toMatchObject({ code: 0, rows: [{ decision: 'alert' }] });
  expect(await statusOf(UserName)).toBe('Active');
});

test('an AWS that cannot be reached ends with 4, and loses nothing', async () => {
  const { UserName, file } = await newKey();
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const args = [CLI, 'run', file, '--mode', 'auto', '--output', 'jsonl'];
  const failed = await promisify(execFile)(process.execPath, args, { cwd: folder, env }).catch(
    (error: { code: number; stderr: string }) => error,
  );
  expect(failed).toMatchObject({ code: 4 });
  expect(failed.stderr).not.toContain('    at ');
  await run(file);
  expect(await statusOf(UserName)).toBe('Inactive');
});
