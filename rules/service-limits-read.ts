import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// How many mails, machines and models is a stolen key worth?
export default {
  id: 'service-limits-read',
  title: 'Limits and offers of services read',
  why: 'Somebody looked up how many mails the account may send, which models it offers, or its quotas. Consoles, monitoring and infrastructure-as-code read these all the time, so it is only kept on record. With a long-term key it is also the first thing that a thief of keys asks, to learn what the key is worth: read it together with what the same key does next.',
  severity: 'info',
  maps: {
    mitre: ['T1526', 'T1580'],
    cis: [],
    nist: ['AU-6', 'AU-12', 'SI-4'],
    pci: ['10.2.1', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: [
    'ses:GetSendQuota',
    'ses:GetAccount',
    'ses:ListIdentities',
    'ses:ListEmailIdentities',
    'bedrock:ListFoundationModels',
    'servicequotas:GetServiceQuota',
    'servicequotas:ListServiceQuotas',
  ],

  detect(activity) {
    const service = text(activity.request, 'serviceCode');
    const what = service ? `the quotas of ${service}` : (WHAT[activity.name] ?? 'quotas');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'looked up', 'look up')} ${what}`,
      factors: keyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory asks what a key is worth': {
      event: did(user('mallory'), 'ses:GetSendQuota', null),
      finds: 'mallory looked up how many mails may be sent',
    },
    'monitoring watches quotas': {
      event: did(role('monitoring', 'hourly'), 'servicequotas:GetServiceQuota', {
        serviceCode: 'ec2',
        quotaCode: 'L-1216C47A',
      }),
      finds: 'role monitoring (session hourly) looked up the quotas of ec2',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'servicequotas:ListServiceQuotas',
        { serviceCode: ['ec2'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to look up quotas',
    },
    'the account of another service': {
      event: did(user('alice'), 'apigateway:GetAccount', null),
    },
  },
} satisfies Rule;

const WHAT: { [event: string]: string } = {
  'ses:GetSendQuota': 'how many mails may be sent',
  'ses:GetAccount': 'how many mails may be sent',
  'ses:ListIdentities': 'from which addresses mails may be sent',
  'ses:ListEmailIdentities': 'from which addresses mails may be sent',
  'bedrock:ListFoundationModels': 'which foundation models there are',
};

function keyFactors({ actor }: Activity): Factor[] {
  if (!actor.longTerm) return [];
  return [{ id: 'long-term', points: 10, because: 'it is what a thief asks who has found a key' }];
}
