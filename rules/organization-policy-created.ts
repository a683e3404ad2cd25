import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// It holds nowhere before it is attached; the attachment is judged by itself.
export default {
  id: 'organization-policy-created',
  title: 'Policy of the organization created',
  why: 'Somebody wrote a policy of the organization, switched a kind of policies on, or all features of the organization. Nothing is forbidden or allowed by that until a policy is attached. It is kept so that a policy which takes the place of another can be read together with the detachment; mostly it is the everyday work of a deployment.',
  severity: 'info',
  maps: {
    mitre: ['T1666'],
    cis: ['4.15'],
    nist: ['AC-3', 'CM-3'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'policies of the organization change through a reviewed deployment',
  },
  on: ['organizations:CreatePolicy', 'organizations:EnablePolicyType', 'organizations:EnableAllFeatures'],

  detect(activity) {
    const summary = inner(inner(activity.response, 'policy'), 'policySummary');
    const policy = text(summary, 'id') ?? text(activity.request, 'name');
    const isPolicy = activity.name === 'organizations:CreatePolicy';
    return {
      target: isPolicy ? resourceTarget('organization policy', policy) : { kind: 'account' },
      because: `${activity.actor.name} ${doing(activity)} ${isPolicy ? called('organization policy', policy) : thing(activity)}`,
    };
  },

  automatic: false,

  examples: {
    'a deployment writes a policy': {
      event: did(
        role('deploy', 'ci-42'),
        'organizations:CreatePolicy',
        { name: 'no-regions', type: 'SERVICE_CONTROL_POLICY', content: '{}', description: '' },
        { response: { policy: { policySummary: { id: 'p-2', name: 'no-regions' } } } },
      ),
      finds: 'role deploy (session ci-42) created organization policy p-2',
    },
    'resource control policies are switched on': {
      event: did(user('alice'), 'organizations:EnablePolicyType', {
        rootId: 'r-ab12',
        policyType: 'RESOURCE_CONTROL_POLICY',
      }),
      finds: 'alice switched on policies of type RESOURCE_CONTROL_POLICY',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'organizations:EnableAllFeatures', null, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to switch on all features of the organization',
    },
    'a record without a name': {
      event: did(user('alice'), 'organizations:CreatePolicy', { name: '' }),
      finds: 'alice created an organization policy that the record does not name',
    },
    'a policy of IAM: another rule': {
      event: did(user('alice'), 'iam:CreatePolicy', { policyName: 'web' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  return activity.name === 'organizations:CreatePolicy'
    ? verb(activity, 'created', 'create')
    : verb(activity, 'switched on', 'switch on');
}

function thing({ name, request }: Activity): string {
  if (name === 'organizations:EnableAllFeatures') return 'all features of the organization';
  return `policies of type ${text(request, 'policyType') ?? 'unknown'}`;
}
