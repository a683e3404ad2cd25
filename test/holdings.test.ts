// What an event gives somebody depends on what they have: told by a snapshot of the account, by earlier events, or by nobody.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyArchive } from '../adapters/archive.ts';
import { snapshotArchive } from '../adapters/snapshot.ts';
import { detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import type { Archive } from '../core/ports.ts';
import { DEFAULTS } from '../core/settings.ts';
import type { EventName, Fields } from '../events/activity.ts';
import { ACCOUNT, did, user } from '../events/did.ts';
import { world } from './world.ts';

type Event = [name: EventName, request: Fields, response?: Fields];

const POLICY = `arn:aws:iam::${ACCOUNT}:policy/shared`;
const LIMIT = `arn:aws:iam::${ACCOUNT}:policy/limit`;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const allows = (Action: unknown, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const LAMBDA = ['lambda:CreateFunction', 'lambda:InvokeFunction'];
const OPENED = 'bob can now pass any role to Lambda and so become any role that Lambda may take';

const inline = (document: unknown, policyName = 'p', userName = 'bob'): Event => [
  'iam:PutUserPolicy',
  { userName, policyName, policyDocument: JSON.stringify(document) },
];
const attached = (policyArn: string, userName = 'bob'): Event => ['iam:AttachUserPolicy', { userName, policyArn }];
const detached = (policyArn: string, userName = 'bob'): Event => ['iam:DetachUserPolicy', { userName, policyArn }];
const joined = (groupName: string, userName = 'bob'): Event => ['iam:AddUserToGroup', { userName, groupName }];
const left = (groupName: string, userName = 'bob'): Event => ['iam:RemoveUserFromGroup', { userName, groupName }];
const limited = (permissionsBoundary: string): Event => [
  'iam:PutUserPermissionsBoundary',
  { userName: 'bob', permissionsBoundary },
];
const unlimited: Event = ['iam:DeleteUserPermissionsBoundary', { userName: 'bob' }];
const version = (document: unknown, versionId = 'v2'): Event => [
  'iam:CreatePolicyVersion',
  { policyArn: POLICY, policyDocument: JSON.stringify(document), setAsDefault: true },
  { policyVersion: { versionId, isDefaultVersion: true } },
];

type Part = { inline?: { [name: string]: unknown }; attached?: string[]; groups?: string[]; boundary?: string };
type Details = {
  users?: { [name: string]: Part };
  groups?: { [name: string]: Part };
  policies?: { [arn: string]: unknown };
};

const listed = (
  title: string,
  name: string,
  { inline: own = {}, attached: arns = [], groups = [], boundary }: Part,
) => ({
  [`${title}Name`]: name,
  [`${title}PolicyList`]: Object.entries(own).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
  AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyArn })),
  GroupList: groups,
  ...(boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: boundary } } : {}),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-holdings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function snapshot({ users = {}, groups = {}, policies = {} }: Details): Archive {
  const file = join(folder, 'details.json');
  const details = {
    UserDetailList: Object.entries(users).map(([name, part]) => listed('User', name, part)),
    GroupDetailList: Object.entries(groups).map(([name, part]) => listed('Group', name, part)),
    RoleDetailList: [],
    Policies: Object.entries(policies).map(([Arn, Document]) => ({
      Arn,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
    })),
  };
  writeFileSync(file, JSON.stringify(details));
  return snapshotArchive(file);
}

const nobody = (): Archive => emptyArchive;

/** The finding of the last event: its points, its decision, and the end of its sentence. */
async function told(archive: Archive, events: Event[]) {
  const scene = world({ settings: { ...DEFAULTS, mode: 'auto' } });
  const start = scene.start();
  const line: Line = { ...start, ports: { ...start.ports, archive } };
  let last: { risk: number; decision: string; because: string; factors: { id: string }[] } | undefined;
  for (const [name, request, response] of events) {
    scene.clock.pass(60_000);
    const time = new Date(scene.clock.now()).toISOString();
    const { fresh } = await detect(
      did(user('alice'), name, request, { time, ...(response ? { response } : {}) }),
      line,
    );
    last = fresh[0];
  }
  if (!last) throw new Error('no finding');
  return last;
}

