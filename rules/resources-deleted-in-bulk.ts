import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// Data, and the copies that would bring it back: who deletes both in a row wants the damage to last.
export default {
  id: 'resources-deleted-in-bulk',
  title: 'Many resources deleted',
  why: 'One identity deleted at least ten different buckets, tables, databases, disks, backups, keys or servers within ten minutes. Extortion and revenge end so, and backups go first. It is normal when an environment is taken down: a stack that deletes its resources is left out, and named automation weighs less. Servers and old snapshots come and go by the dozen under roles, so that those weigh less as well.',
  severity: 'medium',
  maps: {
    mitre: ['T1485', 'T1490'],
    cis: ['4.7'],
    nist: ['CP-9', 'CP-10', 'SI-4'],
    pci: ['10.2.1.7', '10.4.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'backups are kept in an account of their own, in a locked vault',
  },
  on: [
    'backup:DeleteRecoveryPoint',
    'dynamodb:DeleteBackup',
    'dynamodb:DeleteTable',
    'ec2:DeleteSnapshot',
    'ec2:DeleteVolume',
    'ec2:TerminateInstances',
    'elasticfilesystem:DeleteFileSystem',
    'kms:ScheduleKeyDeletion',
    'rds:DeleteDBCluster',
    'rds:DeleteDBClusterSnapshot',
    'rds:DeleteDBInstance',
    'rds:DeleteDBSnapshot',
    'redshift:DeleteCluster',
    's3:DeleteBucket',
  ],

  detect(activity) {
    const resource = resourceIn(activity);
    const { kind, name, via } = activity.actor;
    if (!resource || via || kind === 'service') return undefined;
    if (activity.failed && !/AccessDenied|Unauthorized/.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'deleted', 'delete')} ${resource} (${activity.name})`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 10,
    minutes: 10,
    distinct: resourceIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${count} different resources within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory deletes a bucket': {
      event: did(user('mallory'), 's3:DeleteBucket', { bucketName: 'reports' }),
      finds: 'mallory deleted reports (s3:DeleteBucket)',
    },
    'and a key': {
      event: did(user('mallory'), 'kms:ScheduleKeyDeletion', { keyId: '1234abcd', pendingWindowInDays: 7 }),
      finds: 'mallory deleted 1234abcd (kms:ScheduleKeyDeletion)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'rds:DeleteDBInstance',
        { dBInstanceIdentifier: 'customers' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to delete customers (rds:DeleteDBInstance)',
    },
    'a fleet that shrinks': {
      event: did(role('fleet'), 'ec2:TerminateInstances', {
        instancesSet: { items: [{ instanceId: 'i-0bb' }, { instanceId: 'i-0aa' }, null] },
      }),
      finds: 'role fleet (session session) deleted i-0aa, i-0bb (ec2:TerminateInstances)',
    },
    'a stack is taken down': {
      event: did({ ...user('alice'), invokedBy: 'cloudformation.amazonaws.com' }, 's3:DeleteBucket', {
        bucketName: 'reports',
      }),
    },
    'the bucket is not empty': {
      event: did(user('alice'), 's3:DeleteBucket', { bucketName: 'reports' }, { error: 'BucketNotEmpty' }),
    },
    'a request that names nothing': {
      event: did(user('alice'), 'ec2:TerminateInstances', { instancesSet: { items: 'i-0aa' } }),
    },
  },
} satisfies Rule;

const NAMES = [
  'bucketName',
  'tableName',
  'backupArn',
  'recoveryPointArn',
  'keyId',
  'fileSystemId',
  'clusterIdentifier',
  'dBInstanceIdentifier',
  'dBClusterIdentifier',
  'dBSnapshotIdentifier',
  'dBClusterSnapshotIdentifier',
  'snapshotId',
  'volumeId',
];

function resourceIn({ request }: Activity): string | undefined {
  const named = NAMES.map((each) => text(request, each)).find((each) => each !== undefined);
  return named ?? serversIn(at(inner(request, 'instancesSet'), 'items'));
}

function serversIn(items: unknown): string | undefined {
  const servers = (Array.isArray(items) ? items : []).filter(isFields).map((each) => text(each, 'instanceId'));
  return (
    servers
      .filter((each) => each !== undefined)
      .sort()
      .join(', ') || undefined
  );
}

const PASSING = /:(TerminateInstances|DeleteVolume|Delete\w*Snapshot)$/;

function factorsOf({ actor, failed, name }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (actor.kind !== 'role' && actor.kind !== 'web-identity') return [];
  return PASSING.test(name)
    ? [{ id: 'passing', points: -20, because: 'programs clean up such things by the dozen' }]
    : [];
}
