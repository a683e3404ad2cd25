import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// One statement makes every object of a bucket readable to the world, and nothing is copied or moved that could be seen.
export default {
  id: 'bucket-policy-put',
  title: 'Bucket policy written',
  why: 'Who may use an S3 bucket was changed. A policy that admits everybody or an unknown account hands out all objects without a further call in this account. It is normal when a deployment requires encryption in transit, lets CloudFront read or a log service deliver, or publishes a web site on purpose.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1537'],
    cis: ['2.1.4', '4.8'],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'block public access, and name accounts or the organization in bucket policies',
  },
  on: ['s3:PutBucketPolicy'],

  detect(activity, known) {
    const bucket = text(activity.request, 'bucketName');
    const written = document(activity.request, 'bucketPolicy') ?? document(activity.request, 'policy');
    const factors = openingFactors(written, activity, known);
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('bucket', bucket)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory opens the customer files to the world': {
      event: did(user('mallory'), 's3:PutBucketPolicy', { bucketName: 'customers', bucketPolicy: allowing('*') }),
      finds: 'mallory wrote the policy of bucket customers: everybody may use it (s3:GetObject)',
    },
    'mallory lets her own account in': {
      event: did(user('mallory'), 's3:PutBucketPolicy', {
        bucketName: 'customers',
        bucketPolicy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
      }),
      finds:
        'mallory wrote the policy of bucket customers: arn:aws:iam::999988887777:root of another account may use it (s3:GetObject)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        's3:PutBucketPolicy',
        { bucketName: 'customers', bucketPolicy: allowing('*') },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to write the policy of bucket customers: everybody may use it (s3:GetObject)',
    },
    'a deployment lets its CloudFront distribution read': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketPolicy', {
        bucketName: 'site',
        bucketPolicy: allowing(
          { Service: 'cloudfront.amazonaws.com' },
          { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` } },
        ),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of bucket site',
    },
    'the policy is missing': {
      event: did(user('alice'), 's3:PutBucketPolicy', { bucketName: 'customers', bucketPolicy: null }),
      finds: 'alice wrote the policy of bucket customers: the policy could not be read',
    },
    'alice reads it': {
      event: did(user('alice'), 's3:GetBucketPolicy', { bucketName: 'customers' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown, Condition = {}) {
  return { Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: '*', Condition }] };
}
