import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// The root users of the member accounts are on their own again, and their passwords can be recovered.
export default {
  id: 'central-root-access-disabled',
  title: 'Central root access disabled',
  why: 'The organization gave up the central hold on the root users of its member accounts. Where their credentials were removed, whoever controls the mail address of such an account can recover its root password again, and nobody can take over from the management account. It is normal next to never: the feature is switched on once and stays.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1098', 'T1078.004'],
    cis: ['1.7', '4.15'],
    nist: ['AC-2', 'AC-6(2)', 'CM-3'],
    pci: ['8.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'root of the member accounts is managed in one place, by few',
  },
  on: ['iam:DisableOrganizationsRootSessions', 'iam:DisableOrganizationsRootCredentialsManagement'],

  detect(activity) {
    const sessions = activity.name === 'iam:DisableOrganizationsRootSessions';
    const what = sessions
      ? 'root sessions in member accounts'
      : 'the management of root credentials in member accounts';
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} ${what}`,
      factors: sessions ? [] : [RECOVERY],
    };
  },

  automatic: false,

  examples: {
    'mallory makes root passwords possible again': {
      event: did(user('mallory'), 'iam:DisableOrganizationsRootCredentialsManagement', null, {
        response: { organizationId: 'o-a1b2c3d4e5', enabledFeatures: ['RootSessions'] },
      }),
      finds: 'mallory disabled the management of root credentials in member accounts',
    },
    'a deployment, and the record has no answer': {
      event: did(role('deploy', 'ci-42'), 'iam:DisableOrganizationsRootSessions', {}),
      finds: 'role deploy (session ci-42) disabled root sessions in member accounts',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:DisableOrganizationsRootSessions', null, { error: 'AccessDenied' }),
      finds: 'bob tried to disable root sessions in member accounts',
    },
    'it is switched on: another rule': {
      event: did(user('alice'), 'iam:EnableOrganizationsRootCredentialsManagement', null, { response: {} }),
    },
  },
} satisfies Rule;

const RECOVERY = { id: 'recovery', points: 10, because: 'root passwords of member accounts can be recovered again' };
