import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call detaches every policy of the kind, everywhere; switched on again, they are all gone.
export default {
  id: 'organization-policy-type-disabled',
  title: 'Kind of policies switched off in the organization',
  why: 'A whole kind of policies was switched off in the organization. For service or resource control policies that means that nothing limits any account any more, and AWS forgets where each was attached: switching on again brings none of them back. There is hardly a normal reason for these; kinds that only say how things are tagged or backed up matter less.',
  severity: 'critical',
  maps: {
    mitre: ['T1666', 'T1562.001'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'CM-3', 'CM-5'],
    pci: ['7.2.1', '10.2.1.5', '10.7.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'where each policy is attached is written in code',
  },
  on: ['organizations:DisablePolicyType'],

  detect(activity) {
    const type = text(activity.request, 'policyType');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'switched off', 'switch off')} policies of type ${type ?? 'unknown'} in the organization`,
      factors: kindFactors(type),
    };
  },

  automatic: false,

  examples: {
    'mallory frees everybody from everything': {
      event: did(user('mallory'), 'organizations:DisablePolicyType', {
        rootId: 'r-ab12',
        policyType: 'SERVICE_CONTROL_POLICY',
      }),
      finds: 'mallory switched off policies of type SERVICE_CONTROL_POLICY in the organization',
    },
    'tag policies are given up': {
      event: did(role('deploy', 'ci-42'), 'organizations:DisablePolicyType', {
        rootId: 'r-ab12',
        policyType: 'TAG_POLICY',
      }),
      finds: 'role deploy (session ci-42) switched off policies of type TAG_POLICY in the organization',
    },
    'a build may not, and does not say what': {
      event: did(role('build', 'ci-42'), 'organizations:DisablePolicyType', {}, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to switch off policies of type unknown in the organization',
    },
    'a kind is switched on: another rule': {
      event: did(user('alice'), 'organizations:EnablePolicyType', { policyType: 'SERVICE_CONTROL_POLICY' }),
    },
  },
} satisfies Rule;

/** These say how things are tagged, backed up and rolled out; they forbid nobody anything. */
const HARMLESS = /^(TAG|BACKUP|AISERVICES_OPT_OUT|UPGRADE_ROLLOUT|CHATBOT)_POLICY$/;

function kindFactors(type: string | undefined): Factor[] {
  if (!type || !HARMLESS.test(type)) return [];
  return [{ id: 'kind', points: -60, because: 'policies of this kind do not limit what may be done' }];
}
