import type { Rule } from '../core/rule.ts';
import { called, resourceTarget } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { reported } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// AWS reads public code as attackers do: minutes after a key is published, both have it.
export default {
  id: 'exposed-credentials-reported',
  title: 'AWS reported exposed credentials or abuse',
  why: 'AWS found an access key of the account in public, or saw the account being used against others. Whoever finds a key tries it within minutes, so that it counts as stolen: disable it, look at what it has done, and make another one only if a role cannot be used. There is no normal reason.',
  severity: 'critical',
  maps: {
    mitre: ['T1552.001', 'T1078.004'],
    cis: ['1.13'],
    nist: ['IA-5(7)', 'IR-4', 'SI-4'],
    pci: ['8.3.1', '12.10.5'],
    hipaa: ['164.308(a)(6)(ii)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: { source: ['aws.health'], 'detail-type': ['AWS Health Event', 'AWS Health Abuse Event'] },

  detect({ request }) {
    const code = text(request, 'eventTypeCode');
    const service = text(request, 'service');
    if (!code || (service !== 'RISK' && service !== 'ABUSE') || text(request, 'statusCode') === 'closed')
      return undefined;
    const key = entityIn(request);
    return {
      target: resourceTarget('access key', key),
      because: `AWS reports ${code} for ${called('access key', key)}`,
    };
  },

  automatic: false,

  examples: {
    'a key stands in public code': {
      event: reported('health', 'AWS Health Event', exposed({})),
      finds: 'AWS reports AWS_RISK_CREDENTIALS_EXPOSED for access key AKIAEXAMPLE000000001',
    },
    'the account is used against others': {
      event: reported(
        'health',
        'AWS Health Abuse Event',
        exposed({ service: 'ABUSE', eventTypeCode: 'AWS_ABUSE_DOS_REPORT', affectedEntities: null }),
      ),
      finds: 'AWS reports AWS_ABUSE_DOS_REPORT for an access key that the record does not name',
    },
    'maintenance of an instance': {
      event: reported(
        'health',
        'AWS Health Event',
        exposed({ service: 'EC2', eventTypeCode: 'AWS_EC2_MAINTENANCE_SCHEDULED' }),
      ),
    },
    'it is over': {
      event: reported('health', 'AWS Health Event', exposed({ statusCode: 'closed' })),
    },
  },
} satisfies Rule;

function entityIn(request: Fields): string | undefined {
  const entities = at(request, 'affectedEntities');
  const [first] = Array.isArray(entities) ? entities : [];
  return isFields(first) ? text(first, 'entityValue') : undefined;
}

function exposed(more: Fields): Fields {
  return {
    eventArn: 'arn:aws:health:global::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/1',
    service: 'RISK',
    eventTypeCode: 'AWS_RISK_CREDENTIALS_EXPOSED',
    eventTypeCategory: 'issue',
    startTime: 'Fri, 20 Nov 2026 03:12:45 GMT',
    affectedAccount: '111122223333',
    affectedEntities: [{ entityValue: 'AKIAEXAMPLE000000001' }],
    ...more,
  };
}
