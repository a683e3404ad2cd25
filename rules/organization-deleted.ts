import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// With the organization go its policies, its trail, its shares and its sign-in.
export default {
  id: 'organization-deleted',
  title: 'Organization deleted',
  why: 'The organization was deleted; its member accounts had been removed before. With it go all of its policies, its trail, what was shared with it, and IAM Identity Center. Nothing brings it back, a new one has another id. There is hardly a normal reason but the end of a test, or of the company.',
  severity: 'critical',
  maps: {
    mitre: ['T1666', 'T1485', 'T1562.008'],
    cis: ['4.15'],
    nist: ['AC-3', 'AU-9', 'CM-3', 'CP-2'],
    pci: ['7.2.1', '10.3.2', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(B)', '164.312(b)'],
    practice: 'nobody works in the management account',
  },
  on: ['organizations:DeleteOrganization'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the organization of account ${activity.account}`,
    };
  },

  automatic: false,

  examples: {
    'mallory ends the organization': {
      event: did(user('mallory'), 'organizations:DeleteOrganization'),
      finds: 'mallory deleted the organization of account 111122223333',
    },
    'it has members still': {
      event: did(role('build', 'ci-42'), 'organizations:DeleteOrganization', null, {
        error: 'OrganizationNotEmptyException',
      }),
      finds: 'role build (session ci-42) tried to delete the organization of account 111122223333',
    },
    'a unit of it is deleted: another rule': {
      event: did(user('alice'), 'organizations:DeleteOrganizationalUnit', { organizationalUnitId: 'ou-ab12-old' }),
    },
    'an organization of another service': {
      event: did(user('alice'), 'workmail:DeleteOrganization', { organizationId: 'm-1' }),
    },
  },
} satisfies Rule;
