import type { Rule } from '../core/rule.ts';
import { failedSignIn } from '../core/sign-in.ts';
import type { Activity } from '../events/activity.ts';
import { did, user } from '../events/did.ts';

// One password for every user locks nobody out, and one of them has chosen it.
export default {
  id: 'passwords-sprayed',
  title: 'Failed sign-ins of several users from one address',
  why: 'Sign-ins of at least four different users failed within ten minutes from the same address. Somebody has a list of names and tries a common password for each, which no lock-out of a single user notices. It is normal for an office behind one address on the day when the sign-in was changed: successful sign-ins follow then.',
  severity: 'medium',
  maps: {
    mitre: ['T1110.003', 'T1078.004'],
    cis: ['4.6'],
    nist: ['AC-7', 'AU-6', 'SI-4'],
    pci: ['8.3.4', '10.2.1.4'],
    hipaa: ['164.308(a)(5)(ii)(C)', '164.308(a)(6)(ii)'],
    practice: 'people sign in through an identity provider, with MFA',
  },
  on: ['signin:ConsoleLogin', 'signin:CredentialVerification'],

  detect(activity) {
    return nameIn(activity) ? failedSignIn(activity) : undefined;
  },

  count: {
    atLeast: 4,
    minutes: 10,
    per: ({ source }) => (source === 'unknown' ? undefined : source),
    distinct: nameIn,
    says: ({ source }, count) => `sign-ins of ${count} different users from ${source} failed within 10 minutes`,
  },

  automatic: false,

  examples: {
    'somebody tries a password for bob': {
      event: did(user('bob'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        record: { errorMessage: 'Failed authentication' },
      }),
      finds: 'bob tried to sign in from 203.0.113.80 and failed',
    },
    'and for ana in Identity Center': {
      event: did(
        { type: 'Unknown', accountId: '111122223333', userName: 'ana' },
        'signin:CredentialVerification',
        null,
        {
          record: { eventType: 'AwsServiceEvent', serviceEventDetails: { CredentialVerification: 'Failure' } },
        },
      ),
      finds: 'ana tried to sign in from 203.0.113.80 and failed',
    },
    'a name that does not exist is not told, and not counted': {
      event: did(
        { type: 'IAMUser', accountId: '111122223333', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        'signin:ConsoleLogin',
        null,
        {
          response: { ConsoleLogin: 'Failure' },
          record: { errorMessage: 'No username found in supplied account' },
        },
      ),
    },
    'bob signs in': {
      event: did(user('bob'), 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
    },
  },
} satisfies Rule;

/** Whose sign-in; CloudTrail hides a name that does not exist, since it may be a password. */
function nameIn({ actor, hidden }: Activity): string | undefined {
  return hidden.includes('userName') || hidden.includes('userIdentity') ? undefined : actor.name;
}
