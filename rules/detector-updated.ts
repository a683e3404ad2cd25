import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, isFields, text } from '../events/fields.ts';

// A detector that is suspended, or deaf to a source, is still there when somebody counts detectors.
export default {
  id: 'detector-updated',
  title: 'GuardDuty detector changed',
  why: 'The settings of a GuardDuty detector were changed, for this account or for members. Suspended it finds nothing; without a source such as S3, EKS or malware scans it finds nothing there. It is normal when protections are turned on, or one that costs too much is turned off after a decision.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['SI-4', 'CM-3', 'AU-6'],
    pci: ['10.7.2', '11.5.1', '5.3.5'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(5)(ii)(B)'],
    practice: 'all protections of GuardDuty are on, administered from elsewhere',
  },
  on: ['guardduty:UpdateDetector', 'guardduty:UpdateMemberDetectors'],

  detect(activity) {
    const detector = text(activity.request, 'detectorId');
    const factor = weight(activity.request);
    return {
      target: resourceTarget('GuardDuty detector', detector),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${called('GuardDuty detector', detector)}: ${factor.because}`,
      factors: [factor],
    };
  },

  automatic: false,

  examples: {
    'mallory puts it to sleep': {
      event: did(user('mallory'), 'guardduty:UpdateDetector', { detectorId: '12abc', enable: false }),
      finds: 'mallory changed GuardDuty detector 12abc: it is suspended',
    },
    'mallory does not want S3 to be watched': {
      event: did(role('web', 'i-0abc'), 'guardduty:UpdateDetector', {
        detectorId: '12abc',
        features: [{ name: 'S3_DATA_EVENTS', status: 'DISABLED' }],
      }),
      finds: 'role web (session i-0abc) changed GuardDuty detector 12abc: S3_DATA_EVENTS turned off',
    },
    'members are made deaf, in the old spelling': {
      event: did(
        user('mallory'),
        'guardduty:UpdateMemberDetectors',
        { detectorId: '12abc', accountIds: ['444455556666'], dataSources: { s3Logs: { enable: false } } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to change GuardDuty detector 12abc: s3Logs turned off',
    },
    'alice turns a protection on': {
      event: did(user('alice'), 'guardduty:UpdateDetector', {
        detectorId: '12abc',
        enable: true,
        features: [{ name: 'RUNTIME_MONITORING', status: 'ENABLED' }],
      }),
      finds: 'alice changed GuardDuty detector 12abc: nothing is turned off',
    },
    'features of the wrong type': {
      event: did(user('alice'), 'guardduty:UpdateDetector', { features: 'DISABLED' }),
      finds: 'alice changed a GuardDuty detector that the record does not name: nothing is turned off',
    },
    'a detector is deleted: another rule': {
      event: did(user('mallory'), 'guardduty:DeleteDetector', { detectorId: '12abc' }),
    },
  },
} satisfies Rule;

function weight(request: Fields): Factor {
  if (flag(request, 'enable') === false) return { id: 'suspended', points: 50, because: 'it is suspended' };
  const off = [...featuresOff(at(request, 'features')), ...sourcesOff(at(request, 'dataSources'), 4)];
  if (off.length > 0) return { id: 'features', points: 40, because: `${off.slice(0, 3).join(', ')} turned off` };
  return { id: 'kept', points: -10, because: 'nothing is turned off' };
}

function featuresOff(value: unknown): string[] {
  const features = Array.isArray(value) ? value.filter(isFields) : [];
  return features
    .filter((each) => text(each, 'status') === 'DISABLED')
    .map((each) => text(each, 'name') ?? 'a protection');
}

/** `{ s3Logs: { enable: false }, kubernetes: { auditLogs: { enable: false } } }`, no deeper than `levels`. */
function sourcesOff(value: unknown, levels: number): string[] {
  if (!isFields(value) || levels === 0) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const isOff = isFields(each) ? flag(each, 'enable') === false : name === 'ebsVolumes' && each === false;
    return isOff ? [name] : sourcesOff(each, levels - 1);
  });
}
