import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Stolen credentials are sold as access to language models: a model that nobody uses here is unlocked first.
export default {
  id: 'bedrock-model-access-enabled',
  title: 'Access to a foundation model enabled',
  why: 'Somebody unlocked a foundation model of Bedrock: told AWS what it is for, agreed to its terms, or asked for access. It happens once for a model in an account, when a team begins to use it. Thieves of credentials do the same and sell the use of the model, which costs you thousands a day. Somebody with a long-term key is more likely to be one.',
  severity: 'low',
  maps: {
    mitre: ['T1496.004', 'T1578.005'],
    cis: [],
    nist: ['AC-6', 'CM-7', 'SA-9'],
    pci: ['2.2.4', '7.2.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'models that are not in use are denied by a service control policy',
  },
  on: [
    'bedrock:PutUseCaseForModelAccess',
    'bedrock:CreateFoundationModelAgreement',
    'bedrock:PutFoundationModelEntitlement',
  ],

  detect(activity) {
    const model = text(activity.request, 'modelId');
    const [done, tried] = WORDS[activity.name] ?? ['asked for access to', 'ask for access to'];
    return {
      target: model ? { kind: 'resource', type: 'foundation model', name: model } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${model ? `foundation model ${model}` : 'foundation models'}`,
      factors: keyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory unlocks a model with a stolen key': {
      event: did(user('mallory'), 'bedrock:CreateFoundationModelAgreement', {
        modelId: 'anthropic.claude-sonnet-4-20250514-v1:0',
        offerToken: 'token',
      }),
      finds: 'mallory agreed to the terms of foundation model anthropic.claude-sonnet-4-20250514-v1:0',
    },
    'a team begins to use models': {
      event: did(role('platform', 'ana'), 'bedrock:PutUseCaseForModelAccess', {
        formData: 'eyJjb21wYW55TmFtZSI6IngifQ==',
      }),
      finds: 'role platform (session ana) told AWS the use of foundation models',
    },
    'mallory may not, and the record is odd': {
      event: did(user('mallory'), 'bedrock:PutFoundationModelEntitlement', { modelId: 4 }, { error: 'AccessDenied' }),
      finds: 'mallory tried to ask for access to foundation models',
    },
    'access is looked up': {
      event: did(user('alice'), 'bedrock:GetUseCaseForModelAccess', null),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'bedrock:PutUseCaseForModelAccess': ['told AWS the use of', 'tell AWS the use of'],
  'bedrock:CreateFoundationModelAgreement': ['agreed to the terms of', 'agree to the terms of'],
};

function keyFactors({ actor }: Activity): Factor[] {
  if (!actor.longTerm) return [];
  return [
    {
      id: 'long-term',
      points: 10,
      because: 'models are unlocked by people in the console, stolen keys unlock by program',
    },
  ];
}
