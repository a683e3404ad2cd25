import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A role for guests is a role for the whole internet.
export default {
  id: 'identity-pool-roles-set',
  title: 'Roles of an identity pool set',
  why: 'Which roles a Cognito identity pool hands out was set. The role for those who signed in goes to every user of the app; the one for guests goes to everybody in the world who knows the id of the pool. An intruder sets a strong role there and needs no key any more. It is normal in deployments of an app, with roles that can do next to nothing.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1098.001'],
    cis: ['1.16'],
    nist: ['AC-3', 'AC-6', 'AC-14'],
    pci: ['7.2.1', '7.2.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'no role for guests, and narrow ones for users',
  },
  on: ['cognito-identity:SetIdentityPoolRoles'],

  detect(activity) {
    const pool = text(activity.request, 'identityPoolId');
    const guests = text(inner(activity.request, 'roles'), 'unauthenticated');
    return {
      target: resourceTarget('identity pool', pool),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} the roles of ${called('identity pool', pool)}${guests ? `, ${guests} for guests` : ''}`,
      factors: roleFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory opens a role to the world': {
      event: did(user('mallory'), 'cognito-identity:SetIdentityPoolRoles', {
        identityPoolId: 'us-east-1:pool',
        roles: { unauthenticated: 'arn:aws:iam::111122223333:role/admin' },
      }),
      finds: 'mallory set the roles of identity pool us-east-1:pool, arn:aws:iam::111122223333:role/admin for guests',
    },
    'a deployment of an app': {
      event: did(role('deploy', 'ci-42'), 'cognito-identity:SetIdentityPoolRoles', {
        identityPoolId: 'us-east-1:pool',
        roles: { authenticated: 'arn:aws:iam::111122223333:role/app-users' },
      }),
      finds: 'role deploy (session ci-42) set the roles of identity pool us-east-1:pool',
    },
    'a build may not, and its roles are none': {
      event: did(
        role('build', 'ci-42'),
        'cognito-identity:SetIdentityPoolRoles',
        { roles: 'arn:aws:iam::111122223333:role/admin' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to set the roles of an identity pool that the record does not name',
    },
    'alice looks at them': {
      event: did(user('alice'), 'cognito-identity:GetIdentityPoolRoles', { identityPoolId: 'us-east-1:pool' }),
    },
  },
} satisfies Rule;

function roleFactors({ request }: Activity): Factor[] {
  const roles = inner(request, 'roles');
  const [guests, users] = [text(roles, 'unauthenticated'), text(roles, 'authenticated')];
  const strong = [guests, users].find((each) => each && /admin|poweruser/i.test(each));
  return [
    ...(guests
      ? [{ id: 'guests', points: 20, because: 'guests get a role: everybody who knows the id of the pool' }]
      : []),
    ...(strong ? [{ id: 'role', points: 20, because: `by its name ${strong} may do much` }] : []),
  ];
}
