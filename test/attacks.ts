// One attack for each remediation, as calls to the sandbox: what was there before, what the intruder did.
import { user } from '../events/did.ts';
import type { Sandbox } from '../sandbox/account.ts';

export type Attack = {
  remediation: string;
  /** Before the guardrail was there. */
  before(sandbox: Sandbox): Promise<unknown>;
  /** Ordinary work that it has seen since. */
  seen?(sandbox: Sandbox): Promise<unknown>;
  act(sandbox: Sandbox): Promise<unknown>;
  /** The change waits for a person. */
  asked?: boolean;
};

export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const POLICY = 'arn:aws:iam::111122223333:policy/deploy';
const READ = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };
const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const CLOSED = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const OPEN = {
  Version: '2012-10-17',
  Statement: [
    ...CLOSED.Statement,
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sts:AssumeRole' },
  ],
};

const ana = (sandbox: Sandbox) => sandbox.as(user('ana'));
const mallory = (sandbox: Sandbox) => sandbox.as(user('mallory'));
const text = (document: object) => JSON.stringify(document);

async function people(sandbox: Sandbox): Promise<void> {
  for (const UserName of ['ana', 'bob', 'mallory']) await ana(sandbox).call('iam:CreateUser', { UserName });
  await ana(sandbox).call('iam:AttachUserPolicy', { UserName: 'ana', PolicyArn: ADMINISTRATOR });
}

const role = (sandbox: Sandbox, document: object) =>
  ana(sandbox).call('iam:CreateRole', { RoleName: 'ci', AssumeRolePolicyDocument: text(document) });

export const attacks: { [title: string]: Attack } = {
  'a key for bob': {
    remediation: 'disable-access-key',
    before: people,
    act: (sandbox) => mallory(sandbox).call('iam:CreateAccessKey', { UserName: 'bob' }),
  },
  'administrator access for a user': {
    remediation: 'detach-policy',
    before: people,
    act: (sandbox) => mallory(sandbox).call('iam:AttachUserPolicy', { UserName: 'bob', PolicyArn: ADMINISTRATOR }),
  },
  'administrator access for a role': {
    remediation: 'detach-policy',
    before: (sandbox) => people(sandbox).then(() => role(sandbox, CLOSED)),
    act: (sandbox) => mallory(sandbox).call('iam:AttachRolePolicy', { RoleName: 'ci', PolicyArn: ADMINISTRATOR }),
  },
  'administrator access for a group': {
    remediation: 'detach-policy',
    before: (sandbox) => people(sandbox).then(() => ana(sandbox).call('iam:CreateGroup', { GroupName: 'staff' })),
    act: (sandbox) => mallory(sandbox).call('iam:AttachGroupPolicy', { GroupName: 'staff', PolicyArn: ADMINISTRATOR }),
  },
  'a new default version': {
    remediation: 'restore-policy-version',
    before: (sandbox) =>
      people(sandbox).then(() =>
        ana(sandbox).call('iam:CreatePolicy', { PolicyName: 'deploy', PolicyDocument: text(READ) }),
      ),
    act: (sandbox) =>
      mallory(sandbox).call('iam:CreatePolicyVersion', {
        PolicyArn: POLICY,
        PolicyDocument: text(ALL),
        SetAsDefault: true,
      }),
  },
  'a new inline policy': {
    remediation: 'remove-inline-policy',
    before: people,
    act: (sandbox) =>
      mallory(sandbox).call('iam:PutUserPolicy', { UserName: 'bob', PolicyName: 'all', PolicyDocument: text(ALL) }),
  },
  'an inline policy made wider': {
    remediation: 'remove-inline-policy',
    before: (sandbox) => people(sandbox).then(() => role(sandbox, CLOSED)),
    seen: (sandbox) =>
      ana(sandbox).call('iam:PutRolePolicy', { RoleName: 'ci', PolicyName: 'deploy', PolicyDocument: text(READ) }),
    act: (sandbox) =>
      mallory(sandbox).call('iam:PutRolePolicy', { RoleName: 'ci', PolicyName: 'deploy', PolicyDocument: text(ALL) }),
  },
  'a trust policy opened, the former one known': {
    remediation: 'restore-trust-policy',
    before: people,
    seen: (sandbox) => role(sandbox, CLOSED),
    act: (sandbox) =>
      mallory(sandbox).call('iam:UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument: text(OPEN) }),
  },
  'a trust policy opened, the former one not known': {
    remediation: 'restore-trust-policy',
    before: (sandbox) => people(sandbox).then(() => role(sandbox, CLOSED)),
    act: (sandbox) =>
      mallory(sandbox).call('iam:UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument: text(OPEN) }),
  },
  'a user added to a group': {
    remediation: 'remove-user-from-group',
    asked: true,
    before: (sandbox) => people(sandbox).then(() => ana(sandbox).call('iam:CreateGroup', { GroupName: 'staff' })),
    act: (sandbox) => mallory(sandbox).call('iam:AddUserToGroup', { UserName: 'bob', GroupName: 'staff' }),
  },
  'a password for bob': {
    remediation: 'quarantine-user',
    asked: true,
    before: people,
    act: (sandbox) =>
      mallory(sandbox).call('iam:CreateLoginProfile', { UserName: 'bob', Password: 'long-enough-for-anybody-1' }),
  },
  'a role made for outsiders': {
    remediation: 'quarantine-role',
    asked: true,
    before: people,
    act: (sandbox) =>
      mallory(sandbox).call('iam:CreateRole', { RoleName: 'backdoor', AssumeRolePolicyDocument: text(OPEN) }),
  },
  'the trail stopped': {
    remediation: 'restart-trail',
    before: async (sandbox) => {
      await people(sandbox);
      await ana(sandbox).call('cloudtrail:CreateTrail', { Name: 'main', S3BucketName: 'example-trail-logs' });
      await ana(sandbox).call('cloudtrail:StartLogging', { Name: 'main' });
    },
    act: (sandbox) => mallory(sandbox).call('cloudtrail:StopLogging', { Name: 'main' }),
  },
};
