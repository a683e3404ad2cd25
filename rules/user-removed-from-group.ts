import { gainsOfMembership } from '../core/gains.ts';
import { newsOf } from '../core/grants.ts';
import { liftFactors } from '../core/removal.ts';
import type { Rule } from '../core/rule.ts';
import { membershipIn, verb } from '../core/subject.ts';
import { did, user } from '../events/did.ts';

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
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'memberships follow the work',
  },
  on: ['iam:RemoveUserFromGroup'],

  whose: (activity) => Object.values(membershipIn(activity) ?? {}),

  detect(activity, known) {
    const membership = membershipIn(activity);
    if (!membership) return undefined;
    const { user, group } = membership;
    const gains = gainsOfMembership(membership, false, activity, known);
    return {
      target: { kind: 'membership', user: user.name, group: group.name },
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} ${user.name} from group ${group.name}${newsOf(gains)}`,
      factors: gains ? liftFactors(gains) : [],
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
