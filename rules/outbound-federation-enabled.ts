import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The account becomes an identity provider: its roles can sign in elsewhere, where no trail of this account reaches.
export default {
  id: 'outbound-federation-enabled',
  title: 'Outbound identity federation enabled',
  why: 'From now on users and roles of the account may ask AWS for signed tokens with which they sign in to services outside. Systems that trust the account believe these tokens. An intruder reaches those systems, or proves who they are to their own. It is normal once, when programs are connected to an outside service without passwords.',
  severity: 'medium',
  maps: {
    mitre: ['T1550.001', 'T1199', 'T1484.002'],
    cis: [],
    nist: ['AC-4', 'AC-20', 'IA-9'],
    pci: ['7.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'features that reach outside are switched on in the open',
  },
  on: ['iam:EnableOutboundWebIdentityFederation'],

  detect(activity) {
    const issuer = text(activity.response, 'issuerIdentifier');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'enabled', 'enable')} outbound identity federation${issuer ? ` as ${issuer}` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory lets roles sign in elsewhere': {
      event: did(user('mallory'), 'iam:EnableOutboundWebIdentityFederation', null, {
        response: { issuerIdentifier: 'https://a1b2c3d4.tokens.sts.global.api.aws' },
      }),
      finds: 'mallory enabled outbound identity federation as https://a1b2c3d4.tokens.sts.global.api.aws',
    },
    'it is on already': {
      event: did(role('deploy', 'ci-42'), 'iam:EnableOutboundWebIdentityFederation', null, {
        error: 'FeatureEnabled',
      }),
      finds: 'role deploy (session ci-42) tried to enable outbound identity federation',
    },
    'an answer without the issuer': {
      event: did(user('mallory'), 'iam:EnableOutboundWebIdentityFederation', null, { response: {} }),
      finds: 'mallory enabled outbound identity federation',
    },
    'it is switched off: another rule': {
      event: did(user('alice'), 'iam:DisableOutboundWebIdentityFederation', null),
    },
  },
} satisfies Rule;
