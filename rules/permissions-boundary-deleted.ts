import { gainsOfBoundary } from '../core/gains.ts';
import { clauseOf, newsOf } from '../core/grants.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';

// Nothing is granted by it, and yet everything comes into force that the boundary held back.
export default {
  id: 'permissions-boundary-deleted',
  title: 'Permissions boundary deleted',
  why: 'The limit to what a user or role may do is gone, and whatever it was given beyond that limit holds from now on. Boundaries exist so that teams can make roles without making administrators; taking one off is the step before that. It is normal only when the boundary itself is retired.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['4.4'],
    nist: ['AC-3', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'boundaries that those whom they limit cannot change',
  },
  on: ['iam:DeleteUserPermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'],

  whose: (activity) => [principalIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const principal = principalIn(activity);
    if (!principal) return undefined;
    const own = isSelf(activity, principal);
    const gains = gainsOfBoundary(principal, null, activity, known);
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the permissions boundary of ${nameOfPrincipal(principal)}${newsOf(gains)}`,
      factors: [
        ...(gains ? [{ id: 'boundary', points: gains.gains.length > 0 ? 10 : -15, because: clauseOf(gains) }] : []),
        ...(own ? [{ id: 'self', points: 20, because: 'the actor lifts its own limit' }] : []),
      ],
    };
  },

  automatic: false,

  examples: {
    'a role session lifts the limit of its own role': {
      event: did(role('ci', 'i-0123'), 'iam:DeleteRolePermissionsBoundary', { roleName: 'ci' }),
      finds: 'role ci (session i-0123) deleted the permissions boundary of role ci',
    },
    'alice lifts the limit of bob and is refused': {
      event: did(user('alice'), 'iam:DeleteUserPermissionsBoundary', { userName: 'bob' }, { error: 'AccessDenied' }),
      finds: 'alice tried to delete the permissions boundary of user bob',
    },
    'a request that names nobody': {
      event: did(user('alice'), 'iam:DeleteUserPermissionsBoundary', {}),
    },
  },
} satisfies Rule;
