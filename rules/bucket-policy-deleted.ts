import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// What a policy denied is allowed again once it is gone: nobody needs to write a new one.
export default {
  id: 'bucket-policy-deleted',
  title: 'Bucket policy deleted',
  why: 'The policy of an S3 bucket was deleted. By itself that opens nothing, but denials go with it: the requirement of encryption, the limit to a network, the protection of logs from their own administrators. It is normal when a deployment takes a bucket or a whole application down.',
  severity: 'low',
  maps: {
    mitre: ['T1222', 'T1530'],
    cis: ['2.1.1', '4.8'],
    nist: ['AC-3', 'AC-4', 'CM-5'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'changes of bucket policies go through reviewed code',
  },
  on: ['s3:DeleteBucketPolicy'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the policy of ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory lifts the denials on the logs': {
      event: did(user('mallory'), 's3:DeleteBucketPolicy', { bucketName: 'logs' }),
      finds: 'mallory deleted the policy of bucket logs',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 's3:DeleteBucketPolicy', { bucketName: 'logs' }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to delete the policy of bucket logs',
    },
    'a request that names no bucket': {
      event: did(user('alice'), 's3:DeleteBucketPolicy', { bucketName: 7 }),
      finds: 'alice deleted the policy of a bucket that the record does not name',
    },
    'alice writes one: another rule': {
      event: did(user('alice'), 's3:PutBucketPolicy', { bucketName: 'logs' }),
    },
  },
} satisfies Rule;
