import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Who administers the monitoring of the organization can also silence it, in every account at once.
export default {
  id: 'security-administrator-registered',
  title: 'Account made administrator of a monitoring service',
  why: 'An account was made the delegated administrator of CloudTrail, GuardDuty, Security Hub, Macie, Inspector, Detective or Firewall Manager for the whole organization. Whoever controls that account may stop trails and detectors everywhere. It is normal once, when the organization is set up, and the account is its security account.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1562.001', 'T1562.008'],
    cis: ['4.5', '4.15', '4.16'],
    nist: ['AC-5', 'AC-6', 'AU-9(4)'],
    pci: ['7.2.1', '10.3.1'],
    hipaa: ['164.308(a)(2)', '164.312(b)'],
    practice: 'one security account administers monitoring, and nobody works there every day',
  },
  on: [
    'cloudtrail:RegisterOrganizationDelegatedAdmin',
    'guardduty:EnableOrganizationAdminAccount',
    'securityhub:EnableOrganizationAdminAccount',
    'macie2:EnableOrganizationAdminAccount',
    'inspector2:EnableDelegatedAdminAccount',
    'detective:EnableOrganizationAdminAccount',
    'fms:AssociateAdminAccount',
  ],

  detect(activity, known) {
    const account = KEYS.map((each) => text(activity.request, each)).find((each) => each !== undefined);
    const isKnown = account !== undefined && known.accounts.has(account);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'made', 'make')} ${account ? `account ${account}` : 'an account'} administrator of ${activity.name.split(':')[0]}`,
      factors: isKnown ? [] : [{ id: 'stranger', points: 20, because: 'the settings do not know the account' }],
    };
  },

  automatic: false,

  examples: {
    'mallory puts the trails into other hands': {
      event: did(user('mallory'), 'cloudtrail:RegisterOrganizationDelegatedAdmin', { memberAccountId: OUTSIDE }),
      finds: 'mallory made account 999988887777 administrator of cloudtrail',
    },
    'a deployment delegates, and may not': {
      event: did(
        role('deploy', 'ci-42'),
        'guardduty:EnableOrganizationAdminAccount',
        { adminAccountId: '444455556666' },
        { error: 'BadRequestException' },
      ),
      finds: 'role deploy (session ci-42) tried to make account 444455556666 administrator of guardduty',
    },
    'the record does not name the account': {
      event: did(user('alice'), 'inspector2:EnableDelegatedAdminAccount', {}),
      finds: 'alice made an account administrator of inspector2',
    },
    'another service is delegated': {
      event: did(user('alice'), 'ipam:EnableOrganizationAdminAccount', { adminAccountId: OUTSIDE }),
    },
  },
} satisfies Rule;

/** Every service calls it differently. */
const KEYS = ['memberAccountId', 'adminAccountId', 'delegatedAdminAccountId', 'accountId', 'adminAccount'];
