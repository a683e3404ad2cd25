import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Everyday when people leave; in a bad night it is how the defenders are locked out.
export default {
  id: 'identity-center-access-removed',
  title: 'Access through Identity Center removed',
  why: 'Somebody lost the way into an account through IAM Identity Center, or a whole permission set was deleted. It is normal when people change teams. An intruder removes those who could stop him, and the permission set for emergencies with them: look whether the one who did it gained access shortly before.',
  severity: 'info',
  maps: {
    mitre: ['T1531'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-2(4)', 'CP-2'],
    pci: ['8.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(3)(ii)(C)'],
    practice: 'a second, independent way in for emergencies',
  },
  on: ['sso:DeleteAccountAssignment', 'sso:DeletePermissionSet'],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn');
    const isWhole = activity.name === 'sso:DeletePermissionSet';
    const [done, tried] = isWhole ? ['deleted', 'delete'] : ['took', 'take'];
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('permission set', set)}${isWhole ? '' : whose(activity)}`,
      factors: isWhole
        ? [{ id: 'whole', points: 15, because: 'it is gone for everybody' }]
        : removedFactors(activity, text(activity.request, 'targetId')),
    };
  },

  automatic: false,

  examples: {
    'mallory deletes a permission set': {
      event: did(user('mallory'), 'sso:DeletePermissionSet', { permissionSetArn: 'ps-1' }),
      finds: 'mallory deleted permission set ps-1',
    },
    'somebody changes the team': {
      event: did(identityCenter('ana', 'Platform'), 'sso:DeleteAccountAssignment', assignment()),
      finds: 'ana took permission set ps-1 from group 906abc in account 444455556666',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'sso:DeleteAccountAssignment', assignment(), { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to take permission set ps-1 from group 906abc in account 444455556666',
    },
    'a record without content': {
      event: did(user('alice'), 'sso:DeleteAccountAssignment', {}),
      finds: 'alice took a permission set that the record does not name from somebody in an account',
    },
    'access is given: another rule': {
      event: did(user('alice'), 'sso:CreateAccountAssignment', assignment()),
    },
  },
} satisfies Rule;

function whose({ request }: Activity): string {
  const [kind, id] = [text(request, 'principalType')?.toLowerCase(), text(request, 'principalId')];
  const who = id ? `${kind ?? 'principal'} ${id}` : 'somebody';
  const account = text(request, 'targetId');
  return ` from ${who} in ${account ? `account ${account}` : 'an account'}`;
}

/** The instance of an organization lives in its management account. */
function removedFactors({ account }: Activity, target: string | undefined) {
  if (target !== account) return [];
  return [{ id: 'own', points: 15, because: 'it is access to the account that manages Identity Center' }];
}

function assignment() {
  return {
    permissionSetArn: 'ps-1',
    principalType: 'GROUP',
    principalId: '906abc',
    targetId: '444455556666',
    targetType: 'AWS_ACCOUNT',
  };
}
