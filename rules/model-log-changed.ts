import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, inner, text } from '../events/fields.ts';

// A log that leaves out the texts shows that something was asked, but not what.
export default {
  id: 'model-log-changed',
  title: 'Log of model invocations set',
  why: 'What is logged of the invocations of models in Bedrock, and where, was set. Without the texts, or without a place to go, the log says nothing of what an intruder asks with stolen credentials. It is normal when logging is set up, and where the texts are too sensitive to be kept.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008', 'T1496'],
    cis: [],
    nist: ['AU-2', 'AU-3', 'AU-12'],
    pci: ['10.2.1.6'],
    hipaa: ['164.312(b)'],
    practice: 'what models are asked is logged, in every region that may be used',
  },
  on: ['bedrock:PutModelInvocationLoggingConfiguration'],

  detect(activity) {
    const factor = weight(inner(activity.request, 'loggingConfig'));
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} the log of model invocations in ${activity.region}: ${factor.because}`,
      factors: [factor],
    };
  },

  automatic: false,

  examples: {
    'mallory leaves out what she asks': {
      event: did(user('mallory'), 'bedrock:PutModelInvocationLoggingConfiguration', {
        loggingConfig: { s3Config: { bucketName: 'model-logs' }, textDataDeliveryEnabled: false },
      }),
      finds: 'mallory set the log of model invocations in us-east-1: texts are left out',
    },
    'a log that goes nowhere, refused': {
      event: did(
        role('web', 'i-0abc'),
        'bedrock:PutModelInvocationLoggingConfiguration',
        { loggingConfig: { textDataDeliveryEnabled: true } },
        { error: 'ValidationException' },
      ),
      finds: 'role web (session i-0abc) tried to set the log of model invocations in us-east-1: it goes nowhere',
    },
    'logging is set up': {
      event: did(role('deploy', 'ci-42'), 'bedrock:PutModelInvocationLoggingConfiguration', {
        loggingConfig: {
          cloudWatchConfig: { logGroupName: 'models', roleArn: 'arn:aws:iam::111122223333:role/models' },
          textDataDeliveryEnabled: true,
        },
      }),
      finds: 'role deploy (session ci-42) set the log of model invocations in us-east-1: texts are logged to models',
    },
    'a configuration of the wrong type': {
      event: did(user('alice'), 'bedrock:PutModelInvocationLoggingConfiguration', { loggingConfig: 'all' }),
      finds: 'alice set the log of model invocations in us-east-1: it goes nowhere',
    },
    'a guardrail is made': {
      event: did(user('alice'), 'bedrock:CreateGuardrail', { name: 'polite' }),
    },
  },
} satisfies Rule;

function weight(config: Fields): Factor {
  const place =
    text(inner(config, 's3Config'), 'bucketName') ?? text(inner(config, 'cloudWatchConfig'), 'logGroupName');
  if (!place) return { id: 'content', points: 30, because: 'it goes nowhere' };
  if (flag(config, 'textDataDeliveryEnabled') === false)
    return { id: 'content', points: 25, because: 'texts are left out' };
  return { id: 'content', points: -15, because: `texts are logged to ${place}` };
}
