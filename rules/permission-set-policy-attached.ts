import type { Gains } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';
import { managedGain } from '../policy/managed.ts';

// One attachment reaches everybody who has the permission set, in every account where it is assigned.
export default {
  id: 'permission-set-policy-attached',
  title: 'Policy attached to a permission set',
  why: 'A permission set of IAM Identity Center got the permissions of a managed policy: all who are assigned to it have them in all their accounts as soon as it is provisioned. With AdministratorAccess, an intruder turns a harmless permission set into a way into the whole organization. It is normal while permission sets are being set up, from a deployment.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '1.16', '1.21'],
    nist: ['AC-2(4)', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege in permission sets',
  },
  on: ['sso:AttachManagedPolicyToPermissionSet', 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet'],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn');
    const arn = text(activity.request, 'managedPolicyArn');
    const name = text(inner(activity.request, 'customerManagedPolicyReference'), 'name');
    const gains = arn ? gainsOf(arn, activity) : undefined;
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'attached', 'attach')} ${arn ?? called('policy', name)} to ${called('permission set', set)}${gains ? `: ${clauseOf(gains)}` : ''}`,
      factors: gains ? grantFactors(gains, false) : referenceFactors(name),
    };
  },

  automatic: false,

  examples: {
    'mallory makes administrators of all who have a permission set': {
      event: did(user('mallory'), 'sso:AttachManagedPolicyToPermissionSet', {
        ...onSet(),
        managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
      finds:
        'mallory attached arn:aws:iam::aws:policy/AdministratorAccess to permission set arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444: whoever has it can now do everything on every resource (AdministratorAccess)',
    },
    'a deployment lets people read': {
      event: did(role('deploy', 'ci-42'), 'sso:AttachManagedPolicyToPermissionSet', {
        ...onSet(),
        managedPolicyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
      }),
      finds:
        'role deploy (session ci-42) attached arn:aws:iam::aws:policy/job-function/ViewOnlyAccess to permission set arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444: whoever has it can now read (ViewOnlyAccess)',
    },
    'a policy of the accounts by its name': {
      event: did(
        identityCenter('ana', 'Platform'),
        'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
        { ...onSet(), customerManagedPolicyReference: { name: 'org-admin', path: '/' } },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'ana tried to attach policy org-admin to permission set arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
    },
    'a policy is taken off': {
      event: did(user('alice'), 'sso:DetachManagedPolicyFromPermissionSet', {
        ...onSet(),
        managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    },
  },
} satisfies Rule;

/** What AWS's own policies grant is known by their names, and their names are all that the event has. */
function gainsOf(arn: string, { failed }: Activity): Gains {
  const gain = managedGain(arn) ?? { level: 'unknown', says: `use ${arn}` };
  return {
    subject: 'whoever has it',
    refused: failed !== undefined,
    gains: gain.level === 'none' ? [] : [gain],
    narrows: false,
    isWhole: true,
    opensHalf: false,
  };
}

function referenceFactors(name: string | undefined): Factor[] {
  if (name && !/admin|poweruser|fullaccess/i.test(name)) return [];
  const because = name ? 'the policy has the name of a powerful one' : 'the record does not name the policy';
  return [{ id: 'name', points: name ? 30 : 15, because }];
}

function onSet() {
  return {
    instanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444',
    permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
  };
}
