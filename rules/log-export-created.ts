import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call, and months of logs lie in a bucket.
export default {
  id: 'log-export-created',
  title: 'Log exported to a bucket',
  why: 'A log group is exported to a bucket. The bucket may belong to another account, and then the log has left the house. It is normal when logs are archived or handed to an auditor, and is kept on record for the story: look whose bucket it is, and whether its policy was changed shortly before.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1537', 'T1074.002'],
    cis: ['4.5'],
    nist: ['AC-4', 'AU-9'],
    pci: ['10.3.1'],
    hipaa: ['164.312(b)', '164.312(e)(1)'],
    practice: 'logs go to the log archive and to nobody else',
  },
  on: ['logs:CreateExportTask'],

  detect(activity) {
    const [group, bucket] = [text(activity.request, 'logGroupName'), text(activity.request, 'destination')];
    return {
      target: resourceTarget('log group', group),
      because: `${activity.actor.name} ${verb(activity, 'exported', 'export')} ${called('log group', group)} to ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the log home': {
      event: did(user('mallory'), 'logs:CreateExportTask', {
        logGroupName: '/shop/payments',
        from: 1763600000000,
        to: 1763686400000,
        destination: 'cheap-storage',
      }),
      finds: 'mallory exported log group /shop/payments to bucket cheap-storage',
    },
    'the bucket does not take it': {
      event: did(
        role('archive', 'nightly'),
        'logs:CreateExportTask',
        { logGroupName: '/shop/payments', destination: 'log-archive' },
        { error: 'InvalidParameterException' },
      ),
      finds: 'role archive (session nightly) tried to export log group /shop/payments to bucket log-archive',
    },
    'names of the wrong type': {
      event: did(user('alice'), 'logs:CreateExportTask', { logGroupName: [], destination: 7 }),
      finds: 'alice exported a log group that the record does not name to a bucket that the record does not name',
    },
    'an export is cancelled': {
      event: did(user('alice'), 'logs:CancelExportTask', { taskId: 'f4b2' }),
    },
  },
} satisfies Rule;
