// Everything that `serverless.yml` takes from code: the functions, and the resources around them.
import { LEASE } from '../core/change.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { alarms } from './alarms.ts';
import {
  arnOf,
  FUNCTIONS,
  type FunctionName,
  ID,
  NODE_OPTIONS,
  nameOf,
  type Resources,
  ref,
  remediationRoleIn,
  roleId,
  SLACK_SECRET,
  type Value,
} from './names.ts';
import { roles } from './roles.ts';
import { storage } from './storage.ts';
import { triggers } from './triggers.ts';

/** Where `bundle.ts` puts a function, below the project. */
export const bundleOf = (name: FunctionName): string => `dist/lambda/${name}`;

/** The rules that the settings leave enabled. */
export function enabledRules(rules: readonly Rule[], settings: Settings): Rule[] {
  return rules.filter((each) => settings.rules[each.id]?.enabled !== false);
}

/** The `functions` of serverless.yml. */
export function functions(settings: Settings): { [name in FunctionName]: Value } {
  const made = FUNCTIONS.map((name) => [name, { ...common(name, settings), ...OWN[name] }]);
  return Object.fromEntries(made);
}

/** The `resources` of serverless.yml. */
export function resources(rules: readonly Rule[], settings: Settings): { Resources: Resources; Outputs: Value } {
  return {
    Resources: { ...storage(), ...roles(settings), ...triggers(enabledRules(rules, settings)), ...alarms() },
    Outputs: {
      StateTable: { Description: 'The DynamoDB table with findings, changes and journal', Value: ref(ID.table) },
      WorkQueue: { Description: 'The queue of work', Value: ref(ID.work) },
      AlarmTopic: { Description: 'Subscribe to it to hear of failures', Value: ref(ID.alarms) },
      RemediationRole: { Description: 'The role that changes are carried out with', Value: remediationRoleIn('here') },
    },
  };
}

/**
 * A runner whose lease is over must not run any more, so `respond` ends when its lease does. One message a call: a
 * message that waits for Slack holds nobody else up, and each has the whole time to itself.
 */
const OWN: { [name in FunctionName]: { [key: string]: Value } } = {
  detect: { timeout: 30, memorySize: 512, ...async(2, 6 * 3_600) },
  respond: {
    timeout: LEASE / 1_000,
    memorySize: 512,
    events: [{ sqs: { arn: arnOf(ID.work), batchSize: 1, functionResponseType: 'ReportBatchItemFailures' } }],
  },
  // What a call misses, the next one finds a minute later.
  sweep: { timeout: 50, memorySize: 256, ...async(0, 60) },
};

function common(name: FunctionName, { slack }: Settings): { [key: string]: Value } {
  const channel: { [key: string]: Value } =
    name === 'respond' && slack.channel ? { GUARDRAIL_SLACK_SECRET: SLACK_SECRET } : {};
  return {
    name: nameOf(name),
    handler: `${bundleOf(name)}/index.handler`,
    role: roleId(name),
    package: { patterns: ['!**', `${bundleOf(name)}/**`] },
    environment: { NODE_OPTIONS, GUARDRAIL_TABLE: ref(ID.table), GUARDRAIL_QUEUE_URL: ref(ID.work), ...channel },
    events: [],
  };
}

/** EventBridge calls a function asynchronously: Lambda tries again, and what fails to the end goes to a queue. */
function async(tries: number, seconds: number): { [key: string]: Value } {
  return {
    maximumRetryAttempts: tries,
    maximumEventAge: seconds,
    destinations: { onFailure: { type: 'sqs', arn: arnOf(ID.eventsFailed) } },
  };
}
