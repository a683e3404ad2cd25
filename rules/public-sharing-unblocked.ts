import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// Nothing is public yet, but from here it is one call.
export default {
  id: 'public-sharing-unblocked',
  title: 'Public sharing of images or snapshots no longer blocked',
  why: 'The block that kept machine images or snapshots of disks from being shared with everybody was lifted in a region. The next call may publish one. It is normal only where an account publishes images as a product; that should be an account of its own, where nothing else lies.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1537'],
    cis: [],
    nist: ['AC-3', 'AC-22', 'CM-6'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'public sharing blocked in every region, and its unblocking denied',
  },
  on: ['ec2:DisableImageBlockPublicAccess', 'ec2:DisableSnapshotBlockPublicAccess'],

  detect(activity) {
    const what = activity.name === 'ec2:DisableImageBlockPublicAccess' ? 'images' : 'snapshots';
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'lifted', 'lift')} the block of public ${what} in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory clears the way': {
      event: did(user('mallory'), 'ec2:DisableSnapshotBlockPublicAccess', {
        DisableSnapshotBlockPublicAccessRequest: {},
      }),
      finds: 'mallory lifted the block of public snapshots in us-east-1',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'ec2:DisableImageBlockPublicAccess', null, {
        error: 'Client.UnauthorizedOperation',
      }),
      finds: 'role build (session ci-42) tried to lift the block of public images in us-east-1',
    },
    'the request is odd': {
      event: did(user('mallory'), 'ec2:DisableImageBlockPublicAccess', { DisableImageBlockPublicAccessRequest: 0 }),
      finds: 'mallory lifted the block of public images in us-east-1',
    },
    'alice blocks it': {
      event: did(user('alice'), 'ec2:EnableSnapshotBlockPublicAccess', { state: 'block-all-sharing' }),
    },
  },
} satisfies Rule;
