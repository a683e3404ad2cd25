import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Mostly one more guardrail; a wrong one stops everybody at once.
export default {
  id: 'organization-policy-attached',
  title: 'Policy of the organization attached',
  why: 'A policy of the organization was attached to the root, a unit or an account. As a rule something is forbidden then that was allowed before, which is how guardrails come about. Two cases deserve a look: one that denies everything locks out those who could help, and FullAWSAccess beside a list of allowed services makes the list worthless.',
  severity: 'low',
  maps: {
    mitre: ['T1666', 'T1531'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'CM-3'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'policies of the organization change through a reviewed deployment',
  },
  on: ['organizations:AttachPolicy'],

  detect(activity) {
    const policy = text(activity.request, 'policyId');
    const target = text(activity.request, 'targetId');
    return {
      target: resourceTarget('organization policy', policy),
      because: `${activity.actor.name} ${verb(activity, 'attached', 'attach')} ${called('organization policy', policy)} to ${target ?? 'an unknown place'}`,
    };
  },

  automatic: false,

  examples: {
    'FullAWSAccess, beside a list of allowed services': {
      event: did(user('mallory'), 'organizations:AttachPolicy', {
        policyId: 'p-FullAWSAccess',
        targetId: 'ou-ab12-prod',
      }),
      finds: 'mallory attached organization policy p-FullAWSAccess to ou-ab12-prod',
    },
    'a deployment attaches a guardrail': {
      event: did(role('deploy', 'ci-42'), 'organizations:AttachPolicy', { policyId: 'p-1', targetId: 'r-ab12' }),
      finds: 'role deploy (session ci-42) attached organization policy p-1 to r-ab12',
    },
    'a build may not, and does not say what': {
      event: did(role('build', 'ci-42'), 'organizations:AttachPolicy', {}, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to attach an organization policy that the record does not name to an unknown place',
    },
    'a policy of another service': {
      event: did(user('alice'), 'iot:AttachPolicy', { policyName: 'device', target: 'arn:aws:iot:::cert/1' }),
    },
  },
} satisfies Rule;
