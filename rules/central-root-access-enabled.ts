import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';

// One account gets a handle on the root user of every other.
export default {
  id: 'central-root-access-enabled',
  title: 'Central root access enabled',
  why: 'The management account may from now on open root sessions in the member accounts of the organization, or remove and restore the credentials of their root users. It is what AWS recommends, set up once. Whoever then holds the management account, or the account that it delegates this to, has a way to root of all the others.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1548.005', 'T1078.004'],
    cis: ['1.7', '4.15'],
    nist: ['AC-2', 'AC-6(2)', 'AC-6(5)'],
    pci: ['7.2.1', '8.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'root of the member accounts is managed in one place, by few',
  },
  on: ['iam:EnableOrganizationsRootSessions', 'iam:EnableOrganizationsRootCredentialsManagement'],

  detect(activity) {
    const sessions = activity.name === 'iam:EnableOrganizationsRootSessions';
    const what = sessions
      ? 'root sessions in member accounts'
      : 'the management of root credentials in member accounts';
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'enabled', 'enable')} ${what}`,
      factors: sessions ? [SESSIONS] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory gets ready to become root elsewhere': {
      event: did(user('mallory'), 'iam:EnableOrganizationsRootSessions', null, {
        response: { organizationId: 'o-a1b2c3d4e5', enabledFeatures: ['RootSessions'] },
      }),
      finds: 'mallory enabled root sessions in member accounts',
    },
    'ana sets up the organization': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'iam:EnableOrganizationsRootCredentialsManagement', null, {
        response: { organizationId: 'o-a1b2c3d4e5', enabledFeatures: ['RootCredentialsManagement'] },
      }),
      finds: 'ana@example.com enabled the management of root credentials in member accounts',
    },
    'a member account may not': {
      event: did(role('build', 'ci-42'), 'iam:EnableOrganizationsRootSessions', null, {
        error: 'CallerIsNotManagementAccount',
      }),
      finds: 'role build (session ci-42) tried to enable root sessions in member accounts',
    },
    'it is switched off: another rule': {
      event: did(user('alice'), 'iam:DisableOrganizationsRootSessions', null, {
        response: { organizationId: 'o-a1b2c3d4e5', enabledFeatures: [] },
      }),
    },
  },
} satisfies Rule;

const SESSIONS = { id: 'sessions', points: 20, because: 'with them one call makes root of any member account' };
