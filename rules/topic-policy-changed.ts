import { clauses, openingFactors, sharingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, document, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Whoever may subscribe reads along; whoever may publish speaks to everything that listens.
export default {
  id: 'topic-policy-changed',
  title: 'Policy of an SNS topic changed',
  why: 'Who may publish to an SNS topic or subscribe to it was changed. An outsider who may subscribe reads every message from then on; one who may publish feeds the programs that listen. It is normal where services and accounts of the organization are connected, with the source named in a condition.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'topics that name accounts or sources, never everybody',
  },
  on: ['sns:SetTopicAttributes', 'sns:AddPermission'],

  detect(activity, known) {
    const topic = text(activity.request, 'topicArn');
    const factors = factorsOf(activity, known);
    if (!factors) return undefined;
    return {
      target: resourceTarget('SNS topic', topic),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the policy of ${called('SNS topic', topic)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everybody read along': {
      event: did(user('mallory'), 'sns:SetTopicAttributes', setting(allowing('*'))),
      finds: `mallory changed the policy of SNS topic ${topicArn()}: everybody may use it (sns:Subscribe)`,
    },
    'mallory adds her own account, and may not': {
      event: did(
        user('mallory'),
        'sns:AddPermission',
        { topicArn: topicArn(), label: 'a', aWSAccountId: [OUTSIDE], actionName: ['Subscribe'] },
        { error: 'AuthorizationError' },
      ),
      finds: `mallory tried to change the policy of SNS topic ${topicArn()}: account 999988887777 may use it`,
    },
    'a deployment lets a bucket of the account publish': {
      event: did(
        role('deploy', 'ci-42'),
        'sns:SetTopicAttributes',
        setting(allowing({ Service: 's3.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111122223333' } })),
      ),
      finds: `role deploy (session ci-42) changed the policy of SNS topic ${topicArn()}`,
    },
    'the policy is no JSON': {
      event: did(user('alice'), 'sns:SetTopicAttributes', setting('none')),
      finds: `alice changed the policy of SNS topic ${topicArn()}: the policy could not be read`,
    },
    'the display name is set': {
      event: did(user('alice'), 'sns:SetTopicAttributes', {
        topicArn: topicArn(),
        attributeName: 'DisplayName',
        attributeValue: allowing('*'),
      }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity, known: Known): Factor[] | undefined {
  const { name, request } = activity;
  if (name === 'sns:AddPermission') {
    const worth = { everybody: 45, outsider: 25, known: -10 };
    return sharingFactors(strings(at(request, 'aWSAccountId')), worth, activity, known);
  }
  if (text(request, 'attributeName') !== 'Policy') return undefined;
  return openingFactors(document(request, 'attributeValue'), activity, known);
}

function topicArn(): string {
  return 'arn:aws:sns:us-east-1:111122223333:orders';
}

function setting(attributeValue: string) {
  return { topicArn: topicArn(), attributeName: 'Policy', attributeValue };
}

function allowing(Principal: unknown, Condition = {}): string {
  return JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'sns:Subscribe', Resource: '*', Condition }],
  });
}
