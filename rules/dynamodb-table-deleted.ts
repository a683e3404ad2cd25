import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Gone at once, items and all, unless a backup was kept beside it.
export default {
  id: 'dynamodb-table-deleted',
  title: 'DynamoDB table deleted',
  why: 'A DynamoDB table was deleted with all its items. If its point-in-time recovery was on, a last backup is kept for 35 days; otherwise only other backups bring it back. Extortionists and disgruntled people delete tables; it is normal when an application or a test is taken down.',
  severity: 'low',
  maps: {
    mitre: ['T1485'],
    cis: [],
    nist: ['CP-9', 'CM-3'],
    pci: ['10.2.1.7'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'deletion protection and point-in-time recovery on every table that matters',
  },
  on: ['dynamodb:DeleteTable'],

  detect(activity) {
    const table = text(activity.request, 'tableName');
    return {
      target: resourceTarget('table', table),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('table', table)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory destroys the orders': {
      event: did(user('mallory'), 'dynamodb:DeleteTable', { tableName: 'orders' }),
      finds: 'mallory deleted table orders',
    },
    'the table is protected': {
      event: did(
        role('build', 'ci-42'),
        'dynamodb:DeleteTable',
        { tableName: 'orders' },
        { error: 'ValidationException' },
      ),
      finds: 'role build (session ci-42) tried to delete table orders',
    },
    'a request that names no table': {
      event: did(user('alice'), 'dynamodb:DeleteTable', { tableName: {} }),
      finds: 'alice deleted a table that the record does not name',
    },
    'a table of the data catalogue': {
      event: did(user('alice'), 'glue:DeleteTable', { databaseName: 'lake', name: 'orders' }),
    },
  },
} satisfies Rule;
