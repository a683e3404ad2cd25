import { gainsOfMembership } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, membershipIn, verb } from '../core/subject.ts';
import { did, user } from '../events/did.ts';
import removeUserFromGroup from '../remediations/remove-user-from-group.ts';

// Membership brings everything that the group has, and the event says nothing of what that is.
export default {
  id: 'user-added-to-group',
  title: 'User added to a group',
  why: 'A user got all that a group may do. The event names the group and not its permissions, and a harmless name may stand for administrator rights. It is normal when people join a team, done by those who manage users; that somebody adds themselves is the way of one who may do little else yet.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '4.4'],
    nist: ['AC-2(4)', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege',
  },
  on: ['iam:AddUserToGroup'],

  whose: (activity) => Object.values(membershipIn(activity) ?? {}),

  detect(activity, known) {
    const membership = membershipIn(activity);
    if (!membership) return undefined;
    const { user, group } = membership;
    const own = isSelf(activity, user);
    const gains = gainsOfMembership(membership, true, activity, known);
    return {
      target: { kind: 'membership', user: user.name, group: group.name },
      because: `${activity.actor.name} ${verb(activity, 'added', 'add')} ${own ? 'themselves' : user.name} to group ${group.name}${gains ? `: ${clauseOf(gains)}` : ''}`,
      factors: gains ? weighed(grantFactors(gains, own)) : unseen(own),
    };
  },

  remedy: removeUserFromGroup,
  automatic: true,

  examples: {
    'alice adds herself': {
      event: did(user('alice'), 'iam:AddUserToGroup', { userName: 'alice', groupName: 'auditors' }),
      finds: 'alice added themselves to group auditors',
    },
    'alice adds bob': {
      event: did(user('alice'), 'iam:AddUserToGroup', { userName: 'bob', groupName: 'admins' }),
      finds: 'alice added bob to group admins',
    },
    'alice is refused': {
      event: did(
        user('alice'),
        'iam:AddUserToGroup',
        { userName: 'alice', groupName: 'admins' },
        { error: 'AccessDenied' },
      ),
      finds: 'alice tried to add themselves to group admins',
    },
    'a request that names no group': {
      event: did(user('alice'), 'iam:AddUserToGroup', { userName: 'bob' }),
    },
  },
} satisfies Rule;

function unseen(own: boolean): Factor[] {
  const grant = { id: 'grant', points: 10, because: 'it grants what the group may do, which the event does not show' };
  return own ? [grant, { id: 'self', points: 10, because: 'the actor added itself' }] : [grant];
}

/** The base is for a group of which nothing is known: where it is, what it gives decides. */
function weighed(factors: Factor[]): Factor[] {
  return [{ id: 'known', points: -20, because: 'it is known what the group may do' }, ...factors];
}
