import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Its name is free for everybody then: whatever still points at it can be answered by somebody else.
export default {
  id: 'bucket-deleted',
  title: 'Bucket deleted',
  why: 'An S3 bucket was deleted. It was empty by then, so look at who emptied it; and its name may now be taken by anybody, who then receives the logs that are still sent there or answers for the site that still points at it. It is normal when a deployment takes an application down.',
  severity: 'low',
  maps: {
    mitre: ['T1485', 'T1584'],
    cis: [],
    nist: ['CP-9', 'CM-3', 'MP-6'],
    pci: ['10.2.1.7'],
    hipaa: ['164.310(d)(2)(i)', '164.312(c)(1)'],
    practice: 'names are removed from DNS and settings before the bucket is deleted',
  },
  on: ['s3:DeleteBucket'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory removes what is left': {
      event: did(user('mallory'), 's3:DeleteBucket', { bucketName: 'backups' }),
      finds: 'mallory deleted bucket backups',
    },
    'the bucket is not empty': {
      event: did(role('build', 'ci-42'), 's3:DeleteBucket', { bucketName: 'backups' }, { error: 'BucketNotEmpty' }),
      finds: 'role build (session ci-42) tried to delete bucket backups',
    },
    'a request that names no bucket': {
      event: did(user('alice'), 's3:DeleteBucket', null, { response: {} }),
      finds: 'alice deleted a bucket that the record does not name',
    },
    'a bucket of Lightsail': {
      event: did(user('alice'), 'lightsail:DeleteBucket', { bucketName: 'backups' }),
    },
  },
} satisfies Rule;
