import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever means to destroy the original sees to it first that there is no newer copy.
export default {
  id: 'bucket-replication-deleted',
  title: 'Replication of a bucket deleted',
  why: 'Objects of an S3 bucket are no longer copied to the other bucket. What is written from now on has no second copy, which somebody may want who is about to destroy or encrypt the first. It is normal when a bucket is taken down or its backup is done in another way.',
  severity: 'low',
  maps: {
    mitre: ['T1490'],
    cis: ['4.8'],
    nist: ['CP-6', 'CP-9'],
    pci: ['10.2.1.5', '10.3.3'],
    hipaa: ['164.308(a)(7)(ii)(A)'],
    practice: 'backups out of reach of those who use the original',
  },
  on: ['s3:DeleteBucketReplication'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the replication of ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory stops the copies': {
      event: did(user('mallory'), 's3:DeleteBucketReplication', { bucketName: 'customers' }),
      finds: 'mallory deleted the replication of bucket customers',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        's3:DeleteBucketReplication',
        { bucketName: 'customers' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to delete the replication of bucket customers',
    },
    'a request that names no bucket': {
      event: did(user('alice'), 's3:DeleteBucketReplication', { bucketName: null }),
      finds: 'alice deleted the replication of a bucket that the record does not name',
    },
    'the replication of a file system': {
      event: did(user('alice'), 'elasticfilesystem:DeleteReplicationConfiguration', { sourceFileSystemId: 'fs-1' }),
    },
  },
} satisfies Rule;
