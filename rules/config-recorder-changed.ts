import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, inner, text } from '../events/fields.ts';

// A recorder for one kind of resource is on, and sees nothing of the rest.
export default {
  id: 'config-recorder-changed',
  title: 'Recorder of AWS Config changed',
  why: 'What AWS Config records was set. A recorder that leaves kinds of resources out does not remember how these were before an intruder changed them, and the rules about them judge nothing. It is normal when an account is set up, and where costs are cut by leaving out kinds that change every minute.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1562.008'],
    cis: ['3.3', '4.9'],
    nist: ['AU-12', 'CM-3', 'CM-8'],
    pci: ['10.2.1.6', '10.7.2', '11.5.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'AWS Config records everything in every region',
  },
  on: ['config:PutConfigurationRecorder'],

  detect(activity) {
    const recorder = inner(activity.request, 'configurationRecorder');
    const name = text(recorder, 'name');
    const factor = weight(inner(recorder, 'recordingGroup'));
    return {
      target: resourceTarget('configuration recorder', name),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${called('configuration recorder', name)}: ${factor.because}`,
      factors: [factor],
    };
  },

  automatic: false,

  examples: {
    'mallory leaves one kind of resource': {
      event: did(user('mallory'), 'config:PutConfigurationRecorder', {
        configurationRecorder: {
          name: 'default',
          recordingGroup: { allSupported: false, resourceTypes: ['AWS::ECR::Repository'] },
        },
      }),
      finds: 'mallory set configuration recorder default: it records some kinds of resources only',
    },
    'a kind is left out, and may not be': {
      event: did(
        role('web', 'i-0abc'),
        'config:PutConfigurationRecorder',
        {
          configurationRecorder: {
            name: 'default',
            recordingGroup: {
              allSupported: false,
              exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::Role'] },
              recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
            },
          },
        },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to set configuration recorder default: it leaves kinds of resources out',
    },
    'a deployment sets the account up': {
      event: did(role('deploy', 'ci-42'), 'config:PutConfigurationRecorder', {
        configurationRecorder: {
          name: 'default',
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        },
      }),
      finds: 'role deploy (session ci-42) set configuration recorder default: it records all kinds of resources',
    },
    'a recorder of the wrong type': {
      event: did(user('alice'), 'config:PutConfigurationRecorder', { configurationRecorder: 'default' }),
      finds: 'alice set a configuration recorder that the record does not name: it records all kinds of resources',
    },
    'alice looks': {
      event: did(user('alice'), 'config:DescribeConfigurationRecorders', {}),
    },
  },
} satisfies Rule;

/** Without a group AWS Config records all kinds. */
function weight(group: Fields): Factor {
  const strategy = text(inner(group, 'recordingStrategy'), 'useOnly');
  const left = at(inner(group, 'exclusionByResourceTypes'), 'resourceTypes');
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES' || (Array.isArray(left) && left.length > 0))
    return { id: 'group', points: 15, because: 'it leaves kinds of resources out' };
  if (strategy === 'INCLUSION_BY_RESOURCE_TYPES' || flag(group, 'allSupported') === false)
    return { id: 'group', points: 30, because: 'it records some kinds of resources only' };
  return { id: 'group', points: -15, because: 'it records all kinds of resources' };
}
