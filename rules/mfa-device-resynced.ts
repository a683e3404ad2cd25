import { deviceIn } from '../core/mfa-device.ts';
import type { Rule } from '../core/rule.ts';
import { otherFactor, owned, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { consoleUser, did, role, user } from '../events/did.ts';

// It takes two codes in a row: whoever does it for somebody else has that person's device, or a copy of it.
export default {
  id: 'mfa-device-resynced',
  title: 'MFA device synchronized again',
  why: 'The clock of an MFA device was set right with two codes of it. It changes no access. It is normal with hardware tokens that run slow, and with help desks that do it while the owner reads the codes out. It is kept on record because reading codes out is what callers who pretend to be the help desk ask for.',
  severity: 'info',
  maps: {
    mitre: ['T1556.006', 'T1621'],
    cis: ['1.10'],
    nist: ['IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '10.2.1.5'],
    hipaa: ['164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['iam:ResyncMFADevice'],

  detect(activity) {
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'synchronized', 'synchronize')} ${owned(owner, deviceIn(activity))}`,
      factors: otherFactor(owner, 15, `the device is another user's: two codes of it were known to somebody else`),
    };
  },

  automatic: false,

  examples: {
    "the help desk sets bob's token right": {
      event: did(role('helpdesk', 'ana'), 'iam:ResyncMFADevice', { userName: 'bob', serialNumber: 'GAHT12345678' }),
      finds: 'role helpdesk (session ana) synchronized MFA device GAHT12345678 of bob',
    },
    'alice does it herself': {
      event: did(consoleUser('alice', true), 'iam:ResyncMFADevice', {
        userName: 'alice',
        serialNumber: 'arn:aws:iam::111122223333:mfa/alice',
      }),
      finds: 'alice synchronized their own MFA device arn:aws:iam::111122223333:mfa/alice',
    },
    'wrong codes': {
      event: did(
        user('mallory'),
        'iam:ResyncMFADevice',
        { userName: 'bob', serialNumber: [] },
        { error: 'InvalidAuthenticationCode' },
      ),
      finds: 'mallory tried to synchronize MFA device of bob',
    },
    'alice looks at her devices': {
      event: did(consoleUser('alice', true), 'iam:ListMFADevices', { userName: 'alice' }),
    },
  },
} satisfies Rule;
