import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The lock is all that keeps a backup from whoever may delete snapshots.
export default {
  id: 'snapshot-unlocked',
  title: 'EBS snapshot unlocked',
  why: 'The lock that kept the snapshot of a disk from being deleted was taken off. Look whether the snapshot is still there: whoever means to extort removes the backups first. It is normal when a backup was locked by mistake, or has outlived the time for which it had to be kept.',
  severity: 'medium',
  maps: {
    mitre: ['T1490', 'T1485'],
    cis: [],
    nist: ['CP-9', 'SI-12'],
    pci: ['10.2.1.5', '10.5.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'backups locked in compliance mode',
  },
  on: ['ec2:UnlockSnapshot'],

  detect(activity) {
    const { request } = activity;
    const snapshot = text(inner(request, 'UnlockSnapshotRequest'), 'snapshotId') ?? text(request, 'snapshotId');
    return {
      target: resourceTarget('snapshot', snapshot),
      because: `${activity.actor.name} ${verb(activity, 'unlocked', 'unlock')} ${called('snapshot', snapshot)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory prepares the backups': {
      event: did(user('mallory'), 'ec2:UnlockSnapshot', { UnlockSnapshotRequest: { SnapshotId: 'snap-1' } }),
      finds: 'mallory unlocked snapshot snap-1',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'ec2:UnlockSnapshot',
        { snapshotId: 'snap-1' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role build (session ci-42) tried to unlock snapshot snap-1',
    },
    'a request that names no snapshot': {
      event: did(user('mallory'), 'ec2:UnlockSnapshot', { UnlockSnapshotRequest: null }),
      finds: 'mallory unlocked a snapshot that the record does not name',
    },
    'alice locks it': {
      event: did(user('alice'), 'ec2:LockSnapshot', { LockSnapshotRequest: { SnapshotId: 'snap-1' } }),
    },
  },
} satisfies Rule;
