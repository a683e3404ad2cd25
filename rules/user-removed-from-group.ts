import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The end of a membership takes away what the group grants, and also what the group forbids.
export default {
  id: 'user-removed-from-group',
  title: 'User removed from a group',
  why: 'A user lost what a group may do. That is everyday work when people change teams or leave. In an incident it can be an intruder who locks the defenders out, or somebody who leaves a group whose policy held them back; together with other findings it tells which.',
  severity: 'info',
  maps: {
    mitre: ['T1531', 'T1098'],
    cis: ['4.4'],
    nist: ['AC-2(4)', 'PS-5'],
    pci: ['7.2.2', '8.2.5', '10.2.1.5'],
    practice: 'memberships follow the work',
  },
  on: ['iam:RemoveUserFromGroup'],

  detect(activity) {
    const name = text(activity.request, 'userName');
    const group = text(activity.request, 'groupName');
    if (!name || !group) return undefined;
    return {
      target: { kind: 'membership', user: name, group },
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} ${name} from group ${group}`,
    };
  },

  automatic: false,

  examples: {
    'bob changes teams': {
      event: did(user('alice'), 'iam:RemoveUserFromGroup', { userName: 'bob', groupName: 'auditors' }),
      finds: 'alice removed bob from group auditors',
    },
    'alice is refused': {
      event: did(
        user('alice'),
        'iam:RemoveUserFromGroup',
        { userName: 'bob', groupName: 'admins' },
        { error: 'AccessDenied' },
      ),
      finds: 'alice tried to remove bob from group admins',
    },
    'a request that names no group': {
      event: did(user('alice'), 'iam:RemoveUserFromGroup', { userName: 'bob' }),
    },
  },
} satisfies Rule;
