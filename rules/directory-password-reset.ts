import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever sees the new password is that user, in all of the user's accounts.
export default {
  id: 'directory-password-reset',
  title: 'Password of an Identity Center user reset',
  why: 'The password of a user of IAM Identity Center was reset. An e-mail to the user is the everyday way. A one-time password is shown to the one who asks for it, who can then sign in as that user in every account that the user has; MFA is all that stands between. It is normal when a help desk knows whom it is talking to.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1531'],
    cis: ['1.10'],
    nist: ['AC-2(4)', 'IA-5', 'IA-5(1)'],
    pci: ['8.3.1', '8.3.3', '8.3.5'],
    hipaa: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
    practice: 'passwords are reset by e-mail, after a proof of identity',
  },
  on: ['sso-directory:UpdatePassword'],

  detect(activity) {
    const id = text(activity.request, 'userId');
    const isShown = text(activity.request, 'passwordMode')?.toUpperCase() === 'OTP';
    const own = id !== undefined && id === activity.actor.person;
    return {
      target: resourceTarget('Identity Center user', id),
      because: `${activity.actor.name} ${verb(activity, 'reset', 'reset')} the password of ${id ? `user ${id}` : 'a user that the record does not name'} in Identity Center`,
      factors: [
        ...(isShown && !own ? [{ id: 'shown', points: 20, because: 'the new password is shown to the actor' }] : []),
        ...(own ? [{ id: 'own', points: -10, because: 'it is their own' }] : []),
      ],
    };
  },

  automatic: false,

  examples: {
    'mallory gets a password that opens the account of an administrator': {
      event: did(user('mallory'), 'sso-directory:UpdatePassword', { userId: '906abc', passwordMode: 'OTP' }),
      finds: 'mallory reset the password of user 906abc in Identity Center',
    },
    'the help desk sends an e-mail': {
      event: did(identityCenter('ana', 'HelpDesk'), 'sso-directory:UpdatePassword', {
        userId: '906abc',
        passwordMode: 'EMAIL',
      }),
      finds: 'ana reset the password of user 906abc in Identity Center',
    },
    'a build may not, and does not say whose': {
      event: did(role('build', 'ci-42'), 'sso-directory:UpdatePassword', {}, { error: 'AccessDenied' }),
      finds:
        'role build (session ci-42) tried to reset the password of a user that the record does not name in Identity Center',
    },
    'a password of IAM: another rule': {
      event: did(user('alice'), 'iam:ChangePassword', null),
    },
  },
} satisfies Rule;
