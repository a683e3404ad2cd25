import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// A shared snapshot is a disk or a database that somebody else copies in his own account, where nobody sees it.
export default {
  id: 'snapshots-shared-in-bulk',
  title: 'Many snapshots shared',
  why: 'One identity shared at least three different snapshots of disks or databases with accounts that the settings do not know, or with everybody, within ten minutes. Whoever may restore a snapshot has all of its data, in an account that no log of this one covers. It is normal when an environment moves to another organization, which is announced; shares inside the organization are left out.',
  severity: 'high',
  maps: {
    mitre: ['T1537', 'T1567'],
    cis: [],
    nist: ['AC-3', 'AC-20', 'AC-21', 'SI-4'],
    pci: ['7.2.1', '10.4.1'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'snapshots are encrypted with a key that outsiders may not use',
  },
  on: ['ec2:ModifySnapshotAttribute', 'rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute'],

  detect(activity, known) {
    const snapshot = snapshotIn(activity);
    const outsiders = outsidersIn(activity, known);
    if (!snapshot || outsiders.length === 0) return undefined;
    if (activity.failed && !/AccessDenied|Unauthorized/.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} snapshot ${snapshot} with ${outsiders.join(', ')}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 3,
    minutes: 10,
    distinct: snapshotIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${count} different snapshots with outsiders within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory takes a disk with her': {
      event: did(user('mallory'), 'ec2:ModifySnapshotAttribute', disk('add', { userId: OUTSIDE })),
      finds: 'mallory shared snapshot snap-0123456789abcdef0 with 999988887777',
    },
    'and a database, for everybody': {
      event: did(role('web', 'session'), 'rds:ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: 'customers',
        attributeName: 'restore',
        valuesToAdd: ['all'],
      }),
      finds: 'role web (session session) shared snapshot customers with everybody',
    },
    'mallory may not': {
      event: did(user('mallory'), 'ec2:ModifySnapshotAttribute', disk('add', { group: 'all' }), {
        error: 'Client.UnauthorizedOperation',
      }),
      finds: 'mallory tried to share snapshot snap-0123456789abcdef0 with everybody',
    },
    'with the account itself': {
      event: did(user('alice'), 'ec2:ModifySnapshotAttribute', disk('add', { userId: ACCOUNT })),
    },
    'the share is taken back': {
      event: did(user('alice'), 'ec2:ModifySnapshotAttribute', disk('remove', { userId: OUTSIDE })),
    },
    'values of the wrong type': {
      event: did(user('alice'), 'rds:ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: 'customers',
        attributeName: 'restore',
        valuesToAdd: 'all',
      }),
    },
  },
} satisfies Rule;

function snapshotIn({ request }: Activity): string | undefined {
  const keys = ['snapshotId', 'dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier'];
  return keys.map((each) => text(request, each)).find((each) => each !== undefined);
}

/** The accounts outside of the organization that are let in, or everybody. */
function outsidersIn({ request, account }: Activity, { accounts }: Known): string[] {
  const items = at(inner(inner(request, 'createVolumePermission'), 'add'), 'items');
  const values = text(request, 'attributeName') === 'restore' ? at(request, 'valuesToAdd') : undefined;
  const disks = (Array.isArray(items) ? items : [])
    .filter(isFields)
    .map((each) => text(each, 'userId') ?? text(each, 'group'));
  const added = [...disks, ...(Array.isArray(values) ? values : [])].filter((each) => typeof each === 'string');
  const outside = added.filter((each) => each !== account && !accounts.has(each));
  return outside.map((each) => (each === 'all' ? 'everybody' : each));
}

function factorsOf({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }] : [];
}

function disk(change: 'add' | 'remove', whom: { userId: string } | { group: string }) {
  return {
    snapshotId: 'snap-0123456789abcdef0',
    createVolumePermission: { [change]: { items: [whom] } },
    attributeType: 'CREATE_VOLUME_PERMISSION',
  };
}
