import { blockOf, settingsOff } from '../core/public-access-block.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The last line for every bucket of the account, now and later: almost nobody has a reason to lift it.
export default {
  id: 'account-public-access-unblocked',
  title: 'Public access to S3 no longer blocked in the account',
  why: 'The block of public access to S3 was lifted for the whole account, in whole or in part. Every bucket, old or new, may be published from now on by a policy or an access control list of its own. It is hardly ever normal: public sites belong behind CloudFront, or into an account of their own.',
  severity: 'high',
  maps: {
    mitre: ['T1530', 'T1562.001'],
    cis: ['2.1.4'],
    nist: ['AC-3', 'AC-4', 'CM-6'],
    pci: ['1.4.4', '7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'public access blocked for the account, out of reach of its administrators',
  },
  on: [
    's3:PutAccountPublicAccessBlock',
    's3:DeleteAccountPublicAccessBlock',
    's3:PutPublicAccessBlock',
    's3:DeletePublicAccessBlock',
  ],

  detect(activity) {
    if (text(activity.request, 'bucketName') ?? text(activity.request, 'bucket')) return undefined;
    const off = settingsOff(activity);
    if (off.length === 0) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} ${off.length === 4 ? 'the block of public access to S3' : off.join(' and ')} from the account`,
    };
  },

  automatic: false,

  examples: {
    'mallory opens all buckets at once': {
      event: did(user('mallory'), 's3:DeleteAccountPublicAccessBlock', { accountId: '111122223333' }),
      finds: 'mallory took the block of public access to S3 from the account',
    },
    'mallory allows public policies': {
      event: did(user('mallory'), 's3:PutAccountPublicAccessBlock', {
        PublicAccessBlockConfiguration: { ...blockOf(true), BlockPublicPolicy: false },
      }),
      finds: 'mallory took BlockPublicPolicy from the account',
    },
    'an organization policy stops a build': {
      event: did(role('build', 'ci-42'), 's3:PutAccountPublicAccessBlock', null, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to take the block of public access to S3 from the account',
    },
    'a deployment blocks everything': {
      event: did(role('deploy', 'ci-42'), 's3:PutPublicAccessBlock', {
        PublicAccessBlockConfiguration: blockOf('true'),
      }),
    },
    'a bucket is meant: another rule': {
      event: did(user('alice'), 's3:DeletePublicAccessBlock', { bucketName: 'site' }),
    },
  },
} satisfies Rule;
