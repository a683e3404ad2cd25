import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// It was attached nowhere any more; what goes is the way back.
export default {
  id: 'organization-policy-deleted',
  title: 'Policy of the organization deleted',
  why: 'A policy of the organization, or the one that delegates its management to member accounts, was deleted. It limited nobody any more, since AWS deletes only what is attached nowhere; but who detached a guardrail and wants it to stay off deletes it, too. Look for the detachment before. It is normal when policies are tidied up.',
  severity: 'medium',
  maps: {
    mitre: ['T1666', 'T1562.001', 'T1070'],
    cis: ['4.15'],
    nist: ['AC-3', 'CM-3', 'CM-5'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'policies of the organization live in a repository',
  },
  on: ['organizations:DeletePolicy', 'organizations:DeleteResourcePolicy'],

  detect(activity) {
    const policy = text(activity.request, 'policyId');
    return {
      target: resourceTarget('organization policy', policy),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${isDelegation(activity) ? 'the delegation policy of the organization' : called('organization policy', policy)}`,
      factors: isDelegation(activity)
        ? [{ id: 'less', points: -25, because: 'member accounts can do less in the organization then' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory makes sure that it does not come back': {
      event: did(user('mallory'), 'organizations:DeletePolicy', { policyId: 'p-1' }),
      finds: 'mallory deleted organization policy p-1',
    },
    'it is attached still': {
      event: did(
        role('deploy', 'ci-42'),
        'organizations:DeletePolicy',
        { policyId: 'p-1' },
        { error: 'PolicyInUseException' },
      ),
      finds: 'role deploy (session ci-42) tried to delete organization policy p-1',
    },
    'a delegation ends': {
      event: did(user('alice'), 'organizations:DeleteResourcePolicy', {}),
      finds: 'alice deleted the delegation policy of the organization',
    },
    'a record that does not name the policy': {
      event: did(user('mallory'), 'organizations:DeletePolicy', { policyId: {} }),
      finds: 'mallory deleted an organization policy that the record does not name',
    },
    'a policy of IAM: another rule': {
      event: did(user('alice'), 'iam:DeletePolicy', { policyArn: 'arn:aws:iam::111122223333:policy/web' }),
    },
  },
} satisfies Rule;

function isDelegation({ name }: Activity): boolean {
  return name === 'organizations:DeleteResourcePolicy';
}
