import type { Rule } from '../core/rule.ts';
import { howSignedIn, silentMfaFactor } from '../core/sign-in.ts';
import { did, identityCenter, role, user } from '../events/did.ts';

// A password alone is guessed, phished and leaked; the second factor is what turns that into a failed attempt.
export default {
  id: 'console-login-without-mfa',
  title: 'Console sign-in without MFA',
  why: 'An IAM user signed in to the console with nothing but a password. It may be the user, who has no MFA device yet, or anybody who got hold of the password. It is normal on the very first day of a user; after that the user needs a device, or better no IAM user at all. People who sign in through an identity provider have their second factor there and are not meant.',
  severity: 'low',
  maps: {
    mitre: ['T1078.004', 'T1110'],
    cis: ['1.10', '4.2'],
    nist: ['IA-2(1)', 'IA-2(2)'],
    pci: ['8.4.1', '8.4.2'],
    hipaa: ['164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['signin:ConsoleLogin'],

  detect(activity) {
    const { kind, mfa, name } = activity.actor;
    if ((kind !== 'user' && kind !== 'unknown') || activity.failed || mfa === 'yes') return undefined;
    return {
      target: kind === 'user' ? { kind: 'principal', principal: { type: 'user', name } } : { kind: 'account' },
      because: `${name} signed in to the console ${howSignedIn(activity)}`,
      factors: silentMfaFactor(activity),
    };
  },

  automatic: false,

  examples: {
    'alice signs in with her password alone': {
      event: did(withoutKey('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed: 'No' },
      }),
      finds: 'alice signed in to the console without MFA',
    },
    'the record does not say': {
      event: did(withoutKey('alice'), 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
      finds: 'alice signed in to the console and the record does not say whether with MFA',
    },
    'the record does not say who': {
      event: did(user('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'No' },
        record: { userIdentity: null },
      }),
      finds: 'an unknown identity signed in to the console without MFA',
    },
    'alice uses her device': {
      event: did(withoutKey('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'Yes' },
      }),
    },
    'a wrong password': {
      event: did(withoutKey('alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
        extra: { MFAUsed: 'No' },
        record: { errorMessage: 'Failed authentication' },
      }),
    },
    'a person of Identity Center': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'No' },
      }),
    },
    'a federated role': {
      event: did(role('helpdesk', 'ana'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'No' },
      }),
    },
  },
} satisfies Rule;

/** A user at the sign-in page: no key signs a sign-in. */
function withoutKey(name: string) {
  const { accessKeyId: _, ...identity } = user(name);
  return identity;
}
