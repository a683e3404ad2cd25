import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// Before somebody computes or sends on your bill, he asks AWS for more room.
export default {
  id: 'service-quota-requested',
  title: 'Higher quota requested',
  why: 'Somebody asked AWS to raise a quota of the account. Quotas are the last limit to what a thief of credentials can make you pay for, so he asks for more machines with graphics cards, more mails or more models before he begins. It is normal when an application grows; then somebody has planned it and knows the number.',
  severity: 'low',
  maps: {
    mitre: ['T1578.005', 'T1496'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SC-6'],
    pci: ['7.2.1', '10.2.1.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'quotas are raised by few, through a deployment',
  },
  on: ['servicequotas:RequestServiceQuotaIncrease'],

  detect(activity) {
    const { request } = activity;
    const [service, quota] = [text(request, 'serviceCode'), text(request, 'quotaCode')];
    const value = at(request, 'desiredValue');
    const name = service && quota ? `${service}/${quota}` : service;
    return {
      target: resourceTarget('quota', name),
      because: `${activity.actor.name} ${verb(activity, 'asked for', 'ask for')} more of ${called('quota', name)}${typeof value === 'number' ? `: ${value}` : ''}`,
      factors: factorsOf(activity, service, quota),
    };
  },

  automatic: false,

  examples: {
    'mallory wants machines with graphics cards': {
      event: did(user('mallory'), 'servicequotas:RequestServiceQuotaIncrease', {
        serviceCode: 'ec2',
        quotaCode: 'L-417A185B',
        desiredValue: 384,
      }),
      finds: 'mallory asked for more of quota ec2/L-417A185B: 384',
    },
    'a deployment wants more roles': {
      event: did(role('deploy', 'ci-42'), 'servicequotas:RequestServiceQuotaIncrease', {
        serviceCode: 'iam',
        quotaCode: 'L-FE177D64',
        desiredValue: 2000,
      }),
      finds: 'role deploy (session ci-42) asked for more of quota iam/L-FE177D64: 2000',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'servicequotas:RequestServiceQuotaIncrease',
        { serviceCode: {}, desiredValue: '1e9' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to ask for more of a quota that the record does not name',
    },
    'a request is looked up': {
      event: did(user('alice'), 'servicequotas:GetRequestedServiceQuotaChange', { requestId: 'r-1' }),
    },
  },
} satisfies Rule;

/** Running P, running G and VT, and the same as spot instances. */
const GRAPHICS = ['L-417A185B', 'L-DB2E81BA', 'L-7212CCBC', 'L-3819A6DF'];

function factorsOf({ actor }: Activity, service: string | undefined, quota: string | undefined): Factor[] {
  const factors: Factor[] = [];
  if (service === 'ses' || (quota && GRAPHICS.includes(quota)))
    factors.push({ id: 'abused', points: 10, because: 'it is a quota that thieves of credentials want' });
  if (actor.longTerm) factors.push({ id: 'long-term', points: 10, because: 'people ask for quotas in the console' });
  return factors;
}
