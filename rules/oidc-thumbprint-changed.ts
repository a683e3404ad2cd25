import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import { isPublicProvider } from '../policy/providers.ts';

// The thumbprint says which server may hand out the keys of a provider: with another one, another server may.
export default {
  id: 'oidc-thumbprint-changed',
  title: 'Thumbprint of an OpenID Connect provider changed',
  why: "The account now expects another certificate at the address where it fetches a provider's signing keys. Whoever controls that address or its name can then sign tokens that roles accept. It is normal when the provider changes its certificate authority, and deployments write it again by themselves; AWS ignores it for the best known providers.",
  severity: 'low',
  maps: {
    mitre: ['T1484.002', 'T1606', 'T1557'],
    cis: [],
    nist: ['IA-5(2)', 'IA-8', 'SC-17'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.312(d)', '164.312(e)(1)'],
    practice: 'few identity providers, all of them known',
  },
  on: ['iam:UpdateOpenIDConnectProviderThumbprint'],

  detect(activity) {
    const provider = text(activity.request, 'openIDConnectProviderArn');
    return {
      target: resourceTarget('identity provider', provider),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the thumbprint of ${called('identity provider', provider)}`,
      factors: issuerFactors(provider?.split(':oidc-provider/')[1]?.toLowerCase()),
    };
  },

  automatic: false,

  examples: {
    'mallory points a provider to a server of her own': {
      event: did(user('mallory'), 'iam:UpdateOpenIDConnectProviderThumbprint', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/login.example.com',
        thumbprintList: ['990f4193972f2becf12ddeda5237f9c952f20d9e'],
      }),
      finds:
        'mallory changed the thumbprint of identity provider arn:aws:iam::111122223333:oidc-provider/login.example.com',
    },
    'a deployment writes that of GitHub again': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateOpenIDConnectProviderThumbprint', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        thumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
      }),
      finds:
        'role deploy (session ci-42) changed the thumbprint of identity provider arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:UpdateOpenIDConnectProviderThumbprint', null, { error: 'AccessDenied' }),
      finds: 'bob tried to change the thumbprint of an identity provider that the record does not name',
    },
    'a provider is tagged': {
      event: did(user('alice'), 'iam:TagOpenIDConnectProvider', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/login.example.com',
        tags: [{ key: 'team', value: 'ops' }],
      }),
    },
  },
} satisfies Rule;

const EKS = /^oidc[.-]eks\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)\/id\//;

function issuerFactors(issuer = ''): Factor[] {
  const isKnown = EKS.test(issuer) || (!issuer.includes('/') && isPublicProvider(issuer));
  return isKnown ? [] : [{ id: 'issuer', points: 15, because: 'the provider is none whose certificates AWS knows' }];
}
