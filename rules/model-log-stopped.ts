import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// Stolen credentials are used for models more and more; without this log nobody sees for what.
export default {
  id: 'model-log-stopped',
  title: 'Log of model invocations stopped',
  why: 'The log of what is asked of models in Bedrock, and what they answer, was turned off for the region. Whoever uses models with stolen credentials, for thousands a day, turns it off first or looks whether it is on. It is normal when nobody uses models there any more. Look at the invocations and the costs since.',
  severity: 'high',
  maps: {
    mitre: ['T1562.008', 'T1496'],
    cis: [],
    nist: ['AU-2', 'AU-12', 'SI-4'],
    pci: ['10.2.1.6', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'what models are asked is logged, in every region that may be used',
  },
  on: ['bedrock:DeleteModelInvocationLoggingConfiguration'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} the log of model invocations in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory asks without witnesses': {
      event: did(user('mallory'), 'bedrock:DeleteModelInvocationLoggingConfiguration', {}),
      finds: 'mallory stopped the log of model invocations in us-east-1',
    },
    'another region, and no request on record': {
      event: did(user('mallory'), 'bedrock:DeleteModelInvocationLoggingConfiguration', null, { region: 'us-west-2' }),
      finds: 'mallory stopped the log of model invocations in us-west-2',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'bedrock:DeleteModelInvocationLoggingConfiguration',
        {},
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to stop the log of model invocations in us-east-1',
    },
    'mallory looks whether it is on': {
      event: did(user('mallory'), 'bedrock:GetModelInvocationLoggingConfiguration', null),
    },
  },
} satisfies Rule;
