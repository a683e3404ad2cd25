import { deviceIn, isRootDevice } from '../core/mfa-device.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// A device must be off before it can be deleted: what remains of a takeover, or of tidying up.
export default {
  id: 'mfa-device-deleted',
  title: 'Virtual MFA device deleted',
  why: 'A virtual MFA device was deleted. IAM deletes only devices that no user has enabled, so the door was opened by the deactivation before it, which is told on its own; the deletion makes sure that the old device cannot come back. It is normal after a phone was replaced, and when the set-up of a device was broken off.',
  severity: 'low',
  maps: {
    mitre: ['T1556.006'],
    cis: ['1.10', '4.4'],
    nist: ['AC-2(4)', 'IA-2(1)'],
    pci: ['8.4.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['iam:DeleteVirtualMFADevice'],

  detect(activity) {
    if (isRootDevice(activity)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${deviceIn(activity)}`,
    };
  },

  automatic: false,

  examples: {
    "alice deletes bob's old device": {
      event: did(user('alice'), 'iam:DeleteVirtualMFADevice', { serialNumber: 'arn:aws:iam::111122223333:mfa/bob' }),
      finds: 'alice deleted MFA device arn:aws:iam::111122223333:mfa/bob',
    },
    'a device that is still in use': {
      event: did(
        role('helpdesk', 'ana'),
        'iam:DeleteVirtualMFADevice',
        { serialNumber: 'arn:aws:iam::111122223333:mfa/bob' },
        { error: 'DeleteConflict' },
      ),
      finds: 'role helpdesk (session ana) tried to delete MFA device arn:aws:iam::111122223333:mfa/bob',
    },
    "root's device: another rule": {
      event: did(user('alice'), 'iam:DeleteVirtualMFADevice', {
        serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      }),
    },
  },
} satisfies Rule;
