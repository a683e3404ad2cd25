import { gainsOfStep } from '../core/gains.ts';
import { newsOf } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import { liftsQuarantine, removalFactors } from '../core/removal.ts';
import type { Rule } from '../core/rule.ts';
import { principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Housekeeping in most cases; but the quarantine that holds an intruder is an inline policy, too.
export default {
  id: 'inline-policy-deleted',
  title: 'Inline policy deleted',
  why: 'A user, group or role lost a policy that was part of it. Mostly that takes permissions away. Where the policy only denied, it sets somebody free; and where it was the quarantine of this guardrail, somebody undoes a containment without asking: treat whoever did it as the intruder until the opposite is shown.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1562'],
    cis: ['4.4'],
    nist: ['AC-2(4)', 'AC-6', 'IR-4'],
    pci: ['7.2.2', '10.2.1.5', '12.10.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.308(a)(6)(ii)'],
    practice: 'containment is lifted by those who ordered it',
  },
  on: ['iam:DeleteUserPolicy', 'iam:DeleteGroupPolicy', 'iam:DeleteRolePolicy'],

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
    const former = known.document(reference.inline(principal, policy));
    const lifts = liftsQuarantine(policy);
    const step = { reference: reference.inline(principal, policy), former, written: null };
    const gains = gainsOfStep(principal, step, activity, known);
    return {
      target: { kind: 'inline-policy', principal, policy, document: undefined, former },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} inline policy ${policy} of ${nameOfPrincipal(principal)}${newsOf(gains)}`,
      factors: lifts.length > 0 ? lifts : removalFactors(former, gains),
    };
  },

  automatic: false,

  examples: {
    'mallory takes the quarantine off': {
      event: did(user('mallory'), 'iam:DeleteUserPolicy', { userName: 'bob', policyName: 'iam-guardrail-quarantine' }),
      finds: 'mallory deleted inline policy iam-guardrail-quarantine of user bob',
    },
    'a policy that only denied': {
      event: did(user('alice'), 'iam:DeleteRolePolicy', { roleName: 'ci', policyName: 'no-iam' }),
      documents: {
        'inline/role/ci/no-iam': { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] },
      },
      finds: 'alice deleted inline policy no-iam of role ci',
    },
    'a deployment removes what a role needs no more': {
      event: did(role('deploy', 'ci-42'), 'iam:DeleteRolePolicy', { roleName: 'web', policyName: 'read' }),
      documents: {
        'inline/role/web/read': { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
      },
      finds: 'role deploy (session ci-42) deleted inline policy read of role web',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:DeleteGroupPolicy', { groupName: 'readers' }),
    },
  },
} satisfies Rule;
