import { clauses, integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The lock is what even an administrator cannot break: it can only be made shorter for what is written from now on.
export default {
  id: 'bucket-object-lock-put',
  title: 'Object lock of a bucket changed',
  why: 'How long new objects of an S3 bucket are protected from deletion was changed. With no retention, or one of hours, backups and logs that come in from now on can be destroyed like anything else. It is normal when a bucket is set up; a longer lock is good, though one in compliance mode cannot be undone.',
  severity: 'low',
  maps: {
    mitre: ['T1490', 'T1485'],
    cis: [],
    nist: ['AU-9', 'CP-9', 'SI-12'],
    pci: ['10.3.2', '10.3.3', '10.5.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'backups and logs under object lock',
  },
  on: ['s3:PutBucketObjectLockConfiguration', 's3:PutObjectLockConfiguration'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const factors = factorsOf(inner(activity.request, 'ObjectLockConfiguration'));
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the object lock of ${called('bucket', bucket)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory drops the retention of the backups': {
      event: did(user('mallory'), 's3:PutBucketObjectLockConfiguration', {
        bucketName: 'backups',
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
      finds: 'mallory changed the object lock of bucket backups: new objects are not locked of themselves',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        's3:PutBucketObjectLockConfiguration',
        { bucketName: 'backups', ObjectLockConfiguration: null },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to change the object lock of bucket backups: new objects are not locked of themselves',
    },
    'a deployment locks for a month': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketObjectLockConfiguration', {
        bucketName: 'backups',
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: '30' } } },
      }),
      finds: 'role deploy (session ci-42) changed the object lock of bucket backups',
    },
    'one object is held': {
      event: did(user('alice'), 's3:PutObjectLegalHold', { bucketName: 'backups', key: '2026.tar' }),
    },
  },
} satisfies Rule;

function factorsOf(lock: Fields): Factor[] {
  const retention = inner(inner(lock, 'Rule'), 'DefaultRetention');
  const days = integerAt(retention, 'Days') ?? (integerAt(retention, 'Years') ?? 0) * 365;
  if (days === 0) return [{ id: 'retention', points: 15, because: 'new objects are not locked of themselves' }];
  return days < 7
    ? [{ id: 'retention', points: 15, because: 'new objects are locked for less than a week' }]
    : [{ id: 'retention', points: -15, because: 'new objects are locked for a week or longer' }];
}
