import { blockOf, settingsOff } from '../core/public-access-block.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The block is what stands between one careless or hostile policy and the public: it falls first.
export default {
  id: 'bucket-public-access-unblocked',
  title: 'Public access to a bucket no longer blocked',
  why: 'The block of public access was taken from a bucket, in whole or in part. From now on a policy or an access control list may publish it; that is what an intruder does next. It is normal for a bucket that serves a web site directly, and when a deployment takes a bucket down.',
  severity: 'medium',
  maps: {
    mitre: ['T1530', 'T1562.001'],
    cis: ['2.1.4'],
    nist: ['AC-3', 'AC-4', 'CM-6'],
    pci: ['1.4.4', '7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'public access blocked for the account, public sites through CloudFront',
  },
  on: [
    's3:PutBucketPublicAccessBlock',
    's3:DeleteBucketPublicAccessBlock',
    's3:PutPublicAccessBlock',
    's3:DeletePublicAccessBlock',
  ],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName') ?? text(activity.request, 'bucket');
    const isOwnName = activity.name.includes('Bucket');
    if (!bucket && !isOwnName) return undefined;
    const off = settingsOff(activity);
    if (off.length === 0) return undefined;
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} ${off.length === 4 ? 'the block of public access' : off.join(' and ')} from ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory clears the way': {
      event: did(user('mallory'), 's3:PutBucketPublicAccessBlock', {
        bucketName: 'customers',
        PublicAccessBlockConfiguration: { ...blockOf(false), BlockPublicAcls: true, IgnorePublicAcls: true },
      }),
      finds: 'mallory took BlockPublicPolicy and RestrictPublicBuckets from bucket customers',
    },
    'mallory deletes the block, and may not': {
      event: did(
        user('mallory'),
        's3:DeleteBucketPublicAccessBlock',
        { bucketName: 'customers' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to take the block of public access from bucket customers',
    },
    'a setting that is left out is off': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketPublicAccessBlock', {
        bucketName: 'site',
        PublicAccessBlockConfiguration: { ...blockOf('true'), BlockPublicPolicy: undefined },
      }),
      finds: 'role deploy (session ci-42) took BlockPublicPolicy from bucket site',
    },
    'a deployment blocks everything': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketPublicAccessBlock', {
        bucketName: 'site',
        PublicAccessBlockConfiguration: blockOf(true),
      }),
    },
    'the account is meant: another rule': {
      event: did(user('alice'), 's3:DeletePublicAccessBlock', { accountId: '111122223333' }),
    },
  },
} satisfies Rule;
