import { clauses, sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// A whole database leaves with one call, and nobody runs a query.
export default {
  id: 'database-snapshot-shared',
  title: 'Database snapshot shared',
  why: 'The snapshot of an RDS database or cluster was shared with another account or with everybody. Whoever may restore it reads every table, with a password of their own, in an account that you cannot see. It is normal among accounts of the organization; then the settings should know the account.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1530'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'database snapshots encrypted with a key of their own, which cannot be made public',
  },
  on: ['rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute'],

  detect(activity, known) {
    const { request } = activity;
    const whom = strings(at(request, 'valuesToAdd'));
    if (text(request, 'attributeName') !== 'restore' || whom.length === 0) return undefined;
    const snapshot = text(request, 'dBSnapshotIdentifier') ?? text(request, 'dBClusterSnapshotIdentifier');
    const factors = sharingFactors(whom, { everybody: 40, outsider: 15, known: -25 }, activity, known);
    return {
      target: resourceTarget('database snapshot', snapshot),
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${called('database snapshot', snapshot)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory shares the customers with her own account': {
      event: did(user('mallory'), 'rds:ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: 'customers-1',
        attributeName: 'restore',
        valuesToAdd: [OUTSIDE],
      }),
      finds: 'mallory shared database snapshot customers-1: account 999988887777 may use it',
    },
    'mallory publishes a cluster, and may not': {
      event: did(
        user('mallory'),
        'rds:ModifyDBClusterSnapshotAttribute',
        { dBClusterSnapshotIdentifier: 'orders-1', attributeName: 'restore', valuesToAdd: ['all'] },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to share database snapshot orders-1: everybody may use it',
    },
    'a backup role shares what the record does not name': {
      event: did(role('backup', 'nightly'), 'rds:ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: null,
        attributeName: 'restore',
        valuesToAdd: '111122223333',
      }),
      finds: 'role backup (session nightly) shared a database snapshot that the record does not name',
    },
    'alice takes the sharing back': {
      event: did(user('alice'), 'rds:ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: 'customers-1',
        attributeName: 'restore',
        valuesToRemove: ['all'],
      }),
    },
  },
} satisfies Rule;
