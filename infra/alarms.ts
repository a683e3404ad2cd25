// What must not fail silently: each alarm tells the topic, to which whoever is on duty subscribes.
import {
  FUNCTIONS,
  type FunctionName,
  ID,
  nameOf,
  type Resource,
  type Resources,
  ref,
  SERVICE,
  title,
  type Value,
} from './names.ts';

type Alarm = {
  says: string;
  namespace: 'AWS/Lambda' | 'AWS/SQS';
  metric: string;
  of: { Name: string; Value: Value };
  statistic?: 'Sum' | 'Maximum';
  /** It alarms above this, or below `least`. */
  most?: number;
  least?: number;
  /** Minutes that it must last. */
  minutes?: number;
};

/**
 * The topic and the alarms. The topic is not encrypted with the key that AWS manages for SNS: CloudWatch may not use that
 * one, and its alarms would not arrive. They hold the names of queues and functions, nothing of events.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarms(): Resources {
  const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${SERVICE}-alarms` } };
  const rendered = Object.entries(ALARMS).map(([name, each]) => [`${title(name)}Alarm`, alarm(name, each)] as const);
  return { [ID.alarms]: topic, ...Object.fromEntries(rendered) };
}

const ALARMS: { [name: string]: Alarm } = {
  'work-failed': { says: 'Work was given up after several tries: see its incident', ...depthOf(ID.workFailed) },
  'events-failed': {
    says: 'Events were not delivered to detect or sweep, or failed there',
    ...depthOf(ID.eventsFailed),
  },
  'work-late': {
    says: 'Work has waited for more than five minutes: respond fails or is throttled',
    namespace: 'AWS/SQS',
    metric: 'ApproximateAgeOfOldestMessage',
    of: { Name: 'QueueName', Value: { 'Fn::GetAtt': [ID.work, 'QueueName'] } },
    statistic: 'Maximum',
    most: 300,
  },
  'sweep-missing': {
    says: 'The sweep has not run for five minutes: lost work stays lost',
    ...invocations('sweep', 'Invocations'),
    least: 1,
    minutes: 5,
  },
  ...Object.fromEntries(FUNCTIONS.flatMap(troubles)),
};

function troubles(name: FunctionName): [string, Alarm][] {
  return [
    [`${name}-errors`, { says: `${name} fails: see its log`, ...invocations(name, 'Errors'), most: 0 }],
    [`${name}-throttles`, { says: `${name} is throttled`, ...invocations(name, 'Throttles'), most: 0 }],
  ];
}

function invocations(name: FunctionName, metric: string): Pick<Alarm, 'namespace' | 'metric' | 'of'> {
  return { namespace: 'AWS/Lambda', metric, of: { Name: 'FunctionName', Value: nameOf(name) } };
}

function depthOf(queue: string): Omit<Alarm, 'says'> {
  const of = { Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } };
  return { namespace: 'AWS/SQS', metric: 'ApproximateNumberOfMessagesVisible', of, statistic: 'Maximum', most: 0 };
}

function alarm(
  name: string,
  { says, namespace, metric, of, statistic = 'Sum', most, least, minutes = 1 }: Alarm,
): Resource {
  const low = least !== undefined;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${SERVICE}-${name}`,
      AlarmDescription: says,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [of],
      Statistic: statistic,
      Period: 60 * minutes,
      EvaluationPeriods: 1,
      Threshold: least ?? most ?? 0,
      ComparisonOperator: low ? 'LessThanThreshold' : 'GreaterThanThreshold',
      // A function that is never called has no metrics at all: for a heartbeat that is the alarm.
      TreatMissingData: low ? 'breaching' : 'notBreaching',
      AlarmActions: [ref(ID.alarms)],
      OKActions: [ref(ID.alarms)],
    },
  };
}
