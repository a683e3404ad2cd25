import type { Rule } from '../core/rule.ts';
import { howSignedIn, silentMfaFactor } from '../core/sign-in.ts';
import { did, root, user } from '../events/did.ts';

// Root can do everything, cannot be limited from inside the account, and should sign in a few times a year at most.
export default {
  id: 'root-login',
  title: 'Root signed in',
  why: 'Somebody signed in to the console as the root user, with its password. Nothing in the account can limit root. It is normal for the handful of tasks that only root can do (closing the account, restoring a locked-out administrator), announced beforehand and with MFA; without MFA the password alone opened everything.',
  severity: 'medium',
  maps: {
    mitre: ['T1078.004'],
    cis: ['1.5', '1.7', '4.3'],
    nist: ['AC-2', 'AC-6(9)', 'IA-2(1)'],
    pci: ['8.2.2', '8.4.2', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(d)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['signin:ConsoleLogin'],

  detect(activity) {
    if (activity.actor.kind !== 'root' || activity.failed) return undefined;
    return {
      target: { kind: 'account' },
      because: `root signed in to the console ${howSignedIn(activity)}`,
      factors: silentMfaFactor(activity),
    };
  },

  automatic: false,

  examples: {
    'root signs in with the password alone': {
      event: did(root, 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed: 'No' },
      }),
      finds: 'root signed in to the console without MFA',
    },
    'root signs in with its MFA device': {
      event: did(root, 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MobileVersion: 'No', MFAUsed: 'Yes' },
      }),
      finds: 'root signed in to the console with MFA',
    },
    'root signs in, and the record is cut': {
      event: did(root, 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
      finds: 'root signed in to the console and the record does not say whether with MFA',
    },
    'the password was wrong: another rule': {
      event: did(root, 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        extra: { MFAUsed: 'No' },
        record: { errorMessage: 'Failed authentication' },
      }),
    },
    'alice signs in': {
      event: did(user('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'Yes' },
      }),
    },
  },
} satisfies Rule;
