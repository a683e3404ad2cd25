import { documentsOfManaged, gainsOfStep } from '../core/gains.ts';
import { newsOf } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import { contentOfManaged, removalFactors } from '../core/removal.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Taking permissions away is housekeeping, unless what goes is the policy that held somebody back.
export default {
  id: 'policy-detached',
  title: 'Managed policy detached',
  why: 'A user, group or role lost a managed policy. Mostly that takes permissions away, as when people change teams. A policy that only denies is a restriction: AWS attaches AWSCompromisedKeyQuarantine to users whose key was found in public, and whoever detaches it before the key is gone sets the key free again.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1562'],
    cis: ['4.4'],
    nist: ['AC-2(4)', 'AC-6', 'IR-4'],
    pci: ['7.2.2', '10.2.1.5', '12.10.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.308(a)(6)(ii)'],
    practice: 'lift a quarantine only after the credential is replaced',
  },
  on: ['iam:DetachUserPolicy', 'iam:DetachGroupPolicy', 'iam:DetachRolePolicy'],

  documents: (activity) => documentsOfManaged(text(activity.request, 'policyArn')),

  whose: (activity) => [principalIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const principal = principalIn(activity);
    const policy = text(activity.request, 'policyArn');
    if (!principal || !policy) return undefined;
    const former = contentOfManaged(policy, known);
    const step = { reference: reference.attached(principal, policy), former, written: null };
    const gains = gainsOfStep(principal, step, activity, known);
    const factors = removalFactors(former, gains);
    const lifts = factors.some((each) => each.id === 'restriction') && isSelf(activity, principal);
    return {
      target: { kind: 'attached-policy', principal, policy },
      because: `${activity.actor.name} ${verb(activity, 'detached', 'detach')} ${policy} from ${nameOfPrincipal(principal)}${newsOf(gains)}`,
      factors: lifts ? [...factors, { id: 'self', points: 10, because: 'it held back the actor itself' }] : factors,
    };
  },

  automatic: false,

  examples: {
    'bob frees himself from the quarantine that AWS put on his leaked key': {
      event: did(user('bob'), 'iam:DetachUserPolicy', {
        userName: 'bob',
        policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
      }),
      finds: 'bob detached arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3 from user bob',
    },
    'a deny of the account is taken off a role': {
      event: did(user('alice'), 'iam:DetachRolePolicy', {
        roleName: 'ci',
        policyArn: 'arn:aws:iam::111122223333:policy/no-iam',
      }),
      documents: {
        'granted/arn:aws:iam::111122223333:policy/no-iam': {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
        },
      },
      finds: 'alice detached arn:aws:iam::111122223333:policy/no-iam from role ci',
    },
    'bob changes teams': {
      event: did(role('deploy', 'ci-42'), 'iam:DetachUserPolicy', {
        userName: 'bob',
        policyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      }),
      finds: 'role deploy (session ci-42) detached arn:aws:iam::aws:policy/AmazonS3FullAccess from user bob',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:DetachUserPolicy', { userName: 'bob' }),
    },
  },
} satisfies Rule;
