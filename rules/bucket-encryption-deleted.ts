import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A key of one's own decides who can read what was copied; without it, whoever gets the object has it in plain text.
export default {
  id: 'bucket-encryption-deleted',
  title: 'Encryption of a bucket deleted',
  why: 'The encryption setting of an S3 bucket was deleted. S3 still encrypts new objects, but with keys of its own that every reader of the object may use; the second lock, a KMS key with its own policy, no longer applies. It is normal when a bucket is rebuilt; where data must lie under a key of your own it is not.',
  severity: 'low',
  maps: {
    mitre: ['T1530'],
    cis: [],
    nist: ['SC-12', 'SC-28', 'CM-6'],
    pci: ['3.5.1', '10.2.1.5'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'buckets encrypted with a KMS key of their own',
  },
  on: ['s3:DeleteBucketEncryption'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the encryption setting of ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the second lock off': {
      event: did(user('mallory'), 's3:DeleteBucketEncryption', { bucketName: 'customers' }),
      finds: 'mallory deleted the encryption setting of bucket customers',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        's3:DeleteBucketEncryption',
        { bucketName: 'customers' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to delete the encryption setting of bucket customers',
    },
    'a request that names no bucket': {
      event: did(user('alice'), 's3:DeleteBucketEncryption', { bucketName: {} }),
      finds: 'alice deleted the encryption setting of a bucket that the record does not name',
    },
    'encryption is set': {
      event: did(user('alice'), 's3:PutBucketEncryption', { bucketName: 'customers' }),
    },
  },
} satisfies Rule;
