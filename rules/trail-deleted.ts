import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A stopped trail can be started again; a deleted one has to be built anew, and nobody records meanwhile.
export default {
  id: 'trail-deleted',
  title: 'Trail deleted',
  why: 'A CloudTrail trail was deleted. Its files stay in their bucket, but nothing new is delivered, and if it fed the guardrail, the guardrail is blind as well. Only a new trail helps: create it from the code that made the old one. It is normal when a trail is replaced in a planned deployment, and then the new one exists first.',
  severity: 'critical',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.1', '4.5'],
    nist: ['AU-2', 'AU-9', 'AU-12'],
    pci: ['10.2.1.6', '10.3.2', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'a trail in every account and region, out of reach of its administrators',
  },
  on: ['cloudtrail:DeleteTrail'],

  detect(activity) {
    const trail = text(activity.request, 'name');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${trail ? `trail ${trail}` : 'a trail'}`,
    };
  },

  automatic: false,

  examples: {
    'mallory deletes the trail': {
      event: did(user('mallory'), 'cloudtrail:DeleteTrail', { name: 'main' }),
      finds: 'mallory deleted trail main',
    },
    'a control policy of the organization refuses it': {
      event: did(role('deploy', 'ci-42'), 'cloudtrail:DeleteTrail', { name: 'main' }, { error: 'AccessDenied' }),
      finds: 'role deploy (session ci-42) tried to delete trail main',
    },
    'a trail is created': {
      event: did(user('alice'), 'cloudtrail:CreateTrail', { name: 'main', s3BucketName: 'logs' }),
    },
  },
} satisfies Rule;
