import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { reported } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';
import { firstFinding } from '../events/reports.ts';

// What other products find arrives here through Security Hub, in one format.
export default {
  id: 'security-hub-finding-reported',
  title: 'Security Hub imported a finding',
  why: 'A product that reports to Security Hub found something about an identity: its threats and unusual behaviours are kept with what the guardrail saw itself. Failed checks of standards are not meant, which describe a state and no event. Findings that somebody has suppressed or resolved are left alone.',
  severity: 'low',
  maps: {
    mitre: ['T1078.004'],
    cis: ['4.16'],
    nist: ['SI-4', 'CA-7'],
    pci: ['10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'findings of all detectors in one place',
  },
  on: { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'] },

  detect({ request }) {
    const finding = firstFinding(request);
    const title = text(finding, 'Title');
    if (!title || !isThreat(finding) || text(finding, 'RecordState') === 'ARCHIVED') return undefined;
    const state = text(inner(finding, 'Workflow'), 'Status');
    if (state === 'SUPPRESSED' || state === 'RESOLVED') return undefined;
    return {
      target: resourceTarget('finding', text(finding, 'Id')),
      because: `Security Hub has a finding of ${text(finding, 'ProductName') ?? 'another product'}: ${title}`,
      factors: severityFactor(finding),
    };
  },

  automatic: false,

  examples: {
    'a product saw an unusual sign-in': {
      event: reported('securityhub', 'Security Hub Findings - Imported', { findings: [finding({})] }),
      finds: 'Security Hub has a finding of Sensor: Unusual sign-in',
    },
    'a check of a standard fails': {
      event: reported('securityhub', 'Security Hub Findings - Imported', {
        findings: [finding({ Types: ['Software and Configuration Checks/Industry and Regulatory Standards'] })],
      }),
    },
    'somebody has suppressed it': {
      event: reported('securityhub', 'Security Hub Findings - Imported', {
        findings: [finding({ Workflow: { Status: 'SUPPRESSED' } })],
      }),
    },
    'no finding in it': {
      event: reported('securityhub', 'Security Hub Findings - Imported', { findings: 'none' }),
    },
  },
} satisfies Rule;

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
function isThreat({ Types }: Fields): boolean {
  return (
    Array.isArray(Types) &&
    Types.some((each) => typeof each === 'string' && /^(TTPs|Unusual Behaviors|Effects)/.test(each))
  );
}

function severityFactor(finding: Fields): Factor[] {
  const label = text(inner(finding, 'Severity'), 'Label');
  if (label === 'CRITICAL') return [{ id: 'reported', points: 50, because: 'the product calls it critical' }];
  if (label === 'HIGH') return [{ id: 'reported', points: 30, because: 'the product calls it high' }];
  return label === 'MEDIUM' ? [{ id: 'reported', points: 10, because: 'the product calls it medium' }] : [];
}

function finding(more: Fields): Fields {
  return {
    Id: 'arn:aws:securityhub:us-east-1::product/sensor/finding/1',
    AwsAccountId: '111122223333',
    ProductName: 'Sensor',
    Types: ['Unusual Behaviors/User'],
    Title: 'Unusual sign-in',
    Severity: { Label: 'HIGH' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    UpdatedAt: '2026-11-20T03:12:45Z',
    ...more,
  };
}
