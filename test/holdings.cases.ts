// What somebody has, what events do, and what the last of them comes to.
import type { EventName, Fields } from '../events/activity.ts';
import { ACCOUNT } from '../events/did.ts';

export type Event = [name: EventName, request: Fields, response?: Fields];

const POLICY = `arn:aws:iam::${ACCOUNT}:policy/shared`;
const LIMIT = `arn:aws:iam::${ACCOUNT}:policy/limit`;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const allows = (Action: unknown, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const LAMBDA = ['lambda:CreateFunction', 'lambda:InvokeFunction'];
const OPENED = 'bob can now pass any role to Lambda and so become any role that Lambda may take';

export const inline = (document: unknown, policyName = 'p', userName = 'bob'): Event => [
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

export type Part = { inline?: { [name: string]: unknown }; attached?: string[]; groups?: string[]; boundary?: string };
export type Details = {
  users?: { [name: string]: Part };
  groups?: { [name: string]: Part };
  policies?: { [arn: string]: unknown };
};

const passing = { a: allows('iam:PassRole') };
const administrator = { a: allows('*') };
export const withLambda = inline(allows(LAMBDA));
/** `details`: what a snapshot shows; undefined where there is none. `says` ends the sentence of the last finding. */
type Story = [story: string, details: Details | undefined, events: Event[], says: string, comesTo: string];

export const STORIES: Story[] = [
  [
    'the second half of a way, with the first in the snapshot',
    { users: { bob: { inline: passing } } },
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  ['both halves, by two events', undefined, [inline(allows('iam:PassRole'), 'a'), withLambda], OPENED, '80 remediate'],
  [
    'both halves, the first one taken away before',
    undefined,
    [inline(allows('iam:PassRole'), 'a'), ['iam:DeleteUserPolicy', { userName: 'bob', policyName: 'a' }], withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '45 alert',
  ],
  [
    'the first half by a managed policy',
    { users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('iam:PassRole') } },
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the first half by a managed policy that was detached',
    { users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('iam:PassRole') } },
    [detached(POLICY), withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'the first half by a group',
    { users: { bob: { groups: ['ops'] } }, groups: { ops: { inline: passing } } },
    [withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the first half by a group that was left',
    { users: { bob: { groups: ['ops'] } }, groups: { ops: { inline: passing } } },
    [left('ops'), withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'the first half by a group that was joined',
    { users: { bob: {} }, groups: { ops: { inline: passing } } },
    [joined('ops'), withLambda],
    OPENED,
    '80 remediate',
  ],
  [
    'the second half, and nobody knows what else',
    undefined,
    [withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '45 alert',
  ],
  [
    'the second half, and there is nothing else',
    { users: { bob: {} } },
    [withLambda],
    'bob can now use lambda:CreateFunction, lambda:InvokeFunction on *',
    '35 observe',
  ],
  [
    'an administrator gets more',
    { users: { bob: { inline: administrator } } },
    [inline(allows('iam:*'))],
    'no new access',
    '20 observe',
  ],
  [
    'who was made an administrator with an alarm gets more',
    undefined,
    [inline(allows('*'), 'a'), inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'an administrator by a group gets AdministratorAccess',
    { users: { bob: { groups: ['ops'] } }, groups: { ops: { attached: [ADMIN] } } },
    [attached(ADMIN)],
    'no new access',
    '20 observe',
  ],
  [
    'whoever is no administrator any more gets it again',
    { users: { bob: { attached: [ADMIN] } } },
    [detached(ADMIN), attached(ADMIN)],
    'bob can now do everything on every resource (AdministratorAccess)',
    '85 remediate',
  ],
  [
    'everything, below a boundary',
    { users: { bob: { boundary: LIMIT } }, policies: { [LIMIT]: allows('s3:Get*') } },
    [inline(allows('*'))],
    'bob can now use * on *, as far as its limits allow',
    '50 alert',
  ],
  [
    'everything, below a boundary that was lifted',
    { users: { bob: { boundary: LIMIT } }, policies: { [LIMIT]: allows('s3:Get*') } },
    [unlimited, inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a boundary lifted from an administrator',
    {
      users: { bob: { inline: administrator, boundary: LIMIT } },
      policies: { [LIMIT]: allows('s3:Get*') },
    },
    [unlimited],
    'bob can now do everything on every resource',
    '65 alert',
  ],
  [
    'a boundary lifted from nobody of power',
    {
      users: { bob: { inline: { a: allows('s3:GetObject') }, boundary: LIMIT } },
      policies: { [LIMIT]: allows('s3:Get*') },
    },
    [unlimited],
    'alice deleted the permissions boundary of user bob',
    '40 alert',
  ],
  [
    'a boundary that is wider than the one before',
    {
      users: { bob: { inline: administrator, boundary: LIMIT } },
      policies: { [LIMIT]: allows('s3:Get*') },
    },
    [limited(ADMIN)],
    'bob can now do everything on every resource',
    '55 alert',
  ],
  [
    'a boundary put before an administrator',
    { users: { bob: { inline: administrator } }, policies: { [LIMIT]: allows('s3:Get*') } },
    [limited(LIMIT)],
    'alice set arn:aws:iam::111122223333:policy/limit as permissions boundary of user bob',
    '35 observe',
  ],
  [
    'a group of administrators is joined',
    { users: { bob: {} }, groups: { ops: { attached: [ADMIN] } } },
    [joined('ops')],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a group that gives nothing more is joined',
    { users: { bob: { inline: administrator } }, groups: { ops: { attached: [ADMIN] } } },
    [joined('ops')],
    'no new access',
    '20 observe',
  ],
  ['a group is joined that nobody knows', undefined, [joined('ops')], 'alice added bob to group ops', '65 approve'],
  [
    'a policy of an administrator and of nobody else is rewritten',
    {
      users: { bob: { inline: administrator, attached: [POLICY] } },
      policies: { [POLICY]: allows('s3:GetObject') },
    },
    [version(allows('*'))],
    'whoever has it can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a policy with the second half for whoever has the first',
    {
      users: { bob: { inline: passing, attached: [POLICY] } },
      policies: { [POLICY]: allows('s3:GetObject') },
    },
    [version(allows(LAMBDA))],
    OPENED,
    '80 remediate',
  ],
  [
    'a policy is narrowed',
    { users: { bob: { attached: [POLICY] } }, policies: { [POLICY]: allows('*') } },
    [version(allows('s3:GetObject'))],
    'no new access',
    '20 observe',
  ],
  [
    'a denial is lifted',
    {
      users: {
        bob: { inline: { ...administrator, p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } },
      },
    },
    [inline({ Statement: [] })],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
  [
    'a denial is deleted',
    {
      users: {
        bob: { inline: { ...administrator, p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } },
      },
    },
    [['iam:DeleteUserPolicy', { userName: 'bob', policyName: 'p' }]],
    'bob can now do everything on every resource',
    '75 alert',
  ],
  [
    'a group that denied is left',
    {
      users: { bob: { inline: administrator, groups: ['held'] } },
      groups: { held: { inline: { p: { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] } } } },
    },
    [left('held')],
    'bob can now do everything on every resource',
    '55 alert',
  ],
  [
    'a user is made anew',
    { users: { bob: { inline: administrator } } },
    [['iam:CreateUser', { userName: 'bob' }], inline(allows('*'))],
    'bob can now do everything on every resource',
    '85 remediate',
  ],
];
