import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Which of the buckets is open, and to whom: asked of one bucket after the other.
export default {
  id: 'buckets-enumerated',
  title: 'Access to many buckets explored',
  why: 'A long-term access key, or a role on its EC2 instance, asked of at least twenty different buckets within five minutes who may read them: access lists, policies, blocks of public access. An intruder looks so for the bucket that is worth it and open to him. Console pages and vendors do the same through sessions and roles, which are left out; infrastructure-as-code that uses a key should be named as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1619', 'T1580'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'each program may read the buckets that it works with only',
  },
  on: ['s3:GetBucketAcl', 's3:GetBucketPolicy', 's3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock'],

  detect(activity) {
    const bucket = bucketIn(activity);
    if (!bucket || activity.actor.via || !isOutOfPlace(activity)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'asked', 'ask')} who may read bucket ${bucket}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 20,
    minutes: 5,
    distinct: bucketIn,
    says: ({ actor }, count) => `${actor.name} asked who may read ${count} different buckets within 5 minutes`,
  },

  automatic: false,

  examples: {
    'mallory looks at a bucket': {
      event: did(user('mallory'), 's3:GetBucketPolicyStatus', { bucketName: 'reports', policyStatus: '' }),
      finds: 'mallory asked who may read bucket reports',
    },
    'the role of an instance is refused': {
      event: did(
        role('web', 'i-0123456789abcdef0'),
        's3:GetBucketAcl',
        { bucketName: 'reports', acl: '' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0123456789abcdef0) tried to ask who may read bucket reports',
    },
    'the monitoring of a vendor': {
      event: did(role('VendorMonitoring', 'scan'), 's3:GetBucketAcl', { bucketName: 'reports', acl: '' }),
    },
    'a deployment reads the tags': {
      event: did(user('deploy'), 's3:GetBucketTagging', { bucketName: 'reports', tagging: '' }),
    },
    'a request without a bucket': {
      event: did(user('mallory'), 's3:GetBucketAcl', { bucketName: null }),
    },
  },
} satisfies Rule;

function bucketIn({ request }: Activity): string | undefined {
  return text(request, 'bucketName');
}

/** EC2 names the sessions of an instance after it: somebody else who chooses such a name only draws attention. */
function isOutOfPlace({ actor }: Activity): boolean {
  return actor.longTerm || /^i-[0-9a-f]{8,17}$/.test(actor.session?.name ?? '');
}

function factorsOf({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'counted', points: 30, because: 'that it was asked counts, whatever the answer' }] : [];
}
