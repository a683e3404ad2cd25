import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// GuardDuty is the alarm that intruders know best: they look for its switch.
export default {
  id: 'detector-deleted',
  title: 'GuardDuty detector deleted',
  why: 'The GuardDuty detector of a region was deleted, with all its findings, archived ones too. Nothing there notices stolen credentials, miners or connections to known attackers any more. There is hardly a normal reason: a region that is not used is closed by a policy of the organization, and its detector stays.',
  severity: 'critical',
  maps: {
    mitre: ['T1562.001', 'T1070'],
    cis: [],
    nist: ['SI-4', 'IR-4', 'AU-6'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'GuardDuty in every account and region, administered from elsewhere',
  },
  on: ['guardduty:DeleteDetector'],

  detect(activity) {
    const detector = text(activity.request, 'detectorId');
    return {
      target: resourceTarget('GuardDuty detector', detector),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('GuardDuty detector', detector)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the alarm off the wall': {
      event: did(user('mallory'), 'guardduty:DeleteDetector', { detectorId: '12abc34d567e8fa901bc2d34e56789f0' }),
      finds: 'mallory deleted GuardDuty detector 12abc34d567e8fa901bc2d34e56789f0',
    },
    'the administrator account keeps it': {
      event: did(
        role('web', 'i-0abc'),
        'guardduty:DeleteDetector',
        { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
        { error: 'BadRequestException' },
      ),
      finds: 'role web (session i-0abc) tried to delete GuardDuty detector 12abc34d567e8fa901bc2d34e56789f0',
    },
    'the record does not name it': {
      event: did(user('mallory'), 'guardduty:DeleteDetector', { detectorId: null }),
      finds: 'mallory deleted a GuardDuty detector that the record does not name',
    },
    'a detector of fraud, another service': {
      event: did(user('alice'), 'frauddetector:DeleteDetector', { detectorId: 'payments' }),
    },
    'a detector is made': {
      event: did(role('deploy', 'ci-42'), 'guardduty:CreateDetector', { enable: true }),
    },
  },
} satisfies Rule;
