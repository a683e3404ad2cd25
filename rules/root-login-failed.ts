import type { Rule } from '../core/rule.ts';
import { did, root, user } from '../events/did.ts';

// Root signs in so rarely that a wrong password is news: somebody knows the address and tries the rest.
export default {
  id: 'root-login-failed',
  title: 'Root sign-in failed',
  why: "Somebody tried to sign in to the console as the root user and failed. Whoever did it knows the account's root e-mail address. It is normal when an administrator mistypes the password and a successful sign-in follows from the same address; repeated failures, or one from an unknown network, are guessing.",
  severity: 'high',
  maps: {
    mitre: ['T1110', 'T1078.004'],
    cis: ['1.7', '4.3', '4.6'],
    nist: ['AC-7', 'SI-4'],
    pci: ['8.3.4', '10.2.1.4'],
    hipaa: ['164.308(a)(6)(ii)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['signin:ConsoleLogin'],

  detect(activity) {
    if (activity.actor.kind !== 'root' || !activity.failed) return undefined;
    return { target: { kind: 'account' }, because: 'root tried to sign in to the console and failed' };
  },

  automatic: false,

  examples: {
    'somebody guesses the root password': {
      event: did(root, 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        extra: { MobileVersion: 'No', MFAUsed: 'No' },
        record: { errorMessage: 'Failed authentication' },
      }),
      finds: 'root tried to sign in to the console and failed',
    },
    'a failure without a message': {
      event: did(root, 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Failure' } }),
      finds: 'root tried to sign in to the console and failed',
    },
    'root signs in: another rule': {
      event: did(root, 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'Yes' },
      }),
    },
    'alice mistypes her password': {
      event: did(user('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        record: { errorMessage: 'Failed authentication' },
      }),
    },
  },
} satisfies Rule;
