import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// AWS Config remembers how everything was: without it nobody can say what an intruder changed.
export default {
  id: 'config-recorder-stopped',
  title: 'Recorder of AWS Config stopped or deleted',
  why: 'The recorder of AWS Config was stopped or deleted. Changes to resources are no longer written down, and the rules that look at them, also those of Security Hub, judge nothing new. It is normal in a test account that saves money, and for a minute while a deployment replaces the recorder. Start it again with StartConfigurationRecorder.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001', 'T1562.008'],
    cis: ['3.3', '4.9'],
    nist: ['AU-12', 'CM-3', 'CM-8', 'SI-4'],
    pci: ['10.2.1.6', '10.7.2', '11.5.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'AWS Config records everything in every region',
  },
  on: [
    'config:StopConfigurationRecorder',
    'config:DeleteConfigurationRecorder',
    'config:DeleteServiceLinkedConfigurationRecorder',
  ],

  detect(activity) {
    const { request } = activity;
    const recorder = text(request, 'configurationRecorderName') ?? text(request, 'servicePrincipal');
    const what =
      activity.name === 'config:StopConfigurationRecorder'
        ? verb(activity, 'stopped', 'stop')
        : verb(activity, 'deleted', 'delete');
    return {
      target: resourceTarget('configuration recorder', recorder),
      because: `${activity.actor.name} ${what} ${called('configuration recorder', recorder)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory stops the memory': {
      event: did(user('mallory'), 'config:StopConfigurationRecorder', { configurationRecorderName: 'default' }),
      finds: 'mallory stopped configuration recorder default',
    },
    'mallory deletes it': {
      event: did(role('web', 'i-0abc'), 'config:DeleteConfigurationRecorder', { configurationRecorderName: 'default' }),
      finds: 'role web (session i-0abc) deleted configuration recorder default',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'config:StopConfigurationRecorder',
        { configurationRecorderName: null },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to stop a configuration recorder that the record does not name',
    },
    'the recorder starts': {
      event: did(user('alice'), 'config:StartConfigurationRecorder', { configurationRecorderName: 'default' }),
    },
  },
} satisfies Rule;
