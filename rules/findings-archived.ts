import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

// What is archived is out of sight: the work of analysts, and of intruders who tidy up behind them.
export default {
  id: 'findings-archived',
  title: 'Findings put aside',
  why: 'Findings of GuardDuty were archived, or findings of Security Hub suppressed. It is the daily work of whoever looks at findings, and is kept on record because an intruder hides what was found about him in the same way. Findings that are put aside by somebody who does not do this otherwise, or many at once, deserve a second look.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1070'],
    cis: ['4.16'],
    nist: ['AU-6', 'SI-4', 'IR-5'],
    pci: ['10.4.1', '12.10.5'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'those who look at findings do nothing else in the account',
  },
  on: ['guardduty:ArchiveFindings', 'securityhub:BatchUpdateFindings', 'securityhub:UpdateFindings'],

  detect(activity) {
    if (!hides(activity)) return undefined;
    const count = countIn(activity);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'put', 'put')} ${count === 1 ? 'a finding' : `${count ?? 'some'} findings`} aside in ${activity.name.split(':')[0]}`,
      factors: manyFactor(activity, count),
    };
  },

  automatic: false,

  examples: {
    'mallory sweeps everything under the carpet': {
      event: did(user('mallory'), 'guardduty:ArchiveFindings', {
        detectorId: '12abc',
        findingIds: Array.from({ length: 30 }, (_, at) => `finding-${at}`),
      }),
      finds: 'mallory put 30 findings aside in guardduty',
    },
    'an analyst suppresses one': {
      event: did(role('analyst', 'alice'), 'securityhub:BatchUpdateFindings', {
        FindingIdentifiers: [{ Id: 'finding-1', ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty' }],
        Workflow: { Status: 'SUPPRESSED' },
      }),
      finds: 'role analyst (session alice) put a finding aside in securityhub',
    },
    'whatever fits, refused': {
      event: did(
        user('mallory'),
        'securityhub:UpdateFindings',
        { Filters: {}, RecordState: 'ARCHIVED' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to put some findings aside in securityhub',
    },
    'an analyst is done': {
      event: did(role('analyst', 'alice'), 'securityhub:BatchUpdateFindings', {
        FindingIdentifiers: [],
        Workflow: { Status: 'RESOLVED' },
      }),
    },
    'a workflow of the wrong type': {
      event: did(user('alice'), 'securityhub:BatchUpdateFindings', { Workflow: 'SUPPRESSED' }),
    },
  },
} satisfies Rule;

function hides({ name, request }: Activity): boolean {
  if (name === 'guardduty:ArchiveFindings') return true;
  return text(inner(request, 'workflow'), 'status') === 'SUPPRESSED' || text(request, 'recordState') === 'ARCHIVED';
}

/** How many are named; undefined where a filter says which. */
function countIn({ request }: Activity): number | undefined {
  const ids = at(request, 'findingIds') ?? at(request, 'findingIdentifiers');
  return Array.isArray(ids) ? ids.length : undefined;
}

function manyFactor({ name }: Activity, count: number | undefined): Factor[] {
  if (name === 'securityhub:UpdateFindings')
    return [{ id: 'many', points: 15, because: 'a filter says which, however many these are' }];
  return (count ?? 0) >= 20 ? [{ id: 'many', points: 15, because: `${count} at once` }] : [];
}
