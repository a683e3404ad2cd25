import { gainsOfDocument } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// Written once in the management account, it becomes an inline policy of a role in every assigned account.
export default {
  id: 'permission-set-inline-policy-put',
  title: 'Inline policy of a permission set written',
  why: 'The policy inside a permission set of IAM Identity Center was written; at the next provisioning, everybody who is assigned to the permission set gets it, in each of their accounts. No list of managed policies shows it, which makes it a good hiding place for administrator rights. It is normal in deployments, and then the policy is narrow.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '1.16', '1.21'],
    nist: ['AC-2(4)', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege in permission sets',
  },
  on: ['sso:PutInlinePolicyToPermissionSet', 'sso:PutPermissionsPolicy'],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn') ?? text(activity.request, 'permissionSetId');
    const written = document(activity.request, 'inlinePolicy') ?? document(activity.request, 'permissionsPolicy');
    const gains = gainsOfDocument(written, activity);
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the inline policy of ${called('permission set', set)}: ${clauseOf(gains)}`,
      factors: grantFactors(gains, false),
    };
  },

  automatic: false,

  examples: {
    'mallory hides administrator rights in a permission set': {
      event: did(user('mallory'), 'sso:PutInlinePolicyToPermissionSet', put('ps-1', allows('*', '*'))),
      finds:
        'mallory wrote the inline policy of permission set ps-1: whoever gets it can now do everything on every resource',
    },
    'a way to administrator rights, on an old page of the console': {
      event: did(user('mallory'), 'sso:PutPermissionsPolicy', {
        permissionSetId: 'ps-1',
        permissionsPolicy: allows('iam:AttachRolePolicy', '*'),
      }),
      finds:
        'mallory wrote the inline policy of permission set ps-1: whoever gets it can now attach any policy to its role',
    },
    'a deployment lets people read one bucket': {
      event: did(
        role('deploy', 'ci-42'),
        'sso:PutInlinePolicyToPermissionSet',
        put('ps-1', allows('s3:GetObject', 'arn:aws:s3:::reports/*')),
      ),
      finds:
        'role deploy (session ci-42) wrote the inline policy of permission set ps-1: whoever gets it can now use s3:GetObject on arn:aws:s3:::reports/*',
    },
    'alice may not, and the document is none': {
      event: did(user('alice'), 'sso:PutInlinePolicyToPermissionSet', put('ps-1', '{'), { error: 'AccessDenied' }),
      finds:
        'alice tried to write the inline policy of permission set ps-1: whoever gets it could then do what the guardrail could not read',
    },
    'the policy is deleted': {
      event: did(user('alice'), 'sso:DeleteInlinePolicyFromPermissionSet', { permissionSetArn: 'ps-1' }),
    },
  },
} satisfies Rule;

function put(permissionSetArn: string, inlinePolicy: string) {
  return { instanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444', permissionSetArn, inlinePolicy };
}

function allows(Action: string, Resource: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}
