// Where state and messages stay: the table, the queue of work, and the queues for what failed.
import { arn, arnOf, ID, type Resource, type Resources, ref, SERVICE, TABLE, type Value } from './names.ts';

/**
 * How long a received message stays hidden (s): as long as `respond` may run and a little more, so that what failed comes
 * again soon. The longer wait that AWS recommends is for throttled functions; it would hold an incident up, and a message
 * that comes too early finds its work leased or done.
 */
const HIDDEN = 90;
const RECEIVED_AT_MOST = 5;
const FORTNIGHT = 14 * 86_400;

export function storage(): Resources {
  return {
    [ID.table]: stateTable,
    [ID.work]: workQueue,
    [ID.workFailed]: queue({ QueueName: `${SERVICE}-work-failed.fifo`, FifoQueue: true }),
    [ID.eventsFailed]: queue({ QueueName: `${SERVICE}-events-failed` }),
    EventsFailedPolicy: eventsFailedPolicy,
  };
}

/** INVARIANT: the journal outlives the stack: the table is kept when the stack goes, and nobody deletes it by mistake. */
const stateTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['partition', 'sort'].map((each) => ({ AttributeName: each, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'partition', KeyType: 'HASH' },
      { AttributeName: 'sort', KeyType: 'RANGE' },
    ],
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
    DeletionProtectionEnabled: true,
  },
};

/** Groups (incidents) do not wait for each other, so each has its own order and its own limits. */
const workQueue = queue({
  QueueName: `${SERVICE}-work.fifo`,
  FifoQueue: true,
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
  VisibilityTimeout: HIDDEN,
  RedrivePolicy: { deadLetterTargetArn: arnOf(ID.workFailed), maxReceiveCount: RECEIVED_AT_MOST },
});

/** EventBridge puts here what it could not hand to a function; only our rules may. */
const eventsFailedPolicy: Resource = {
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [ref(ID.eventsFailed)],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'FailedDeliveries',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf(ID.eventsFailed),
          Condition: { ArnLike: { 'aws:SourceArn': arn('events', 'here', 'here', `rule/${SERVICE}-*`) } },
        },
      ],
    },
  },
};

function queue(properties: { [key: string]: Value }): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: { MessageRetentionPeriod: FORTNIGHT, SqsManagedSseEnabled: true, ...properties },
  };
}