const passing = { a: allows('iam:PassRole') };
const administrator = { a: allows('*') };
const withLambda = inline(allows(LAMBDA));
const STORIES: [story: string, archive: () => Archive, events: Event[], says: string, comesTo: string][] = [
  [
    'the second half of a way, with the first in the snapshot',
    () => snapshot({ users: { bob: { inline: passing } } }),
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  ['both halves, by two events', nobody, [inline(allows('iam:PassRole'), 'a'), withLambda], OPENED, '80 remediate'],
  [
    'both halves, the first one taken away before',
    nobody,
    [inline(allows('iam:PassRole'), 'a'), ['iam:DeleteUserPolicy', { userName: 'bob', policyName: 'a' }], withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '45 alert',
  ],
  [
    'the first half by a managed policy',
    () => snapshot({ users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('iam:PassRole') } }),
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the first half by a managed policy that was detached',
    () => snapshot({ users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('iam:PassRole') } }),
    [detached(POLICY), withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'the first half by a group',
    () => snapshot({ users: { bob: { groups: ['ops'] } }, groups: { ops: { inline: passing } } }),
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the first half by a group that was left',
    () => snapshot({ users: { bob: { groups: ['ops'] } }, groups: { ops: { inline: passing } } }),
    [left('ops'), withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'the first half by a group that was joined',
    () => snapshot({ users: { bob: {} }, groups: { ops: { inline: passing } } }),
    [joined('ops'), withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the second half, and nobody knows what else',
    nobody,
    [withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '45 alert',
  ],
  [
    'the second half, and there is nothing else',
    () => snapshot({ users: { bob: {} } }),
    [withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'an administrator gets more',
    () => snapshot({ users: { bob: { inline: administrator } } }),
    [inline(allows('iam:*'))],
    'no new access',
    '20 observe',
  ],
  [
    'who was made an administrator with an alarm gets more',
    nobody,
    [inline(allows('*'), 'a'), inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'an administrator by a group gets AdministratorAccess',
    () => snapshot({ users: { bob: { groups: ['ops'] } }, groups: { ops: { attached: [ADMIN] } } }),
    [attached(ADMIN)],
    'no new access',
    '20 observe',
  ],
  [
    'whoever is no administrator any more gets it again',
    () => snapshot({ users: { bob: { attached: [ADMIN] } } }),
    [detached(ADMIN), attached(ADMIN)],
    'bob can now do everything on every resource (AdministratorAccess)',
    '85 remediate',
  ],
  [
    'everything, below a boundary',
    () => snapshot({ users: { bob: { boundary: LIMIT } }, policies: { [LIMIT]: allows('s3:Get*') } }),
    [inline(allows('*'))],
    'bob can now use * on *, as far as its limits allow',
    '50 alert',
  ],
  [
    'everything, below a boundary that was lifted',
    () => snapshot({ users: { bob: { boundary: LIMIT } }, policies: { [LIMIT]: allows('s3:Get*') } }),
    [unlimited, inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a boundary lifted from an administrator',
    () =>
      snapshot({
        users: { bob: { inline: administrator, boundary: LIMIT } },
        policies: { [LIMIT]: allows('s3:Get*') },
      }),
    [unlimited],
    'bob can now do everything on every resource',
    '65 alert',
  ],
  [
    'a boundary lifted from nobody of power',
    () =>
      snapshot({
        users: { bob: { inline: { a: allows('s3:GetObject') }, boundary: LIMIT } },
        policies: { [LIMIT]: allows('s3:Get*') },
      }),
    [unlimited],
    'alice deleted the permissions boundary of user bob',
    '40 alert',
  ],
  [
    'a boundary that is wider than the one before',
    () =>
      snapshot({
        users: { bob: { inline: administrator, boundary: LIMIT } },
        policies: { [LIMIT]: allows('s3:Get*') },
      }),
    [limited(ADMIN)],
    'bob can now do everything on every resource',
    '55 alert',
  ],
  [
    'a boundary put before an administrator',
    () => snapshot({ users: { bob: { inline: administrator } }, policies: { [LIMIT]: allows('s3:Get*') } }),
    [limited(LIMIT)],
    'alice set arn:aws:iam::111122223333:policy/limit as permissions boundary of user bob',
    '35 observe',
  ],
  [
    'a group of administrators is joined',
    () => snapshot({ users: { bob: {} }, groups: { ops: { attached: [ADMIN] } } }),
    [joined('ops')],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a group that gives nothing more is joined',
    () => snapshot({ users: { bob: { inline: administrator } }, groups: { ops: { attached: [ADMIN] } } }),
    [joined('ops')],
    'no new access',
    '20 observe',
  ],
  ['a group is joined that nobody knows', nobody, [joined('ops')], 'alice added bob to group ops', '65 approve'],
  [
    'a policy of an administrator and of nobody else is rewritten',
    () =>
      snapshot({
        users: { bob: { inline: administrator, attached: [POLICY] } },
        policies: { [POLICY]: allows('s3:GetObject') },
      }),
    [version(allows('*'))],
    'whoever has it can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a policy with the second half for whoever has the first',
    () =>
      snapshot({
        users: { bob: { inline: passing, attached: [POLICY] } },
        policies: { [POLICY]: allows('s3:GetObject') },
      }),
    [version(allows(LAMBDA))],
    OPENED,
    '80 remediate',
  ],
  [
    'a policy is narrowed',
    () => snapshot({ users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('*') } }),
    [version(allows('s3:GetObject'))],
    'no new access',
    '20 observe',
  ],
  [
    'a denial is lifted',
    () =>
      snapshot({
        users: {
          bob: { inline: { ...administrator, p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } },
        },
      }),
    [inline({ Statement: [] })],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a denial is deleted',
    () =>
      snapshot({
        users: {
          bob: { inline: { ...administrator, p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } },
        },
      }),
    [['iam:DeleteUserPolicy', { userName: 'bob', policyName: 'p' }]],
    'bob can now do everything on every resource',
    '75 alert',
  ],
  [
    'a group that denied is left',
    () =>
      snapshot({
        users: { bob: { inline: administrator, groups: ['held'] } },
        groups: { held: { inline: { p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } } },
      }),
    [left('held')],
    'bob can now do everything on every resource',
    '55 alert',
  ],
  [
    'a user is made anew',
    () => snapshot({ users: { bob: { inline: administrator } } }),
    [['iam:CreateUser', { userName: 'bob' }], inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
];

describe('stories', () => {
  test.each(STORIES)('%s', async (_story, archive, events, says, comesTo) => {
    const { because, risk, decision } = await told(archive(), events);
    expect(because.endsWith(says), because).toBe(true);
    expect(`${risk} ${decision}`).toBe(comesTo);
  });
});

test('with more changes of one principal than are kept in mind, not everything is known', async () => {
  const decoys = Array.from({ length: 101 }, (_, at) =>
    inline(allows('s3:GetObject', `arn:aws:s3:::x${at}`), `decoy${at}`),
  );
  const archive = snapshot({ users: { bob: {} } });
  const { factors } = await told(archive, [...decoys, withLambda]);
  expect(factors.map((each) => each.id)).toContain('unknown');
});
