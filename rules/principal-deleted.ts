import type { Rule } from '../core/rule.ts';
import { principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';

// Tidying up and covering tracks look alike; what else happened in that hour tells them apart.
export default {
  id: 'principal-deleted',
  title: 'User, group or role deleted',
  why: 'Somebody deleted an IAM user, group or role. Deployments and offboarding do it every day, and IAM refuses while anything hangs on it. It is kept on record because an intruder who is done deletes what they made, and one who wants to harm deletes what others need: whatever used it stops working, and making it again does not bring its id back.',
  severity: 'info',
  maps: {
    mitre: ['T1531', 'T1070'],
    cis: ['1.12'],
    nist: ['AC-2(3)', 'AC-2(4)'],
    pci: ['8.2.4', '8.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(3)(ii)(C)', '164.308(a)(4)(ii)(C)'],
    practice: 'what is out of use is deleted, by those who made it',
  },
  on: ['iam:DeleteUser', 'iam:DeleteGroup', 'iam:DeleteRole'],

  detect(activity) {
    const principal = principalIn(activity);
    if (!principal) return undefined;
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${nameOfPrincipal(principal)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory removes the user that she made': {
      event: did(user('mallory'), 'iam:DeleteUser', { userName: 'backup' }),
      finds: 'mallory deleted user backup',
    },
    'a deployment deletes a role': {
      event: did(role('deploy', 'ci-42'), 'iam:DeleteRole', { roleName: 'web' }),
      finds: 'role deploy (session ci-42) deleted role web',
    },
    'a group that still has members': {
      event: did(user('alice'), 'iam:DeleteGroup', { groupName: 'readers' }, { error: 'DeleteConflict' }),
      finds: 'alice tried to delete group readers',
    },
    'a request that names nobody': {
      event: did(user('alice'), 'iam:DeleteUser', { userName: null }),
    },
    'a user of a directory: another service': {
      event: did(user('alice'), 'identitystore:DeleteUser', { userId: '0123', identityStoreId: 'd-0123456789' }),
    },
  },
} satisfies Rule;
