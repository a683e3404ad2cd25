import { deviceIn, isRootDevice } from '../core/mfa-device.ts';
import type { Rule } from '../core/rule.ts';
import { otherFactor, owned, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { consoleUser, did, root, user } from '../events/did.ts';

// Without its second factor a user is only a password, which the next call may reset.
export default {
  id: 'mfa-device-deactivated',
  title: 'MFA device deactivated',
  why: 'An MFA device was taken off an IAM user. From then on the password alone signs the user in, unless another device is left, and policies that ask for MFA lock the user out. It is normal when a phone is lost or replaced: an administrator takes the old device off and the user enables a new one soon after. Together with a password reset it is a takeover.',
  severity: 'medium',
  maps: {
    mitre: ['T1556.006', 'T1098'],
    cis: ['1.10', '4.4'],
    nist: ['AC-2(4)', 'IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '8.5.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['iam:DeactivateMFADevice'],

  detect(activity) {
    if (isRootDevice(activity)) return undefined;
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'deactivated', 'deactivate')} ${owned(owner, deviceIn(activity))}`,
      factors: otherFactor(owner, 20, `the device is another user's: a password alone may now sign in ${owner.user}`),
    };
  },

  automatic: false,

  examples: {
    "alice takes bob's device off": {
      event: did(user('alice'), 'iam:DeactivateMFADevice', {
        userName: 'bob',
        serialNumber: 'arn:aws:iam::111122223333:mfa/bob',
      }),
      finds: 'alice deactivated MFA device arn:aws:iam::111122223333:mfa/bob of bob',
    },
    'alice changes phones': {
      event: did(consoleUser('alice', true), 'iam:DeactivateMFADevice', {
        userName: 'alice',
        serialNumber: 'arn:aws:iam::111122223333:mfa/alice',
      }),
      finds: 'alice deactivated their own MFA device arn:aws:iam::111122223333:mfa/alice',
    },
    "root takes bob's device off": {
      event: did(root, 'iam:DeactivateMFADevice', {
        userName: 'bob',
        serialNumber: 'arn:aws:iam::111122223333:mfa/bob',
      }),
      finds: 'root deactivated MFA device arn:aws:iam::111122223333:mfa/bob of bob',
    },
    'root takes its own off: another rule': {
      event: did(root, 'iam:DeactivateMFADevice', {
        serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      }),
    },
  },
} satisfies Rule;
