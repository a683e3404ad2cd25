import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// With a role, a query reads buckets and writes to them: the way out leads through SQL.
export default {
  id: 'database-role-added',
  title: 'Role given to a database',
  why: 'A database may act with a role from now on. Whoever can send it queries can then load files from S3, write tables to a bucket or call functions, as far as the role allows, and no call of their own is recorded. It is normal for imports and exports that are part of an application.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1537'],
    cis: [],
    nist: ['AC-3', 'AC-6'],
    pci: ['7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'roles of databases limited to one bucket',
  },
  on: ['rds:AddRoleToDBInstance', 'rds:AddRoleToDBCluster'],

  detect(activity) {
    const { request } = activity;
    const database = text(request, 'dBInstanceIdentifier') ?? text(request, 'dBClusterIdentifier');
    const given = text(request, 'roleArn');
    return {
      target: resourceTarget('database', database),
      because: `${activity.actor.name} ${verb(activity, 'gave', 'give')} ${called('role', given)} to ${called('database', database)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory lets a database write to buckets': {
      event: did(user('mallory'), 'rds:AddRoleToDBInstance', {
        dBInstanceIdentifier: 'customers',
        roleArn: 'arn:aws:iam::111122223333:role/export',
        featureName: 's3Export',
      }),
      finds: 'mallory gave role arn:aws:iam::111122223333:role/export to database customers',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'rds:AddRoleToDBCluster',
        { dBClusterIdentifier: 'orders', roleArn: 'arn:aws:iam::111122223333:role/export' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to give role arn:aws:iam::111122223333:role/export to database orders',
    },
    'a request that names nothing': {
      event: did(user('alice'), 'rds:AddRoleToDBInstance', { roleArn: {} }),
      finds: 'alice gave a role that the record does not name to a database that the record does not name',
    },
    'the role is taken away': {
      event: did(user('alice'), 'rds:RemoveRoleFromDBInstance', { dBInstanceIdentifier: 'customers' }),
    },
  },
} satisfies Rule;
