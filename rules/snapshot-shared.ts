import { addedTo, clauses, sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A whole disk leaves with one call, and what happens to it in the other account cannot be seen.
export default {
  id: 'snapshot-shared',
  title: 'EBS snapshot shared',
  why: 'The snapshot of a disk was shared with another account or with everybody. Whoever it is shared with makes a volume of it and reads all files, and public snapshots are searched by machines within minutes. It is normal among accounts of the organization; then the settings should know the account.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1578'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'snapshots encrypted with a key of their own, and public sharing blocked',
  },
  on: ['ec2:ModifySnapshotAttribute'],

  detect(activity, known) {
    const whom = addedTo(activity.request, 'createVolumePermission');
    if (whom.length === 0) return undefined;
    const snapshot = text(activity.request, 'snapshotId');
    const factors = sharingFactors(whom, { everybody: 40, outsider: 15, known: -25 }, activity, known);
    return {
      target: resourceTarget('snapshot', snapshot),
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${called('snapshot', snapshot)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory publishes a disk': {
      event: did(user('mallory'), 'ec2:ModifySnapshotAttribute', changing({ add: { items: [{ group: 'all' }] } })),
      finds: 'mallory shared snapshot snap-1: everybody may use it',
    },
    'mallory shares it with her own account': {
      event: did(user('mallory'), 'ec2:ModifySnapshotAttribute', changing({ add: { items: [{ userId: OUTSIDE }] } })),
      finds: 'mallory shared snapshot snap-1: account 999988887777 may use it',
    },
    'the organization blocks public snapshots': {
      event: did(
        role('build', 'ci-42'),
        'ec2:ModifySnapshotAttribute',
        changing({ add: { items: [{ group: 'all' }] } }),
        { error: 'OperationNotPermitted' },
      ),
      finds: 'role build (session ci-42) tried to share snapshot snap-1: everybody may use it',
    },
    'alice takes the sharing back': {
      event: did(user('alice'), 'ec2:ModifySnapshotAttribute', changing({ remove: { items: [{ group: 'all' }] } })),
    },
    'a request that adds nobody': {
      event: did(user('alice'), 'ec2:ModifySnapshotAttribute', changing({ add: { items: [{ userId: 12 }, null] } })),
    },
  },
} satisfies Rule;

function changing(createVolumePermission: object) {
  return { snapshotId: 'snap-1', createVolumePermission, attributeType: 'CREATE_VOLUME_PERMISSION' };
}
