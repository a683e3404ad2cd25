import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A thief tries out whether a stolen key may use models, with calls that are meant to fail.
export default {
  id: 'bedrock-model-invoked',
  title: 'Foundation model invoked',
  why: 'A foundation model of Bedrock was used, or somebody tried to. Applications do this all day with roles, and it is only kept on record. A long-term key that is refused, or that sends requests which cannot be valid, is what it looks like when a thief finds out what a key is good for before selling it; a developer who learns the API looks alike.',
  severity: 'info',
  maps: {
    mitre: ['T1496.004', 'T1526'],
    cis: [],
    nist: ['AC-6', 'AU-12', 'SI-4'],
    pci: ['7.2.1', '10.2.1.4'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'models are used by roles, and only those that are needed',
  },
  on: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:Converse', 'bedrock:ConverseStream'],

  detect(activity) {
    const model = text(activity.request, 'modelId');
    return {
      target: resourceTarget('foundation model', model),
      because: `${activity.actor.name} ${verb(activity, 'invoked', 'invoke')} ${called('foundation model', model)}`,
      factors: probeFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory finds out what a key is good for': {
      event: did(
        user('mallory'),
        'bedrock:InvokeModel',
        { modelId: 'anthropic.claude-sonnet-4-20250514-v1:0' },
        { error: 'ValidationException' },
      ),
      finds: 'mallory tried to invoke foundation model anthropic.claude-sonnet-4-20250514-v1:0',
    },
    'an application asks': {
      event: did(role('chat', 'i-01'), 'bedrock:ConverseStream', { modelId: 'amazon.nova-lite-v1:0' }),
      finds: 'role chat (session i-01) invoked foundation model amazon.nova-lite-v1:0',
    },
    'an application asks too often, and the record shows nothing': {
      event: did(role('chat', 'i-01'), 'bedrock:Converse', null, { error: 'ThrottlingException' }),
      finds: 'role chat (session i-01) tried to invoke a foundation model that the record does not name',
    },
    'an agent is invoked': {
      event: did(user('alice'), 'bedrock:InvokeAgent', { agentId: 'A1' }),
    },
  },
} satisfies Rule;

/** Makes up for the points that a failed call is less, so that the attempt is seen. */
function probeFactors({ actor, failed }: Activity): Factor[] {
  if (!actor.longTerm || !failed || !/^(AccessDenied|ValidationException)/.test(failed.code)) return [];
  return [{ id: 'probe', points: 40, because: 'stolen keys are tried out with calls that fail' }];
}
