import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Without its guardrail a model answers what it would have refused.
export default {
  id: 'model-guardrail-deleted',
  title: 'Guardrail of a model deleted',
  why: 'A guardrail of Bedrock was deleted, or the rule that forces one on the whole account. Models then answer what the guardrail refused, and pass on the personal data that it masked. It is normal when an application gets another guardrail; the account-wide rule has hardly a normal reason to go.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['CM-3', 'SI-4', 'AC-4'],
    pci: ['10.7.2'],
    hipaa: ['164.312(a)(1)'],
    practice: 'guardrails are forced on the account, and made by code',
  },
  on: ['bedrock:DeleteGuardrail', 'bedrock:DeleteEnforcedGuardrailConfiguration'],

  detect(activity) {
    const isForced = activity.name === 'bedrock:DeleteEnforcedGuardrailConfiguration';
    const type = isForced ? 'account-wide guardrail' : 'model guardrail';
    const name = text(activity.request, 'guardrailIdentifier') ?? text(activity.request, 'configId');
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called(type, name)}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory wants honest answers': {
      event: did(user('mallory'), 'bedrock:DeleteGuardrail', { guardrailIdentifier: 'gr0abc123' }),
      finds: 'mallory deleted model guardrail gr0abc123',
    },
    'for the whole account, refused': {
      event: did(
        role('web', 'i-0abc'),
        'bedrock:DeleteEnforcedGuardrailConfiguration',
        { configId: 'c0abc' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to delete account-wide guardrail c0abc',
    },
    'an old version goes': {
      event: did(user('alice'), 'bedrock:DeleteGuardrail', { guardrailIdentifier: 'gr0abc123', guardrailVersion: '1' }),
      finds: 'alice deleted model guardrail gr0abc123',
    },
    'the record does not name it': {
      event: did(user('mallory'), 'bedrock:DeleteGuardrail', {}),
      finds: 'mallory deleted a model guardrail that the record does not name',
    },
    'a guardrail is made': {
      event: did(user('alice'), 'bedrock:CreateGuardrail', { name: 'polite' }),
    },
  },
} satisfies Rule;

function factorsOf({ name, request }: Activity): Factor[] {
  if (name === 'bedrock:DeleteEnforcedGuardrailConfiguration')
    return [{ id: 'forced', points: 20, because: 'it held for every model call of the account' }];
  const version = text(request, 'guardrailVersion');
  return version ? [{ id: 'version', points: -20, because: `only version ${version} of it is gone` }] : [];
}
