import { deviceIn } from '../core/mfa-device.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { type Owner, otherFactor, owned, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { consoleUser, did, root, user } from '../events/did.ts';

// Whoever holds the device is the user from now on; a stranger's device makes the real one a visitor.
export default {
  id: 'mfa-device-enabled',
  title: 'MFA device enabled',
  why: "An MFA device was enabled for an IAM user, and its codes count from now on. It is how people protect themselves, at the console and with their own device. A device that somebody else enables is in somebody else's hands: that person passes every check that asks for MFA. So does an intruder who enables one for the user whose access key they hold.",
  severity: 'info',
  maps: {
    mitre: ['T1098.005', 'T1556.006'],
    cis: ['1.10'],
    nist: ['AC-2(4)', 'IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '8.5.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['iam:EnableMFADevice'],

  detect(activity) {
    const owner = ownerIn(activity);
    if (activity.actor.kind === 'root' && owner.own) return undefined;
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'enabled', 'enable')} ${owned(owner, deviceIn(activity))}`,
      factors: [
        ...otherFactor(owner, 35, `the device is for ${owner.user}: whoever holds it passes for that user`),
        ...keyFactors(owner, activity),
      ],
    };
  },

  automatic: false,

  examples: {
    'mallory enables a device for bob': {
      event: did(user('mallory'), 'iam:EnableMFADevice', {
        userName: 'bob',
        serialNumber: 'arn:aws:iam::111122223333:mfa/bob2',
      }),
      finds: 'mallory enabled MFA device arn:aws:iam::111122223333:mfa/bob2 of bob',
    },
    'alice protects herself': {
      event: did(consoleUser('alice', false), 'iam:EnableMFADevice', {
        userName: 'alice',
        serialNumber: 'arn:aws:iam::111122223333:mfa/alice',
      }),
      finds: 'alice enabled their own MFA device arn:aws:iam::111122223333:mfa/alice',
    },
    'a stolen key enables one': {
      event: did(user('alice'), 'iam:EnableMFADevice', {
        userName: 'alice',
        serialNumber: 'arn:aws:iam::111122223333:mfa/new',
      }),
      finds: 'alice enabled their own MFA device arn:aws:iam::111122223333:mfa/new',
    },
    'wrong codes': {
      event: did(
        consoleUser('alice', false),
        'iam:EnableMFADevice',
        { userName: 'alice' },
        { error: 'InvalidAuthenticationCode' },
      ),
      finds: 'alice tried to enable their own MFA device',
    },
    'root protects itself': {
      event: did(root, 'iam:EnableMFADevice', {
        serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      }),
    },
  },
} satisfies Rule;

function keyFactors(owner: Owner, { actor }: Activity): Factor[] {
  if (!owner.own || !actor.longTerm) return [];
  return [{ id: 'program', points: 25, because: 'an access key did it: people set up MFA at the console' }];
}
