import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, service } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The sharing was the open door; this is somebody walking out with the disk.
export default {
  id: 'shared-snapshot-used',
  title: 'Shared snapshot used by another account',
  why: 'Another account copied a snapshot that this account shares, or made a volume of it: the data are there now, and ending the sharing does not bring them back. It is normal where images or backups are shared among the accounts of an organization; the settings should know those.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1578.001'],
    cis: [],
    nist: ['AC-21', 'AU-6', 'SC-7'],
    pci: ['7.2.1', '10.4.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'snapshots shared for as long as they are needed',
  },
  on: ['ec2:SharedSnapshotCopyInitiated', 'ec2:SharedSnapshotVolumeCreated'],

  detect(activity, known) {
    if (activity.failed) return undefined;
    const snapshot = text(activity.extra, 'snapshotId') ?? text(activity.request, 'snapshotId');
    const isCopy = activity.name === 'ec2:SharedSnapshotCopyInitiated';
    return {
      target: resourceTarget('snapshot', snapshot),
      because: `${activity.actor.name} ${isCopy ? 'copied' : 'made a volume of'} ${called('snapshot', snapshot)}, which is shared`,
      factors: [factorOf(activity, known)],
    };
  },

  automatic: false,

  examples: {
    'an unknown account makes a volume': {
      event: did({ type: 'AWSAccount', accountId: OUTSIDE }, 'ec2:SharedSnapshotVolumeCreated', null, {
        extra: { snapshotId: 'snap-1' },
        record: { eventType: 'AwsServiceEvent' },
      }),
      finds: 'account 999988887777 made a volume of snapshot snap-1, which is shared',
    },
    'who copies is not shown, nor what': {
      event: did(service('ec2.amazonaws.com'), 'ec2:SharedSnapshotCopyInitiated', null, {
        record: { eventType: 'AwsServiceEvent' },
      }),
      finds: 'ec2.amazonaws.com copied a snapshot that the record does not name, which is shared',
    },
    'an attempt that failed takes nothing': {
      event: did({ type: 'AWSAccount', accountId: OUTSIDE }, 'ec2:SharedSnapshotCopyInitiated', null, {
        error: 'Client.InvalidSnapshot',
      }),
    },
    'the account copies its own snapshot': {
      event: did({ type: 'AWSAccount', accountId: '111122223333' }, 'ec2:CopySnapshot', { sourceSnapshotId: 'snap-1' }),
    },
  },
} satisfies Rule;

// Somebody else's account weighs by itself, as every foreign actor does.
function factorOf({ actor, account }: Activity, known: Known): Factor {
  if (!actor.account) return { id: 'whose', points: 10, because: 'the record does not show whose account it is' };
  return actor.account === account || known.accounts.has(actor.account)
    ? { id: 'whose', points: -30, because: 'the settings know the account' }
    : { id: 'whose', points: 0, because: 'the settings do not know the account' };
}
