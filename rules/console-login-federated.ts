import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, federatedUser, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A key cannot open the console, a link made of a key can: without a password, and without the user's MFA device.
export default {
  id: 'console-login-federated',
  title: 'Console opened with a sign-in link',
  why: 'Somebody opened the console with the credentials of a session, by a link, and not with a password or through a directory. With the session of a federated user, behind which stands an access key, it is what intruders do with a stolen key, past the MFA of its owner. With a role it is normal where an organization has a portal of its own.',
  severity: 'low',
  maps: {
    mitre: ['T1078.004', 'T1550.001', 'T1021.007'],
    cis: ['1.10', '4.2'],
    nist: ['AC-17', 'IA-2(1)', 'IA-2(2)'],
    pci: ['8.4.1', '8.4.2', '10.2.1.4'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['signin:ConsoleLogin'],

  detect(activity) {
    const { kind, name } = activity.actor;
    if ((kind !== 'federated' && kind !== 'role') || text(activity.extra, 'samlProviderArn')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'opened', 'open')} the console with a sign-in link`,
      factors: roleFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'a stolen key becomes a console': {
      event: did(federatedUser('support', 'alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MobileVersion: 'No', MFAUsed: 'No' },
      }),
      finds: 'federated user support of alice opened the console with a sign-in link',
    },
    'a portal opens it with a role': {
      event: did(role('portal', 'ana'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MobileVersion: 'No', MFAUsed: 'No' },
      }),
      finds: 'role portal (session ana) opened the console with a sign-in link',
    },
    'an old link': {
      event: did(federatedUser('support', 'alice'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Failure' },
      }),
      finds: 'federated user support of alice tried to open the console with a sign-in link',
    },
    'a person of the directory': {
      event: did(role('engineer', 'ana@example.com'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
        extra: { MFAUsed: 'No', SamlProviderArn: 'arn:aws:iam::111122223333:saml-provider/corporate' },
      }),
    },
    'a person of Identity Center': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'signin:ConsoleLogin', null, {
        response: { ConsoleLogin: 'Success' },
      }),
    },
    'alice with her password': {
      event: did(user('alice'), 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
    },
  },
} satisfies Rule;

// CloudTrail writes of every such sign-in that it was without MFA: of a role that says nothing.
function roleFactors({ actor }: Activity): Factor[] {
  return actor.kind === 'role' ? [{ id: 'role', points: -20, because: 'portals sign people in with roles' }] : [];
}
