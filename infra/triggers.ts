// What calls the functions: EventBridge rules for `detect`, a schedule for `sweep`, each with a place for what is not delivered.
import type { Rule } from '../core/rule.ts';
import {
  arn,
  arnOf,
  type FunctionName,
  functionId,
  ID,
  type Resource,
  type Resources,
  SERVICE,
  title,
  type Value,
} from './names.ts';
import { type EventRule, eventRules } from './patterns.ts';

export function triggers(rules: readonly Rule[]): Resources {
  const selecting = eventRules(rules).map((each) => [title(each.name.slice(SERVICE.length)), selection(each)] as const);
  return {
    ...Object.fromEntries(selecting),
    SweepSchedule: schedule,
    // One permission for all of its rules: a function's policy has room for few.
    DetectPermission: permission('detect', 'events-*'),
    DetectRulePermission: permission('detect', 'rule-*'),
    SweepPermission: permission('sweep', 'sweep'),
  };
}

function selection({ name, state, pattern }: EventRule): Resource {
  return rule(name, { State: state, EventPattern: pattern as Value, Targets: [target('detect', 86_400, 185)] });
}

/** A minute later the next call does the same, so a late one is of no use. */
const schedule = rule(`${SERVICE}-sweep`, {
  State: 'ENABLED',
  ScheduleExpression: 'rate(1 minute)',
  Targets: [target('sweep', 60, 0)],
});

function rule(name: string, properties: { [key: string]: Value }): Resource {
  return { Type: 'AWS::Events::Rule', Properties: { Name: name, ...properties } };
}

/** Delivery is tried for `seconds` and `tries` times; then the event goes to the queue for failed ones. */
function target(name: FunctionName, seconds: number, tries: number): Value {
  return {
    Id: name,
    Arn: arnOf(functionId(name)),
    RetryPolicy: { MaximumEventAgeInSeconds: seconds, MaximumRetryAttempts: tries },
    DeadLetterConfig: { Arn: arnOf(ID.eventsFailed) },
  };
}

function permission(name: FunctionName, from: string): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf(functionId(name)),
      Principal: 'events.amazonaws.com',
      SourceArn: arn('events', 'here', 'here', `rule/${SERVICE}-${from}`),
    },
  };
}
