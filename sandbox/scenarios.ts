// Stories that are played on the sandbox: what was there before, and what the intruder does, step by step.
import type { Fields } from '../events/activity.ts';
import { root, user } from '../events/did.ts';
import type { Sandbox } from './account.ts';

export type Step = { title: string; act(sandbox: Sandbox): Promise<unknown> };

export type Scenario = {
  id: string;
  title: string /** Unobserved. */;
  before(sandbox: Sandbox): Promise<void>;
  steps: Step[];
};

const TRAIL = 'main';
const INTRUDER = { source: '203.0.113.80', agent: 'aws-cli/2.31.0' };
const mallory: Fields = user('mallory');

/** The attack of the README: from the root password to silence. */
export const takeover: Scenario = {
  id: 'takeover',
  title: 'Somebody has the root password and the keys of mallory, who may do more than she should',

  async before(sandbox) {
    const admin = sandbox.as(user('ana'));
    for (const UserName of ['ana', 'bob', 'mallory']) await admin.call('iam:CreateUser', { UserName });
    await admin.call('iam:AttachUserPolicy', {
      UserName: 'ana',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    await admin.call('iam:CreateAccessKey', { UserName: 'bob' });
    await admin.call('cloudtrail:CreateTrail', { Name: TRAIL, S3BucketName: 'example-trail-logs' });
    await admin.call('cloudtrail:StartLogging', { Name: TRAIL });
  },

  steps: [
    {
      title: 'root signs in, without MFA',
      act: async (sandbox) => sandbox.signIn(root, { mfa: false, ok: true }, INTRUDER),
    },
    {
      title: 'mallory makes a second access key for bob',
      act: (sandbox) => sandbox.as(mallory, INTRUDER).call('iam:CreateAccessKey', { UserName: 'bob' }),
    },
    {
      title: 'mallory makes herself an administrator',
      act: (sandbox) =>
        sandbox.as(mallory, INTRUDER).call('iam:AttachUserPolicy', {
          UserName: 'mallory',
          PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
    },
    {
      title: 'mallory stops the trail',
      act: (sandbox) => sandbox.as(mallory, INTRUDER).call('cloudtrail:StopLogging', { Name: TRAIL }),
    },
  ],
};

export const scenarios: readonly Scenario[] = [takeover];
