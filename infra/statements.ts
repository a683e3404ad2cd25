// What each role may do, and on what: one place to read, to compare with what the functions call, and to render.
import type { Settings } from '../core/settings.ts';
import { remediations } from '../remediations/index.ts';
import { arn, arnOf, type FunctionName, ID, nameOf, remediationRoleIn, SLACK_SECRET, type Value } from './names.ts';

/** Allows actions on resources. Where a resource holds a wildcard, `because` says why it cannot be narrower. */
export type Statement = { sid: string; actions: string[]; resources: Value[]; because?: string };

/** What a function's role may do. */
export function statementsFor(name: FunctionName, settings: Settings): Statement[] {
  switch (name) {
    case 'detect':
      return [readState, writeState, send, sendFailed, readPolicies, log(name)];
    case 'respond':
      return [readState, writeState, receive, enter(settings), ...(settings.slack.channel ? [slack] : []), log(name)];
    case 'sweep':
      return [listState, send, sendFailed, log(name)];
  }
}

/**
 * What the remediation role may do: what the remediations need, by the kind of resource that the operation acts on.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function remediationStatements(): Statement[] {
  const needed = [...new Set(remediations.flatMap((each) => each.needs))].sort();
  const kinds = Map.groupBy(needed, kindOf);
  return [...kinds].map(([kind, actions]) => ({ sid: SID[kind], actions, resources: RESOURCES[kind], because: ANY }));
}

const table = arnOf(ID.table);

/** `get` and `list` of the store. */
const readState: Statement = { sid: 'ReadState', actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [table] };

/** The sweep only lists what is due. */
const listState: Statement = { sid: 'ListWork', actions: ['dynamodb:Query'], resources: [table] };

/** `write` of the store: a transaction is allowed by the actions in it. */
const writeState: Statement = {
  sid: 'WriteState',
  actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  resources: [table],
};

const send: Statement = { sid: 'SendWork', actions: ['sqs:SendMessage'], resources: [arnOf(ID.work)] };

/** Lambda sends the events that a function failed on in the function's name. */
const sendFailed: Statement = { sid: 'SendFailed', actions: ['sqs:SendMessage'], resources: [arnOf(ID.eventsFailed)] };

const receive: Statement = {
  sid: 'ReceiveWork',
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resources: [arnOf(ID.work)],
};

/**
 * Managed policies, to see what an attached one grants. `detect` reads them itself, in this account only, and cannot
 * assume the remediation role: it works on what attackers write, so it must not be able to change anything. A policy of
 * another account stays unknown to it, and unknown is riskier than known.
 */
const readPolicies: Statement = {
  sid: 'ReadPolicies',
  actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
  resources: [arn('iam', '', 'here', 'policy/*'), arn('iam', '', 'aws', 'policy/*')],
  because: 'which policy is attached is known only from the event',
};

const slack: Statement = {
  sid: 'ReadSlackToken',
  actions: ['secretsmanager:GetSecretValue'],
  resources: [arn('secretsmanager', 'here', 'here', `secret:${SLACK_SECRET}-??????`)],
  because: 'Secrets Manager adds a hyphen and six characters to the name',
};

/** The remediation role of this account and of every account in the settings, by its exact name. */
function enter({ accounts }: Settings): Statement {
  const resources = [remediationRoleIn('here'), ...Object.keys(accounts).sort().map(remediationRoleIn)];
  return { sid: 'EnterAccounts', actions: ['sts:AssumeRole'], resources };
}

function log(name: FunctionName): Statement {
  return {
    sid: 'WriteLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn('logs', 'here', 'here', `log-group:/aws/lambda/${nameOf(name)}:*`)],
    because: 'Lambda names the log streams',
  };
}

type Kind = 'user' | 'group' | 'role' | 'policy' | 'trail';

const ANY = 'an event may concern any of them; the executor acts on the one that the event names';
const SID: { [kind in Kind]: string } = {
  user: 'Users',
  group: 'Groups',
  role: 'Roles',
  policy: 'ManagedPolicies',
  trail: 'Trails',
};

const RESOURCES: { [kind in Kind]: Value[] } = {
  user: [arn('iam', '', 'here', 'user/*')],
  group: [arn('iam', '', 'here', 'group/*')],
  role: [arn('iam', '', 'here', 'role/*')],
  policy: [arn('iam', '', 'here', 'policy/*'), arn('iam', '', 'aws', 'policy/*')],
  // A trail is changed in its home region, whichever that is.
  trail: [arn('cloudtrail', '*', 'here', 'trail/*')],
};

/** The kind of resource that IAM checks an operation against; throws for an operation that nobody has sorted yet. */
function kindOf(action: string): Kind {
  if (action.startsWith('cloudtrail:')) return 'trail';
  const found = KINDS.find(([pattern]) => pattern.test(action));
  if (!found) throw new Error(`${action} is needed by a remediation: say in infra/statements.ts on what it acts`);
  return found[1];
}

/** In this order: `iam:AttachUserPolicy` acts on the user, `iam:AddUserToGroup` on the group. */
const KINDS: [RegExp, Kind][] = [
  [/:(AddUserToGroup|RemoveUserFromGroup)$/, 'group'],
  [/:(GetPolicy|GetPolicyVersion|ListPolicyVersions|ListEntitiesForPolicy|SetDefaultPolicyVersion)$/, 'policy'],
  [/User|AccessKey/, 'user'],
  [/Group/, 'group'],
  [/Role/, 'role'],
];
