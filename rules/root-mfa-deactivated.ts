import { isRootDevice } from '../core/mfa-device.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, root, user } from '../events/did.ts';

// Without its MFA device root is one password away, and whoever reads root's mail can reset that.
export default {
  id: 'root-mfa-deactivated',
  title: 'MFA of root deactivated',
  why: "An MFA device of the root user was taken off or deleted. If it was the last one, a password, or root's mailbox, is enough to own the account. It is normal when a lost or worn device is replaced, and then a new one is enabled within minutes; anything else means that somebody is opening the door.",
  severity: 'critical',
  maps: {
    mitre: ['T1556.006', 'T1078.004'],
    cis: ['1.5', '1.6', '4.3'],
    nist: ['AC-6(9)', 'IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(d)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['iam:DeactivateMFADevice', 'iam:DeleteVirtualMFADevice'],

  detect(activity) {
    if (!isRootDevice(activity)) return undefined;
    const deleted = activity.name === 'iam:DeleteVirtualMFADevice';
    const how = deleted ? verb(activity, 'deleted', 'delete') : verb(activity, 'deactivated', 'deactivate');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${how} an MFA device of root`,
    };
  },

  automatic: false,

  examples: {
    'root takes its device off': {
      event: did(root, 'iam:DeactivateMFADevice', {
        userName: 'AWS ROOT USER',
        serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      }),
      finds: 'root deactivated an MFA device of root',
    },
    "an administrator deletes root's device": {
      event: did(user('alice'), 'iam:DeleteVirtualMFADevice', {
        serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      }),
      finds: 'alice deleted an MFA device of root',
    },
    "root's passkey": {
      event: did(root, 'iam:DeactivateMFADevice', {
        serialNumber: 'arn:aws:iam::111122223333:u2f/root-account/office-ABCDEFGHIJKLMNOP',
      }),
      finds: 'root deactivated an MFA device of root',
    },
    "root takes bob's device off: another rule": {
      event: did(root, 'iam:DeactivateMFADevice', {
        userName: 'bob',
        serialNumber: 'arn:aws:iam::111122223333:mfa/bob',
      }),
    },
    'alice takes her own device off': {
      event: did(user('alice'), 'iam:DeactivateMFADevice', {
        userName: 'alice',
        serialNumber: 'arn:aws:iam::111122223333:mfa/alice',
      }),
    },
  },
} satisfies Rule;
