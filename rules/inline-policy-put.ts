import { gainsOfStep } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import { overwritesQuarantine } from '../core/removal.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';
import removeInlinePolicy from '../remediations/remove-inline-policy.ts';

// Permissions written into the identity itself: no list of policies shows them, so intruders like them.
export default {
  id: 'inline-policy-put',
  title: 'Inline policy written',
  why: 'A user, group or role got permissions through a policy that is part of it. Nobody sees them in the list of managed policies, which is why intruders write administrator rights this way. It is normal in deployments that give a role just what it needs, and then the policy is narrow.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '1.16', '4.4'],
    nist: ['AC-2(4)', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'managed policies and least privilege',
  },
  on: ['iam:PutUserPolicy', 'iam:PutGroupPolicy', 'iam:PutRolePolicy'],

  documents(activity) {
    const principal = principalIn(activity);
    const policy = text(activity.request, 'policyName');
    return principal && policy ? [reference.inline(principal, policy)] : [];
  },

  whose: (activity) => [principalIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const principal = principalIn(activity);
    const policy = text(activity.request, 'policyName');
    if (!principal || !policy) return undefined;
    const written = document(activity.request, 'policyDocument');
    const former = known.document(reference.inline(principal, policy));
    const overwritten = overwritesQuarantine(policy, written);
    const step = { reference: reference.inline(principal, policy), former, written };
    const gains = gainsOfStep(principal, step, activity, known);
    // Without the former document the remedy would delete what is left, and finish what the intruder began.
    const isUnclear = overwritten.length > 0 && !former;
    return {
      target: isUnclear
        ? { kind: 'principal', principal }
        : { kind: 'inline-policy', principal, policy, document: written, former },
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} inline policy ${policy} of ${nameOfPrincipal(principal)}: ${clauseOf(gains)}`,
      factors: overwritten.length > 0 ? overwritten : grantFactors(gains, isSelf(activity, principal)),
    };
  },

  remedy: removeInlinePolicy,
  automatic: true,

  examples: {
    'alice makes herself an administrator': {
      event: did(user('alice'), 'iam:PutUserPolicy', {
        userName: 'alice',
        policyName: 'all',
        policyDocument: JSON.stringify(allows('*', '*')),
      }),
      finds: 'alice wrote inline policy all of user alice: alice can now do everything on every resource',
    },
    'a deployment writes what it wrote before': {
      event: did(role('deploy', 'ci-42'), 'iam:PutRolePolicy', {
        roleName: 'web',
        policyName: 'read',
        policyDocument: JSON.stringify(allows('iam:*', '*')),
      }),
      documents: { 'inline/role/web/read': allows('iam:*', '*') },
      finds: 'role deploy (session ci-42) wrote inline policy read of role web: no new access',
    },
    'a group gets to read one bucket': {
      event: did(user('alice'), 'iam:PutGroupPolicy', {
        groupName: 'readers',
        policyName: 'read',
        policyDocument: JSON.stringify(allows('s3:GetObject', 'arn:aws:s3:::reports/*')),
      }),
      finds:
        'alice wrote inline policy read of group readers: whoever is in group readers can now use s3:GetObject on arn:aws:s3:::reports/*',
    },
    'the quarantine of an intruder is emptied by overwriting it': {
      event: did(user('mallory'), 'iam:PutUserPolicy', {
        userName: 'mallory',
        policyName: 'iam-guardrail-quarantine',
        policyDocument: JSON.stringify({ Statement: { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' } }),
      }),
      documents: {
        'inline/user/mallory/iam-guardrail-quarantine': {
          Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
        },
      },
      finds: 'mallory wrote inline policy iam-guardrail-quarantine of user mallory: no new access',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:PutUserPolicy', { userName: 'bob' }),
    },
  },
} satisfies Rule;

function allows(action: string, resource: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}
