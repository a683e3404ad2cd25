import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { reported } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

// GuardDuty sees networks and malware, which no API record shows: what it says about a key belongs into the same story.
export default {
  id: 'guardduty-finding-reported',
  title: 'GuardDuty reported a finding',
  why: 'GuardDuty found something suspicious: a key used from an address of attackers, a session stolen from an instance, an unusual sign-in. It is kept with what the same identity has done, so that the story is read as one. Findings of low severity are often scanners and tests; those about keys and sessions deserve a look at once.',
  severity: 'medium',
  maps: {
    mitre: ['T1078.004', 'T1552.005'],
    cis: [],
    nist: ['SI-4', 'IR-5'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'findings of all detectors in one place',
  },
  on: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },

  detect({ request }) {
    const type = text(request, 'type');
    if (!type || inner(request, 'service').archived === true) return undefined;
    return {
      target: resourceTarget('GuardDuty finding', text(request, 'id')),
      because: `GuardDuty reports ${type}: ${text(request, 'title') ?? 'without a title'}`,
      factors: severityFactor(request),
    };
  },

  automatic: false,

  examples: {
    'a session of an instance is used elsewhere': {
      event: reported(
        'guardduty',
        'GuardDuty Finding',
        finding('UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS', 8),
      ),
      finds:
        'GuardDuty reports UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS: Something was seen',
    },
    'somebody scans a port': {
      event: reported('guardduty', 'GuardDuty Finding', finding('Recon:EC2/PortProbeUnprotectedPort', 2)),
      finds: 'GuardDuty reports Recon:EC2/PortProbeUnprotectedPort: Something was seen',
    },
    'a finding that is archived by a filter': {
      event: reported('guardduty', 'GuardDuty Finding', {
        ...finding('Recon:EC2/Portscan', 5),
        service: { archived: true },
      }),
    },
    'a report without a type': {
      event: reported('guardduty', 'GuardDuty Finding', { id: 'f1' }),
    },
  },
} satisfies Rule;

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function severityFactor(request: Fields): Factor[] {
  const severity = at(request, 'severity');
  if (typeof severity !== 'number') return [];
  if (severity >= 9) return [{ id: 'reported', points: 40, because: 'GuardDuty calls it critical' }];
  if (severity >= 7) return [{ id: 'reported', points: 25, because: 'GuardDuty calls it high' }];
  return severity < 4 ? [{ id: 'reported', points: -20, because: 'GuardDuty calls it low' }] : [];
}

function finding(type: string, severity: number): Fields {
  return {
    id: '16afba5c5c43e07c9e3e5e2e544e95df',
    accountId: '111122223333',
    region: 'us-east-1',
    type,
    severity,
    title: 'Something was seen',
    updatedAt: '2026-11-20T03:12:45Z',
    resource: { resourceType: 'Instance' },
    service: { archived: false },
  };
}
