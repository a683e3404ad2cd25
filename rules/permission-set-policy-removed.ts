import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Mostly it takes rights away; where the policy was there to forbid something, it gives them.
export default {
  id: 'permission-set-policy-removed',
  title: 'Policy removed from a permission set',
  why: 'A permission set of IAM Identity Center lost a policy. As a rule those who have it can do less then, which is everyday work when rights are cut. It matters where the policy was there to forbid something, and where an intruder locks the people out who could stop him: ask who has the permission set.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1531'],
    cis: ['1.16', '1.21'],
    nist: ['AC-2(4)', 'AC-6'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'permission sets change through a reviewed deployment',
  },
  on: [
    'sso:DetachManagedPolicyFromPermissionSet',
    'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet',
    'sso:DeleteInlinePolicyFromPermissionSet',
    'sso:DeletePermissionsPolicy',
  ],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn') ?? text(activity.request, 'permissionSetId');
    const policy = policyIn(activity);
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} ${policy ?? 'the inline policy'} from ${called('permission set', set)}`,
      factors: forbidding(policy),
    };
  },

  automatic: false,

  examples: {
    'mallory frees a permission set from the policy that forbade everything': {
      event: did(user('mallory'), 'sso:DetachManagedPolicyFromPermissionSet', {
        permissionSetArn: 'ps-1',
        managedPolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
      }),
      finds: 'mallory removed arn:aws:iam::aws:policy/AWSDenyAll from permission set ps-1',
    },
    'a deployment deletes the inline policy': {
      event: did(role('deploy', 'ci-42'), 'sso:DeleteInlinePolicyFromPermissionSet', { permissionSetArn: 'ps-1' }),
      finds: 'role deploy (session ci-42) removed the inline policy from permission set ps-1',
    },
    'ana may not take a policy of the accounts off': {
      event: did(
        identityCenter('ana', 'Platform'),
        'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet',
        { customerManagedPolicyReference: { name: 'web', path: '/' } },
        { error: 'AccessDenied' },
      ),
      finds: 'ana tried to remove web from a permission set that the record does not name',
    },
    'a policy is attached': {
      event: did(user('alice'), 'sso:AttachManagedPolicyToPermissionSet', {
        permissionSetArn: 'ps-1',
        managedPolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
      }),
    },
  },
} satisfies Rule;

function policyIn({ request }: Activity): string | undefined {
  return text(request, 'managedPolicyArn') ?? text(inner(request, 'customerManagedPolicyReference'), 'name');
}

function forbidding(policy: string | undefined): Factor[] {
  if (!policy || !/deny|quarantine|restrict/i.test(policy)) return [];
  return [{ id: 'forbids', points: 35, because: 'by its name the policy was there to forbid something' }];
}
