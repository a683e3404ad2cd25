import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Nothing is lost by it; what should have gone stays, and what should have been archived costs.
export default {
  id: 'bucket-lifecycle-deleted',
  title: 'Lifecycle of a bucket deleted',
  why: 'Objects of an S3 bucket are no longer archived or deleted after their time. Nothing is lost, but personal data may be kept longer than they may be, and costs grow. It is everyday work when a bucket is rebuilt or taken down, and is kept on record as part of the story of the bucket.',
  severity: 'info',
  maps: {
    mitre: ['T1578.005'],
    cis: ['4.8'],
    nist: ['SI-12', 'CM-3'],
    pci: ['3.2.1', '10.2.1.5'],
    hipaa: ['164.310(d)(2)(i)'],
    practice: 'retention defined in reviewed code',
  },
  on: ['s3:DeleteBucketLifecycle'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the lifecycle of ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'alice ends the retention': {
      event: did(user('alice'), 's3:DeleteBucketLifecycle', { bucketName: 'customers' }),
      finds: 'alice deleted the lifecycle of bucket customers',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        's3:DeleteBucketLifecycle',
        { bucketName: 'customers' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to delete the lifecycle of bucket customers',
    },
    'a request that names no bucket': {
      event: did(user('alice'), 's3:DeleteBucketLifecycle', {}),
      finds: 'alice deleted the lifecycle of a bucket that the record does not name',
    },
    'a lifecycle policy of container images': {
      event: did(user('alice'), 'ecr:DeleteLifecyclePolicy', { repositoryName: 'web' }),
    },
  },
} satisfies Rule;
