import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// People register their own devices; a device for somebody else is in the wrong hands.
export default {
  id: 'directory-mfa-device-registered',
  title: 'MFA device of an Identity Center user registered',
  why: 'An MFA device was registered for a user of IAM Identity Center. Each person does that once or twice, for themselves, after the sign-in. Where it is done for somebody else, or right after a password was reset, the second factor lies in the hands of the one who did it, who then passes for the user in every account.',
  severity: 'info',
  maps: {
    mitre: ['T1098.005', 'T1556.006'],
    cis: ['1.10'],
    nist: ['AC-2(4)', 'IA-2(1)', 'IA-5'],
    pci: ['8.3.1', '8.4.2'],
    hipaa: ['164.312(d)'],
    practice: 'people register their own devices, and are told about each',
  },
  on: ['sso-directory:CompleteVirtualMfaDeviceRegistration', 'sso-directory:CompleteWebAuthnDeviceRegistration'],

  detect(activity) {
    const id = text(activity.request, 'userId');
    return {
      target: resourceTarget('Identity Center user', id),
      because: `${activity.actor.name} ${verb(activity, 'registered', 'register')} an MFA device for ${id ? `user ${id}` : 'a user that the record does not name'} in Identity Center`,
      factors: isOther(activity, id) ? [{ id: 'other', points: 30, because: 'the device is for somebody else' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory has a device for an administrator': {
      event: did(user('mallory'), 'sso-directory:CompleteVirtualMfaDeviceRegistration', {
        identityStoreId: 'd-1111222233',
        userId: '906abc',
      }),
      finds: 'mallory registered an MFA device for user 906abc in Identity Center',
    },
    'bob registers his security key': {
      event: did(
        { type: 'IdentityCenterUser', accountId: '111122223333', onBehalfOf: { userId: '906bob' } },
        'sso-directory:CompleteWebAuthnDeviceRegistration',
        { userId: '906bob' },
      ),
      finds: '906bob registered an MFA device for user 906bob in Identity Center',
    },
    'a record without content, of a call that failed': {
      event: did(role('web', 'i-1'), 'sso-directory:CompleteVirtualMfaDeviceRegistration', null, {
        error: 'ValidationException',
      }),
      finds:
        'role web (session i-1) tried to register an MFA device for a user that the record does not name in Identity Center',
    },
    'the registration only starts': {
      event: did(user('alice'), 'sso-directory:StartVirtualMfaDeviceRegistration', { userId: '906abc' }),
    },
  },
} satisfies Rule;

/** People come without a role session, from the portal; an IAM identity has no device of its own there. */
function isOther({ actor }: Activity, id: string | undefined): boolean {
  const isPerson = actor.session === undefined && (actor.kind === 'identity-center' || actor.kind === 'unknown');
  return isPerson ? id !== undefined && actor.person !== undefined && id !== actor.person : true;
}
