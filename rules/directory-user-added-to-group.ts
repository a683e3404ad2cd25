import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Groups hold the assignments: joining the right one is the quiet way into every account.
export default {
  id: 'directory-user-added-to-group',
  title: 'Identity Center user added to a group',
  why: 'A user of IAM Identity Center became a member of a group, and has all that the group is assigned, in all its accounts, at once. It is everyday work where people change teams, and mostly the identity provider does it. Look up which group it is where somebody added himself, or where groups otherwise come from a provider.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1098.007'],
    cis: ['1.15', '1.21'],
    nist: ['AC-2', 'AC-2(4)', 'AC-6'],
    pci: ['7.2.2', '7.2.3', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(B)', '164.308(a)(4)(ii)(C)'],
    practice: 'membership comes from the identity provider',
  },
  on: ['sso-directory:AddMemberToGroup', 'identitystore:CreateGroupMembership'],

  detect(activity) {
    const group = text(activity.request, 'groupId') ?? text(activity.request, 'groupName');
    const member = memberIn(activity);
    const self = member !== undefined && member === activity.actor.person;
    return {
      target: resourceTarget('Identity Center group', group),
      because: `${activity.actor.name} ${verb(activity, 'added', 'add')} ${member ? `user ${member}` : 'a user'} to ${called('Identity Center group', group)}`,
      factors: self ? [{ id: 'self', points: 25, because: 'the actor adds itself' }] : [],
    };
  },

  automatic: false,

  examples: {
    'ana adds herself to a group': {
      event: did(
        { ...identityCenter('ana', 'HelpDesk'), onBehalfOf: { userId: '906ana' } },
        'identitystore:CreateGroupMembership',
        { identityStoreId: 'd-1', groupId: '906admins', memberId: { userId: '906ana' } },
      ),
      finds: 'ana added user 906ana to Identity Center group 906admins',
    },
    'alice adds somebody from the console': {
      event: did(user('alice'), 'sso-directory:AddMemberToGroup', { groupId: '906devs', memberId: '906bob' }),
      finds: 'alice added user 906bob to Identity Center group 906devs',
    },
    'a build may not, and says nothing that can be read': {
      event: did(
        role('build', 'ci-42'),
        'identitystore:CreateGroupMembership',
        { groupId: ['906admins'], memberId: null },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to add a user to an Identity Center group that the record does not name',
    },
    'somebody leaves a group': {
      event: did(user('alice'), 'identitystore:DeleteGroupMembership', { membershipId: '906x' }),
    },
    'a group of IAM: another rule': {
      event: did(user('alice'), 'iam:AddUserToGroup', { userName: 'bob', groupName: 'devs' }),
    },
  },
} satisfies Rule;

/** The public API says `memberId: { userId }`; the console's own calls say it shorter, or within `member`. */
function memberIn({ request }: Activity): string | undefined {
  return (
    text(inner(request, 'memberId'), 'userId') ??
    text(request, 'memberId') ??
    text(inner(request, 'member'), 'memberId')
  );
}
