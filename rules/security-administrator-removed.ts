import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call in the management account, and the security team loses sight of every account.
export default {
  id: 'security-administrator-removed',
  title: 'Administrator of a monitoring service removed',
  why: 'The account that administers CloudTrail, GuardDuty, Security Hub, Macie, Inspector, Detective or Firewall Manager for the organization lost that task. It no longer sees the findings of the other accounts, and cannot keep their detectors on. It is normal only when the task moves to another account, and then that one is registered right afterwards.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001', 'T1562.008'],
    cis: ['4.5', '4.15', '4.16'],
    nist: ['AU-6(4)', 'SI-4', 'IR-5'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(2)', '164.308(a)(6)(ii)', '164.312(b)'],
    practice: 'one security account sees all accounts',
  },
  on: [
    'cloudtrail:DeregisterOrganizationDelegatedAdmin',
    'guardduty:DisableOrganizationAdminAccount',
    'securityhub:DisableOrganizationAdminAccount',
    'macie2:DisableOrganizationAdminAccount',
    'inspector2:DisableDelegatedAdminAccount',
    'detective:DisableOrganizationAdminAccount',
    'fms:DisassociateAdminAccount',
  ],

  detect(activity) {
    const account = KEYS.map((each) => text(activity.request, each)).find((each) => each !== undefined);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} ${account ? `account ${account}` : 'an account'} as administrator of ${activity.name.split(':')[0]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory blinds the security team': {
      event: did(user('mallory'), 'guardduty:DisableOrganizationAdminAccount', { adminAccountId: '444455556666' }),
      finds: 'mallory removed account 444455556666 as administrator of guardduty',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'cloudtrail:DeregisterOrganizationDelegatedAdmin',
        { delegatedAdminAccountId: '444455556666' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to remove account 444455556666 as administrator of cloudtrail',
    },
    'Detective asks for no account': {
      event: did(user('mallory'), 'detective:DisableOrganizationAdminAccount', {}),
      finds: 'mallory removed an account as administrator of detective',
    },
    'an administrator is named': {
      event: did(user('alice'), 'guardduty:EnableOrganizationAdminAccount', { adminAccountId: '444455556666' }),
    },
  },
} satisfies Rule;

/** Every service calls it differently. */
const KEYS = ['delegatedAdminAccountId', 'adminAccountId'];
