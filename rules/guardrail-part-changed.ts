import { integerAt } from '../core/opening.ts';
import { OWN_ROLES } from '../core/protect.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, text } from '../events/fields.ts';
import { segmentsOf } from '../policy/arn.ts';

// Whoever can change the watchman need not hide from him.
export default {
  id: 'guardrail-part-changed',
  title: 'A part of the guardrail was changed',
  why: 'Somebody changed what the guardrail consists of: its functions, its table, its queues, the rules and alarms that call it, its secret, its topic or its stack. Afterwards it may be blind, forgetful or silent, or run code of somebody else. It is normal only while it is being deployed or updated; name the deploying role in the settings, so that its updates weigh less.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001', 'T1562.006'],
    cis: [],
    nist: ['AU-5', 'CM-5', 'SI-4', 'SI-7'],
    pci: ['10.3.2', '10.7.2', '11.5.2'],
    hipaa: ['164.308(a)(6)(ii)', '164.312(b)', '164.312(c)(1)'],
    practice: 'the guardrail watches itself',
  },
  on: [
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:DeleteFunction',
    'lambda:AddPermission',
    'lambda:RemovePermission',
    'lambda:PutFunctionConcurrency',
    'lambda:DeleteFunctionConcurrency',
    'lambda:UpdateEventSourceMapping',
    'lambda:DeleteEventSourceMapping',
    'dynamodb:DeleteTable',
    'dynamodb:UpdateTable',
    'dynamodb:UpdateTimeToLive',
    'dynamodb:UpdateContinuousBackups',
    'dynamodb:DeleteItem',
    'sqs:DeleteQueue',
    'sqs:PurgeQueue',
    'sqs:SetQueueAttributes',
    'events:PutRule',
    'events:PutTargets',
    'events:DisableRule',
    'events:DeleteRule',
    'events:RemoveTargets',
    'logs:DeleteLogGroup',
    'logs:DeleteLogStream',
    'logs:DeleteSubscriptionFilter',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecret',
    'secretsmanager:DeleteSecret',
    'ssm:PutParameter',
    'ssm:DeleteParameter',
    'cloudformation:UpdateStack',
    'cloudformation:CreateChangeSet',
    'cloudformation:DeleteStack',
    'monitoring:DeleteAlarms',
    'monitoring:DisableAlarmActions',
    'sns:DeleteTopic',
    'sns:SetTopicAttributes',
    'sns:Unsubscribe',
  ],

  detect(activity) {
    const part = partIn(activity);
    if (!part || isOwnWork(activity)) return undefined;
    return {
      target: resourceTarget('part of the guardrail', part),
      because: `${activity.actor.name} ${verb(activity, 'called', 'call')} ${activity.name} on ${part}, a part of the guardrail`,
      factors: blindingFactor(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory gives the watchman other orders': {
      event: did(user('mallory'), 'lambda:UpdateFunctionCode20150331v2', {
        functionName: 'arn:aws:lambda:us-east-1:111122223333:function:iam-guardrail-detect',
      }),
      finds: 'mallory called lambda:UpdateFunctionCode on iam-guardrail-detect, a part of the guardrail',
    },
    'mallory cuts its alarms, one among others': {
      event: did(user('mallory'), 'monitoring:DeleteAlarms', { alarmNames: ['cpu', 'iam-guardrail-sweep-missing'] }),
      finds: 'mallory called monitoring:DeleteAlarms on iam-guardrail-sweep-missing, a part of the guardrail',
    },
    'the queue of its work is not emptied': {
      event: did(
        role('web', 'i-0abc'),
        'sqs:PurgeQueue',
        { queueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/iam-guardrail-work.fifo' },
        { error: 'AccessDenied' },
      ),
      finds:
        'role web (session i-0abc) tried to call sqs:PurgeQueue on iam-guardrail-work.fifo, a part of the guardrail',
    },
    'the work no longer reaches it': {
      event: did(
        user('mallory'),
        'lambda:UpdateEventSourceMapping20150331',
        { uUID: '6b1c', enabled: false },
        { response: { functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:iam-guardrail-respond' } },
      ),
      finds: 'mallory called lambda:UpdateEventSourceMapping on iam-guardrail-respond, a part of the guardrail',
    },
    'a deployment updates its stack': {
      event: did(role('deploy', 'ci-42'), 'cloudformation:UpdateStack', {
        stackName: 'arn:aws:cloudformation:us-east-1:111122223333:stack/iam-guardrail/51af3dc0',
      }),
      finds: 'role deploy (session ci-42) called cloudformation:UpdateStack on iam-guardrail, a part of the guardrail',
    },
    'the guardrail tidies up its own table': {
      event: did(role('iam-guardrail-respond', 'iam-guardrail-respond'), 'dynamodb:DeleteItem', {
        tableName: 'iam-guardrail',
        key: { partition: 'intent', sort: 'a' },
      }),
    },
    'a function of somebody else': {
      event: did(user('alice'), 'lambda:UpdateFunctionCode20150331v2', { functionName: 'our-iam-guardrail' }),
    },
    'names of the wrong type': {
      event: did(user('alice'), 'monitoring:DeleteAlarms', { alarmNames: [7, null], name: {} }),
    },
  },
} satisfies Rule;

const KEYS = [
  'functionName',
  'tableName',
  'queueUrl',
  'name',
  'rule',
  'logGroupName',
  'secretId',
  'stackName',
  'topicArn',
  'subscriptionArn',
];

/** The name of the part that the request is about, or Lambda's answer where the request names a mapping only. */
function partIn({ request, response }: Activity): string | undefined {
  const alarms = at(request, 'alarmNames');
  const named = [
    ...KEYS.map((each) => text(request, each)),
    ...(Array.isArray(alarms) ? alarms : []),
    text(response, 'functionArn'),
  ];
  return named
    .filter((each) => typeof each === 'string')
    .flatMap((each) => each.split(/[:/]/))
    .find((each) => /^iam-guardrail(?![a-z0-9])/i.test(each));
}

/** Its own functions write to its table; its roles by their exact names, in this account. */
function isOwnWork({ name, actor, account }: Activity): boolean {
  const segments = segmentsOf(actor.id);
  return (
    name === 'dynamodb:DeleteItem' &&
    segments[4] === account &&
    OWN_ROLES.some((each) => segments[5] === `role/${each}`)
  );
}

function blindingFactor({ name, request }: Activity): Factor[] {
  const isOff =
    flag(request, 'enabled') === false ||
    text(request, 'state') === 'DISABLED' ||
    integerAt(request, 'reservedConcurrentExecutions') === 0 ||
    /:(Delete(?!FunctionConcurrency|LogStream)|Disable|Remove|Purge|Unsubscribe)/.test(name);
  if (isOff) return [{ id: 'blinding', points: 20, because: 'a part of it is gone, or does nothing any more' }];
  return [];
}
