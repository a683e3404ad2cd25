import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Nothing is granted by it, and yet everything comes into force that the boundary held back, in every account.
export default {
  id: 'permission-set-boundary-deleted',
  title: 'Permissions boundary of a permission set deleted',
  why: 'The limit to what the people with a permission set of IAM Identity Center may do is gone. Whatever the permission set was given beyond that limit holds in every assigned account from the next provisioning on. Whoever wants more rights than he was meant to have takes the limit off first; it is normal only when the boundary itself is retired.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['1.16', '1.21'],
    nist: ['AC-3', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'boundaries that those whom they limit cannot change',
  },
  on: ['sso:DeletePermissionsBoundaryFromPermissionSet'],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn');
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the permissions boundary of ${called('permission set', set)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the limit off': {
      event: did(user('mallory'), 'sso:DeletePermissionsBoundaryFromPermissionSet', {
        instanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444',
        permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
      }),
      finds:
        'mallory deleted the permissions boundary of permission set arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'sso:DeletePermissionsBoundaryFromPermissionSet',
        { permissionSetArn: 'ps-1' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to delete the permissions boundary of permission set ps-1',
    },
    'a record that does not name the permission set': {
      event: did(user('mallory'), 'sso:DeletePermissionsBoundaryFromPermissionSet', { permissionSetArn: 7 }),
      finds: 'mallory deleted the permissions boundary of a permission set that the record does not name',
    },
    'alice looks at it': {
      event: did(user('alice'), 'sso:GetPermissionsBoundaryForPermissionSet', { permissionSetArn: 'ps-1' }),
    },
  },
} satisfies Rule;
