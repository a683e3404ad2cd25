import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// An account that leaves its watchers keeps its own alarms, which the intruder can then turn off at leisure.
export default {
  id: 'security-administrator-left',
  title: 'Account left those who watch it',
  why: 'This account left the administrator account of GuardDuty, Security Hub, Macie or Detective. The security team no longer sees its findings and cannot keep its detector on, so whoever rules here may turn off everything else unseen. It is normal only while an account moves to another organization.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['SI-4', 'AU-6(4)', 'IR-5'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'membership is managed by the organization, and a control policy forbids leaving',
  },
  on: [
    'guardduty:DisassociateFromMasterAccount',
    'guardduty:DisassociateFromAdministratorAccount',
    'securityhub:DisassociateFromMasterAccount',
    'securityhub:DisassociateFromAdministratorAccount',
    'macie2:DisassociateFromMasterAccount',
    'macie2:DisassociateFromAdministratorAccount',
    'detective:DisassociateMembership',
  ],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} the account away from its administrator in ${activity.name.split(':')[0]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory slips away': {
      event: did(user('mallory'), 'guardduty:DisassociateFromAdministratorAccount', { detectorId: '12abc' }),
      finds: 'mallory took the account away from its administrator in guardduty',
    },
    'the organization does not let go': {
      event: did(
        role('web', 'i-0abc'),
        'guardduty:DisassociateFromMasterAccount',
        { detectorId: '12abc' },
        { error: 'BadRequestException' },
      ),
      finds: 'role web (session i-0abc) tried to take the account away from its administrator in guardduty',
    },
    'Security Hub asks for nothing': {
      event: did(user('mallory'), 'securityhub:DisassociateFromAdministratorAccount', {}),
      finds: 'mallory took the account away from its administrator in securityhub',
    },
    'an account accepts': {
      event: did(user('alice'), 'guardduty:AcceptAdministratorInvitation', { detectorId: '12abc' }),
    },
  },
} satisfies Rule;
