import { clauses, outsiderFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// One that lets everything pass looks like protection, and is set with the same call.
export default {
  id: 'enforced-guardrail-put',
  title: 'Guardrail that Bedrock enforces replaced',
  why: 'Which guardrail applies to every call of a model in the account was set. Replaced by a weaker one, or with models excepted, it no longer keeps prompts and answers within the rules of the house. It is normal when a new version of the guardrail is put in force by those who look after it.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['CM-3', 'CM-6', 'SI-10'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'one guardrail for all calls, put in force by the organization',
  },
  on: ['bedrock:PutEnforcedGuardrailConfiguration'],

  detect(activity, known) {
    const configuration = inner(activity.request, 'guardrailInferenceConfig');
    const guardrail = text(configuration, 'guardrailIdentifier');
    const excepted = strings(at(inner(configuration, 'modelEnforcement'), 'excludedModels'));
    const factors = [...outsiderFactors(guardrail, 15, activity, known), ...(excepted.length > 0 ? [EXCEPTED] : [])];
    return {
      target: resourceTarget('guardrail', guardrail),
      because: `${activity.actor.name} ${verb(activity, 'enforced', 'enforce')} ${called('guardrail', guardrail)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory puts a weaker one in force': {
      event: did(user('mallory'), 'bedrock:PutEnforcedGuardrailConfiguration', {
        guardrailInferenceConfig: {
          guardrailIdentifier: `arn:aws:bedrock:us-east-1:${OUTSIDE}:guardrail/none`,
          modelEnforcement: { excludedModels: ['anthropic.claude'] },
        },
      }),
      finds:
        'mallory enforced guardrail arn:aws:bedrock:us-east-1:999988887777:guardrail/none: account 999988887777 is none that the settings know, and some models are excepted',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'bedrock:PutEnforcedGuardrailConfiguration',
        { guardrailInferenceConfig: { guardrailIdentifier: 'house', guardrailVersion: '3' } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to enforce guardrail house',
    },
    'the request is odd': {
      event: did(user('alice'), 'bedrock:PutEnforcedGuardrailConfiguration', { guardrailInferenceConfig: 'house' }),
      finds: 'alice enforced a guardrail that the record does not name',
    },
    'a guardrail is made': {
      event: did(user('alice'), 'bedrock:CreateGuardrail', { name: 'house' }),
    },
  },
} satisfies Rule;

const EXCEPTED: Factor = { id: 'excepted', points: 10, because: 'some models are excepted' };
