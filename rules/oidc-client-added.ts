import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A provider that has been trusted for years starts to count for one more application, and nothing new appears in any list.
export default {
  id: 'oidc-client-added',
  title: 'Client added to an OpenID Connect provider',
  why: 'Tokens that an identity provider makes out to one more client, or audience, are accepted from now on. Where a trust policy does not name the audience itself, the tokens of an application that somebody else runs open the same roles. It is normal when a second application of the organization starts to sign in; it is rare, and announced.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1550.001', 'T1098'],
    cis: ['1.20'],
    nist: ['AC-2(4)', 'AC-20', 'IA-8'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'trust policies that name audience and subject',
  },
  on: ['iam:AddClientIDToOpenIDConnectProvider'],

  detect(activity) {
    const client = text(activity.request, 'clientID');
    const provider = text(activity.request, 'openIDConnectProviderArn');
    return {
      target: resourceTarget('identity provider', provider),
      because: `${activity.actor.name} ${verb(activity, 'admitted', 'admit')} ${called('client', client)} to ${called('identity provider', provider)}`,
      factors: client === 'sts.amazonaws.com' ? [AWS_ITSELF] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory admits an application of her own': {
      event: did(user('mallory'), 'iam:AddClientIDToOpenIDConnectProvider', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/login.example.com',
        clientID: 'mallory-app',
      }),
      finds:
        'mallory admitted client mallory-app to identity provider arn:aws:iam::111122223333:oidc-provider/login.example.com',
    },
    'a deployment adds the usual audience': {
      event: did(role('deploy', 'ci-42'), 'iam:AddClientIDToOpenIDConnectProvider', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/login.example.com',
        clientID: 'sts.amazonaws.com',
      }),
      finds:
        'role deploy (session ci-42) admitted client sts.amazonaws.com to identity provider arn:aws:iam::111122223333:oidc-provider/login.example.com',
    },
    'bob may not, and the record is cut': {
      event: did(user('bob'), 'iam:AddClientIDToOpenIDConnectProvider', null, { error: 'AccessDenied' }),
      finds:
        'bob tried to admit a client that the record does not name to an identity provider that the record does not name',
    },
    'a client is taken off': {
      event: did(user('alice'), 'iam:RemoveClientIDFromOpenIDConnectProvider', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/login.example.com',
        clientID: 'old-app',
      }),
    },
  },
} satisfies Rule;

const AWS_ITSELF = { id: 'audience', points: -20, because: 'it is the audience that every tool asks for' };
