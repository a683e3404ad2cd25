import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// One call, and nothing that the organization forbids or records holds any more in this account.
export default {
  id: 'organization-left',
  title: 'Account left its organization',
  why: 'The account took itself out of the organization. From then on no policy of the organization limits it, the trail of the organization does not record it, and the security account does not see it: an intruder has it to himself, and you pay. It is normal when an account is sold or split off, agreed with the management account beforehand.',
  severity: 'critical',
  maps: {
    mitre: ['T1666', 'T1562.008', 'T1562.001'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'AU-9', 'CM-3'],
    pci: ['7.2.1', '10.3.2', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(B)', '164.312(b)'],
    practice: 'a service control policy that denies organizations:LeaveOrganization',
  },
  on: ['organizations:LeaveOrganization'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} account ${activity.account} out of its organization`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the account for herself': {
      event: did(user('mallory'), 'organizations:LeaveOrganization'),
      finds: 'mallory took account 111122223333 out of its organization',
    },
    'a policy of the organization forbids it': {
      event: did(role('build', 'ci-42'), 'organizations:LeaveOrganization', null, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to take account 111122223333 out of its organization',
    },
    'the record has odd content': {
      event: did(user('mallory'), 'organizations:LeaveOrganization', { accountId: ['?'] }),
      finds: 'mallory took account 111122223333 out of its organization',
    },
    'somebody asks which organization it is': {
      event: did(user('alice'), 'organizations:DescribeOrganization'),
    },
  },
} satisfies Rule;
