import { clauses, openingFactors, sharingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, document, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Messages are read once: an outsider who may receive takes them away from those for whom they are.
export default {
  id: 'queue-policy-changed',
  title: 'Policy of an SQS queue changed',
  why: 'Who may send to an SQS queue or receive from it was changed. An outsider who may receive reads the messages and makes them disappear; one who may send feeds the programs behind the queue. It is normal where topics, buckets and accounts of the organization are connected, with the source named in a condition.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'queues that name accounts or sources, never everybody',
  },
  on: ['sqs:SetQueueAttributes', 'sqs:AddPermission'],

  detect(activity, known) {
    const queue = text(activity.request, 'queueUrl');
    const factors = factorsOf(activity, known);
    if (!factors) return undefined;
    return {
      target: resourceTarget('SQS queue', queue),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the policy of ${called('SQS queue', queue)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everybody receive': {
      event: did(user('mallory'), 'sqs:SetQueueAttributes', setting(allowing('*'))),
      finds: 'mallory changed the policy of SQS queue orders: everybody may use it (sqs:ReceiveMessage)',
    },
    'mallory adds her own account, and may not': {
      event: did(
        user('mallory'),
        'sqs:AddPermission',
        { queueUrl: 'orders', label: 'a', aWSAccountIds: [OUTSIDE], actions: ['*'] },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to change the policy of SQS queue orders: account 999988887777 may use it',
    },
    'a deployment lets a topic of the account send': {
      event: did(
        role('deploy', 'ci-42'),
        'sqs:SetQueueAttributes',
        setting(allowing('*', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:orders' } })),
      ),
      finds: 'role deploy (session ci-42) changed the policy of SQS queue orders',
    },
    'the policy is taken away': {
      event: did(user('alice'), 'sqs:SetQueueAttributes', setting('')),
      finds: 'alice changed the policy of SQS queue orders',
    },
    'the time of messages is set': {
      event: did(user('alice'), 'sqs:SetQueueAttributes', {
        queueUrl: 'orders',
        attributes: { VisibilityTimeout: '30' },
      }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity, known: Known): Factor[] | undefined {
  const { name, request } = activity;
  if (name === 'sqs:AddPermission') {
    const worth = { everybody: 45, outsider: 25, known: -10 };
    return sharingFactors(strings(at(request, 'aWSAccountIds')), worth, activity, known);
  }
  const attributes = inner(request, 'attributes');
  const written = at(attributes, 'Policy');
  if (written === undefined) return undefined;
  return openingFactors(written === '' ? { Statement: [] } : document(attributes, 'Policy'), activity, known);
}

function setting(Policy: string) {
  return { queueUrl: 'orders', attributes: { Policy } };
}

function allowing(Principal: unknown, Condition = {}): string {
  return JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:ReceiveMessage', Resource: '*', Condition }],
  });
}
