import type { Rule } from '../core/rule.ts';
import { failedSignIn } from '../core/sign-in.ts';
import { did, root, user } from '../events/did.ts';

// A person mistypes a password twice; a program that guesses does not stop.
export default {
  id: 'failed-login-burst',
  title: 'Many failed sign-ins from one address',
  why: 'At least five sign-ins to the console or to IAM Identity Center failed within ten minutes from the same address. Somebody guesses passwords, or tries a list that was stolen elsewhere. It is normal when a person has forgotten the password, or for an office behind one address after a change of the sign-in: then the names are known and a successful sign-in follows.',
  severity: 'medium',
  maps: {
    mitre: ['T1110.001', 'T1110.004', 'T1078.004'],
    cis: ['4.6'],
    nist: ['AC-7', 'AU-6', 'SI-4'],
    pci: ['8.3.4', '10.2.1.4'],
    hipaa: ['164.308(a)(5)(ii)(C)', '164.308(a)(6)(ii)'],
    practice: 'people sign in through an identity provider, with MFA',
  },
  on: ['signin:ConsoleLogin', 'signin:CredentialVerification'],

  detect: failedSignIn,

  count: {
    atLeast: 5,
    minutes: 10,
    per: ({ source }) => (source === 'unknown' ? undefined : source),
    says: ({ source }, count) => `${count} sign-ins from ${source} failed within 10 minutes`,
  },

  automatic: false,

  examples: {
    'somebody guesses the password of bob': {
      event: did(user('bob'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        record: { errorMessage: 'Failed authentication' },
      }),
      finds: 'bob tried to sign in from 203.0.113.80 and failed',
    },
    'a name that does not exist': {
      event: did(
        { type: 'IAMUser', accountId: '111122223333', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        'signin:ConsoleLogin',
        null,
        {
          response: { ConsoleLogin: 'Failure' },
          record: { errorMessage: 'No username found in supplied account' },
        },
      ),
      finds: 'an IAM user tried to sign in from 203.0.113.80 and failed',
    },
    'root, which has a rule of its own as well': {
      event: did(root, 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Failure' } }),
      finds: 'root tried to sign in from 203.0.113.80 and failed',
    },
    'a wrong password in Identity Center': {
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
    'bob signs in': {
      event: did(user('bob'), 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
    },
    'a sign-in that says nothing': {
      event: did(user('bob'), 'signin:ConsoleLogin', null),
    },
  },
} satisfies Rule;
