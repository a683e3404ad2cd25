// What the contract with moto cannot say about the sandbox: its records, its state, and where moto is wrong.
import { describe, expect, test } from 'vitest';
import { activityOf } from '../events/cloudtrail.ts';
import { type CloudTrailRecord, consoleUser, root, user } from '../events/did.ts';
import { sandboxAccount } from '../sandbox/account.ts';

const READ = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

function world() {
  const records: CloudTrailRecord[] = [];
  const clock = { now: () => Date.parse('2026-11-20T03:12:45.678Z') };
  const sandbox = sandboxAccount({ clock, onRecord: (record) => records.push(record) });
  const last = () => {
    const reading = activityOf(records.at(-1), 0);
    if (!reading.ok) throw new Error(reading.reason);
    return reading.activity;
  };
  return { sandbox, records, last, admin: sandbox.as(user('admin')) };
}

describe('records', () => {
  test('say who did what to whom, in CloudTrail’s spelling', async () => {
    const { sandbox, records, last, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    const { AccessKey } = await sandbox
      .as(user('alice'), { source: '198.51.100.7' })
      .call('iam:CreateAccessKey', { UserName: 'bob' });
    expect(last()).toMatchObject({
      name: 'iam:CreateAccessKey',
      kind: 'api',
      time: Date.parse('2026-11-20T03:12:45Z'),
      account: '111122223333',
      actor: { kind: 'user', name: 'alice' },
      source: '198.51.100.7',
      failed: undefined,
      readOnly: false,
      request: { userName: 'bob' },
      hidden: [],
    });
    const accessKey = {
      accessKeyId: AccessKey?.AccessKeyId,
      status: 'Active',
      userName: 'bob',
      createDate: 'Nov 20, 2026 3:12:45 AM',
    };
    expect(records.at(-1)?.responseElements).toEqual({ accessKey });
  });

  test('never show a secret', async () => {
    const { records, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    await admin.call('iam:CreateLoginProfile', { UserName: 'bob', Password: 'correct horse 1!' });
    const { AccessKey } = await admin.call('iam:CreateAccessKey', { UserName: 'bob' });
    expect(AccessKey?.SecretAccessKey).toMatch(/^\S{40}$/);
    expect(JSON.stringify(records)).not.toContain('correct horse');
    expect(JSON.stringify(records)).not.toContain(AccessKey?.SecretAccessKey);
  });

  test('of a call without parameters have none, as when users make keys for themselves', async () => {
    const { sandbox, records, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'alice' });
    const { AccessKey } = await sandbox.as(user('alice')).call('iam:CreateAccessKey', {});
    expect(AccessKey?.UserName).toBe('alice');
    expect(records.at(-1)).toMatchObject({
      requestParameters: null,
      responseElements: { accessKey: { userName: 'alice' } },
    });
  });

  test('of a failure say why, and nothing has changed', async () => {
    const { sandbox, last, admin } = world();
    const before = sandbox.snapshot();
    const input = { UserName: 'nobody', PolicyArn: ADMINISTRATOR };
    await expect(admin.call('iam:AttachUserPolicy', input)).rejects.toMatchObject({
      code: 'NoSuchEntityException',
      retryable: false,
    });
    expect(last().failed).toEqual({
      code: 'NoSuchEntityException',
      message: 'The user with name nobody cannot be found.',
    });
    expect(last().request).toEqual({ userName: 'nobody', policyArn: ADMINISTRATOR });
    expect(sandbox.snapshot()).toEqual(before);
  });

  test('of the guardrail carry the request id that it got, and its role', async () => {
    const { sandbox, last, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    const { requestId } = await sandbox.account.write({
      call: 'iam:AttachUserPolicy',
      input: { UserName: 'bob', PolicyArn: ADMINISTRATOR },
    });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(last().requestId).toBe(requestId);
    expect(last().actor).toMatchObject({
      kind: 'role',
      id: 'arn:aws:iam::111122223333:role/iam-guardrail-remediation',
    });
  });

  test('of reads are read-only; what is not there is undefined to the guardrail', async () => {
    const { sandbox, last } = world();
    expect(await sandbox.account.read('iam:GetUser', { UserName: 'bob' })).toBeUndefined();
    expect(last()).toMatchObject({ readOnly: true, failed: { code: 'NoSuchEntityException' } });
    expect(await sandbox.account.read('cloudtrail:GetTrailStatus', { Name: 'main' })).toBeUndefined();
  });

  test('of sign-ins tell root without MFA from a wrong password', () => {
    const { sandbox, last } = world();
    sandbox.signIn(root, { mfa: false, ok: true });
    expect(last()).toMatchObject({
      name: 'signin:ConsoleLogin',
      kind: 'sign-in',
      actor: { kind: 'root', mfa: 'no' },
      failed: undefined,
    });
    sandbox.signIn(consoleUser('alice', true), { mfa: true, ok: false });
    expect(last()).toMatchObject({
      actor: { name: 'alice', mfa: 'yes' },
      failed: { message: 'Failed authentication' },
    });
  });

  test('are never the same twice, though the call is', async () => {
    const { records, admin } = world();
    for (let index = 0; index < 3; index++) await admin.call('iam:GetUser', { UserName: 'x' }).catch(() => {});
    expect(new Set(records.map((each) => each.eventID)).size).toBe(3);
    expect(new Set(records.map((each) => each.requestID)).size).toBe(3);
  });
});

describe('the state', () => {
  test('is as it was after a change and its undo', async () => {
    const { sandbox, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    await admin.call('cloudtrail:CreateTrail', { Name: 'main', S3BucketName: 'logs' });
    await sandbox.account.write({ call: 'iam:AttachUserPolicy', input: { UserName: 'bob', PolicyArn: ADMINISTRATOR } });
    await sandbox.account.write({
      call: 'iam:AttachUserPolicy',
      input: { UserName: 'bob', PolicyArn: ADMINISTRATOR.replace('Administrator', 'PowerUser') },
    });
    const before = JSON.stringify(sandbox.snapshot().users.bob?.attached);
    const all = sandbox.snapshot();
    await sandbox.account.write({ call: 'iam:DetachUserPolicy', input: { UserName: 'bob', PolicyArn: ADMINISTRATOR } });
    expect(JSON.stringify(sandbox.snapshot().users.bob?.attached)).not.toBe(before);
    await sandbox.account.write({ call: 'iam:AttachUserPolicy', input: { UserName: 'bob', PolicyArn: ADMINISTRATOR } });
    await sandbox.account.write({ call: 'cloudtrail:StartLogging', input: { Name: 'main' } });
    await sandbox.account.write({ call: 'cloudtrail:StopLogging', input: { Name: 'main' } });
    expect(sandbox.snapshot()).toEqual(all);
  });

  test('goes through JSON and back, into another account object, and is a copy', async () => {
    const { sandbox, admin } = world();
    for (const name of ['bob', '__proto__', 'constructor']) await admin.call('iam:CreateUser', { UserName: name });
    const text = JSON.stringify(sandbox.snapshot());
    const other = world();
    other.sandbox.restore(JSON.parse(text));
    expect(JSON.stringify(other.sandbox.snapshot())).toBe(text);
    expect(await other.sandbox.account.read('iam:GetUser', { UserName: '__proto__' })).toMatchObject({
      User: { UserName: '__proto__' },
    });
    await other.admin.call('iam:DeleteUser', { UserName: 'bob' });
    expect(JSON.stringify(sandbox.snapshot())).toBe(text);
  });

  test('knows when a key was last used', async () => {
    const { sandbox, admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    const { AccessKey } = await admin.call('iam:CreateAccessKey', { UserName: 'bob' });
    const input = { AccessKeyId: AccessKey?.AccessKeyId };
    expect(await admin.call('iam:GetAccessKeyLastUsed', input)).toMatchObject({
      AccessKeyLastUsed: { ServiceName: 'N/A' },
    });
    await sandbox.as({ ...user('bob'), accessKeyId: AccessKey?.AccessKeyId }).call('iam:GetUser', {});
    expect(await admin.call('iam:GetAccessKeyLastUsed', input)).toMatchObject({
      UserName: 'bob',
      AccessKeyLastUsed: { ServiceName: 'iam' },
    });
  });
});

describe('as AWS documents it, where moto differs', () => {
  const refusal = (code: string) => expect.objectContaining({ code });

  test('documents come back URL-encoded, to the letter', async () => {
    const { admin } = world();
    const { Policy } = await admin.call('iam:CreatePolicy', { PolicyName: 'p', PolicyDocument: READ });
    const { PolicyVersion } = await admin.call('iam:GetPolicyVersion', { PolicyArn: Policy?.Arn, VersionId: 'v1' });
    expect(PolicyVersion?.Document).toBe(encodeURIComponent(READ));
  });

  test('a user is deleted only when nothing hangs on it', async () => {
    const { admin } = world();
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    await admin.call('iam:CreateGroup', { GroupName: 'all' });
    await admin.call('iam:AddUserToGroup', { GroupName: 'all', UserName: 'bob' });
    await expect(admin.call('iam:DeleteUser', { UserName: 'bob' })).rejects.toEqual(refusal('DeleteConflictException'));
    await admin.call('iam:RemoveUserFromGroup', { GroupName: 'all', UserName: 'bob' });
    const { AccessKey } = await admin.call('iam:CreateAccessKey', { UserName: 'bob' });
    await expect(admin.call('iam:DeleteUser', { UserName: 'bob' })).rejects.toEqual(refusal('DeleteConflictException'));
    await admin.call('iam:DeleteAccessKey', { UserName: 'bob', AccessKeyId: AccessKey?.AccessKeyId });
    await admin.call('iam:CreateLoginProfile', { UserName: 'bob', Password: 'correct horse 1!' });
    await expect(admin.call('iam:DeleteUser', { UserName: 'bob' })).rejects.toEqual(refusal('DeleteConflictException'));
  });

  test('a role needs a trust policy that is one', async () => {
    const { admin } = world();
    const make = (document: string) =>
      admin.call('iam:CreateRole', { RoleName: 'app', AssumeRolePolicyDocument: document });
    for (const document of ['[]', 'none', READ])
      await expect(make(document)).rejects.toEqual(refusal('MalformedPolicyDocumentException'));
    await expect(make(TRUST)).resolves.toBeDefined();
  });

  test('a policy that does not exist has no entities', async () => {
    const { sandbox } = world();
    expect(await sandbox.account.read('iam:ListEntitiesForPolicy', { PolicyArn: `${ADMINISTRATOR}s` })).toBeUndefined();
  });

  test('a policy of AWS is not edited', async () => {
    const { admin } = world();
    await expect(
      admin.call('iam:CreatePolicyVersion', { PolicyArn: ADMINISTRATOR, PolicyDocument: READ }),
    ).rejects.toEqual(refusal('AccessDenied'));
  });

  test('a trail is known by name and by ARN, and made once', async () => {
    const { sandbox, admin } = world();
    const make = () => admin.call('cloudtrail:CreateTrail', { Name: 'main', S3BucketName: 'logs' });
    const { TrailARN } = await make();
    await expect(make()).rejects.toEqual(refusal('TrailAlreadyExistsException'));
    await admin.call('cloudtrail:StartLogging', { Name: TrailARN });
    expect(await sandbox.account.read('cloudtrail:GetTrailStatus', { Name: 'main' })).toMatchObject({
      IsLogging: true,
    });
    await expect(admin.call('cloudtrail:StopLogging', { Name: 'other' })).rejects.toEqual(
      refusal('TrailNotFoundException'),
    );
  });

  test('the members of a group come in pages', async () => {
    const { admin } = world();
    await admin.call('iam:CreateGroup', { GroupName: 'all' });
    for (const UserName of ['a', 'b', 'c']) {
      await admin.call('iam:CreateUser', { UserName });
      await admin.call('iam:AddUserToGroup', { GroupName: 'all', UserName });
    }
    const first = await admin.call('iam:GetGroup', { GroupName: 'all', MaxItems: 2 });
    expect(first).toMatchObject({ IsTruncated: true, Users: [{ UserName: 'a' }, { UserName: 'b' }] });
    const rest = await admin.call('iam:GetGroup', { GroupName: 'all', MaxItems: 2, Marker: first.Marker });
    expect(rest).toMatchObject({ IsTruncated: false, Users: [{ UserName: 'c' }] });
  });
});
