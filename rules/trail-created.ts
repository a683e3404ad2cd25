import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// More recording is good news, as long as one knows for whom.
export default {
  id: 'trail-created',
  title: 'Trail created',
  why: 'A new CloudTrail trail was created. It takes nothing away from the others, and is kept on record because its files tell whoever owns the bucket everything that happens in the account: an intruder can watch the defenders so. It is normal when an account is set up; compare the bucket with those of your log archive.',
  severity: 'info',
  maps: {
    mitre: ['T1526', 'T1530'],
    cis: ['3.1', '4.5'],
    nist: ['AU-2', 'AU-12'],
    pci: ['10.2.1.6', '10.3.1'],
    hipaa: ['164.312(b)'],
    practice: 'one trail for the organization, in code',
  },
  on: ['cloudtrail:CreateTrail'],

  detect(activity) {
    const trail = text(activity.request, 'name');
    const bucket = text(activity.request, 's3BucketName');
    return {
      target: trail ? { kind: 'trail', trail } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${trail ? `trail ${trail}` : 'a trail'}${bucket ? ` with its files in bucket ${bucket}` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'an account is set up': {
      event: did(role('deploy', 'ci-42'), 'cloudtrail:CreateTrail', {
        name: 'main',
        s3BucketName: 'org-logs',
        isMultiRegionTrail: true,
      }),
      finds: 'role deploy (session ci-42) created trail main with its files in bucket org-logs',
    },
    'mallory wants to read along, and may not': {
      event: did(
        user('mallory'),
        'cloudtrail:CreateTrail',
        { name: 'copy', s3BucketName: 'cheap-storage' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to create trail copy with its files in bucket cheap-storage',
    },
    'a request without names': {
      event: did(user('alice'), 'cloudtrail:CreateTrail', { name: 7 }),
      finds: 'alice created a trail',
    },
    'the logging starts': {
      event: did(user('alice'), 'cloudtrail:StartLogging', { name: 'main' }),
    },
  },
} satisfies Rule;
