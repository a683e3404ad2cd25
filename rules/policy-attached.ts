import { documentsOfManaged, gainsOfAttachment } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import detachPolicy from '../remediations/detach-policy.ts';

// One call makes an administrator of anybody: what is attached decides how bad it is.
export default {
  id: 'policy-attached',
  title: 'Managed policy attached',
  why: 'A user, group or role got the permissions of a managed policy. With AdministratorAccess or anything that leads there, whoever controls the identity controls the account. It is normal in deployments and when people change teams, and then the policy is narrow.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '1.16', '4.4'],
    nist: ['AC-2(4)', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege',
  },
  on: ['iam:AttachUserPolicy', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy'],

  documents(activity) {
    const principal = principalIn(activity);
    const policy = text(activity.request, 'policyArn');
    return [...documentsOfManaged(policy), ...(principal && policy ? [reference.attached(principal, policy)] : [])];
  },

  whose: (activity) => [principalIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const principal = principalIn(activity);
    const policy = text(activity.request, 'policyArn');
    if (!principal || !policy) return undefined;
    const gains = gainsOfAttachment(principal, policy, activity, known);
    return {
      target: { kind: 'attached-policy', principal, policy },
      because: `${activity.actor.name} ${verb(activity, 'attached', 'attach')} ${policy} to ${nameOfPrincipal(principal)}: ${clauseOf(gains)}`,
      doubt:
        known.document(reference.attached(principal, policy))?.attached === true
          ? 'it was attached before, as far as is known'
          : undefined,
      factors: grantFactors(gains, isSelf(activity, principal)),
    };
  },

  remedy: detachPolicy,
  automatic: true,

  examples: {
    'alice makes bob an administrator': {
      event: did(user('alice'), 'iam:AttachUserPolicy', {
        userName: 'bob',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
      finds:
        'alice attached arn:aws:iam::aws:policy/AdministratorAccess to user bob: bob can now do everything on every resource (AdministratorAccess)',
    },
    'a deployment attaches a narrow policy': {
      event: did(role('deploy', 'ci-42'), 'iam:AttachRolePolicy', {
        roleName: 'web',
        policyArn: 'arn:aws:iam::111122223333:policy/web',
      }),
      documents: {
        'granted/arn:aws:iam::111122223333:policy/web': {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::web/*' }],
        },
      },
      finds:
        'role deploy (session ci-42) attached arn:aws:iam::111122223333:policy/web to role web: role web can now use s3:GetObject on arn:aws:s3:::web/*',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:AttachUserPolicy', { userName: 'bob' }),
    },
  },
} satisfies Rule;
