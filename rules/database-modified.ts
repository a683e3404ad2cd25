import { clauses, integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// Four settings of a database that an intruder changes: reachable, a new password, no backups, free to be deleted.
export default {
  id: 'database-modified',
  title: 'Protection of a database changed',
  why: 'A database was made reachable from the internet, got a new master password, lost its backups, or may now be deleted. An intruder does one to get at the data and another to destroy them. New passwords and lifted protection are normal when a database is maintained or taken down; a public address hardly ever is.',
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1133', 'T1490'],
    cis: ['2.3.3'],
    nist: ['AC-4', 'CP-9', 'IA-5'],
    pci: ['1.4.4', '8.3.9', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(7)(ii)(A)'],
    practice: 'databases in private networks, with passwords kept by Secrets Manager',
  },
  on: ['rds:ModifyDBInstance', 'rds:ModifyDBCluster'],

  detect(activity) {
    const { request } = activity;
    const factors = factorsOf(request);
    if (factors.length === 0) return undefined;
    const database = text(request, 'dBInstanceIdentifier') ?? text(request, 'dBClusterIdentifier');
    return {
      target: resourceTarget('database', database),
      because: `${activity.actor.name} ${verb(activity, 'modified', 'modify')} ${called('database', database)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a database reachable': {
      event: did(user('mallory'), 'rds:ModifyDBInstance', {
        dBInstanceIdentifier: 'customers',
        publiclyAccessible: true,
        masterUserPassword: '****',
      }),
      finds:
        'mallory modified database customers: it gets an address on the internet, and the master password is replaced',
    },
    'mallory may not take the backups away': {
      event: did(
        user('mallory'),
        'rds:ModifyDBCluster',
        { dBClusterIdentifier: 'orders', backupRetentionPeriod: '0', deletionProtection: 'false' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to modify database orders: it keeps no backups, and nothing protects it from deletion',
    },
    'a deployment replaces a password, and no name is shown': {
      event: did(role('deploy', 'ci-42'), 'rds:ModifyDBInstance', {
        dBInstanceIdentifier: 8,
        masterUserPassword: '****',
      }),
      finds:
        'role deploy (session ci-42) modified a database that the record does not name: the master password is replaced',
    },
    'a deployment takes a larger machine': {
      event: did(role('deploy', 'ci-42'), 'rds:ModifyDBInstance', {
        dBInstanceIdentifier: 'customers',
        dBInstanceClass: 'db.r6g.xlarge',
        publiclyAccessible: false,
        deletionProtection: true,
      }),
    },
  },
} satisfies Rule;

function factorsOf(request: Fields): Factor[] {
  const is = (holds: boolean, id: string, points: number, because: string) => (holds ? [{ id, points, because }] : []);
  return [
    ...is(flag(request, 'publiclyAccessible') === true, 'public', 40, 'it gets an address on the internet'),
    ...is(text(request, 'masterUserPassword') !== undefined, 'password', 20, 'the master password is replaced'),
    ...is(integerAt(request, 'backupRetentionPeriod') === 0, 'backups', 30, 'it keeps no backups'),
    ...is(flag(request, 'deletionProtection') === false, 'protection', 20, 'nothing protects it from deletion'),
  ];
}
