import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import restartTrail from '../remediations/restart-trail.ts';

// What is not recorded cannot be seen: the first move of an intruder who knows the field.
export default {
  id: 'trail-stopped',
  title: 'Trail stopped',
  why: 'A CloudTrail trail was told to stop logging. From then on it delivers nothing, and if it is the one that feeds the guardrail, the guardrail is blind as well. There is hardly a normal reason: trails that are out of use are deleted by the deployment that made them, and costs are cut with event selectors.',
  severity: 'critical',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.1', '4.5'],
    nist: ['AU-2', 'AU-9', 'AU-12'],
    pci: ['10.2.1.6', '10.3.2', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'a trail in every account and region, out of reach of its administrators',
  },
  on: ['cloudtrail:StopLogging'],

  detect(activity) {
    const trail = text(activity.request, 'name');
    return {
      target: trail ? { kind: 'trail', trail } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} the logging of ${trail ? `trail ${trail}` : 'a trail'}`,
    };
  },

  remedy: restartTrail,
  automatic: true,

  examples: {
    'mallory turns off the lights': {
      event: did(user('mallory'), 'cloudtrail:StopLogging', { name: 'main' }),
      finds: 'mallory stopped the logging of trail main',
    },
    'a trail by its ARN': {
      event: did(role('deploy', 'ci-42'), 'cloudtrail:StopLogging', {
        name: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
      }),
      finds:
        'role deploy (session ci-42) stopped the logging of trail arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
    },
    'mallory may not': {
      event: did(user('mallory'), 'cloudtrail:StopLogging', { name: 'main' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to stop the logging of trail main',
    },
    'the logging starts': {
      event: did(user('alice'), 'cloudtrail:StartLogging', { name: 'main' }),
    },
  },
} satisfies Rule;
