import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import { isPublicProvider } from '../policy/providers.ts';

// Whoever runs the provider decides who its users are: a foreign one gives its owner every role that trusts it.
export default {
  id: 'oidc-provider-created',
  title: 'OpenID Connect provider created',
  why: 'The account now knows an outside identity provider, and roles may trust the tokens that it signs. Whoever runs that provider can then sign in without any key of this account, and changing keys does not keep them out. It is normal when a build system or a Kubernetes cluster is connected, usually once and by a deployment; an unknown address is not.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1199', 'T1550.001'],
    cis: ['1.20'],
    nist: ['AC-2(4)', 'AC-20', 'IA-8'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'few identity providers, all of them known',
  },
  on: ['iam:CreateOpenIDConnectProvider'],

  detect(activity) {
    const url = text(activity.request, 'url');
    const arn = text(activity.response, 'openIDConnectProviderArn');
    return {
      target: resourceTarget('identity provider', arn ?? url),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('OpenID Connect provider', url)}`,
      factors: url ? issuerFactors(url.toLowerCase().replace(/^https:\/\//, '')) : [],
    };
  },

  automatic: false,

  examples: {
    'mallory connects a provider of her own': {
      event: did(
        user('mallory'),
        'iam:CreateOpenIDConnectProvider',
        { url: 'https://id.example.net', clientIDList: ['sts.amazonaws.com'] },
        { response: { openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/id.example.net' } },
      ),
      finds: 'mallory created OpenID Connect provider https://id.example.net',
    },
    'an address that only ends like a known one': {
      event: did(user('mallory'), 'iam:CreateOpenIDConnectProvider', { url: 'https://id.example.net/gitlab.com' }),
      finds: 'mallory created OpenID Connect provider https://id.example.net/gitlab.com',
    },
    'a deployment connects a cluster': {
      event: did(role('deploy', 'ci-42'), 'iam:CreateOpenIDConnectProvider', {
        url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E',
        clientIDList: ['sts.amazonaws.com'],
      }),
      finds:
        'role deploy (session ci-42) created OpenID Connect provider https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:CreateOpenIDConnectProvider', { url: [] }, { error: 'AccessDenied' }),
      finds: 'bob tried to create an OpenID Connect provider that the record does not name',
    },
    'alice looks at one': {
      event: did(user('alice'), 'iam:GetOpenIDConnectProvider', {
        openIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/id.example.net',
      }),
    },
  },
} satisfies Rule;

const EKS = /^oidc[.-]eks\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)\/id\/[0-9a-z]+$/;

// At both everybody can have an identity: who gets in, the trust policies decide, and other rules look at those.
function issuerFactors(issuer: string): Factor[] {
  if (EKS.test(issuer)) return [{ id: 'issuer', points: -25, because: 'it is the provider of an EKS cluster' }];
  const isKnown = !issuer.includes('/') && isPublicProvider(issuer);
  return isKnown ? [{ id: 'issuer', points: -20, because: `${issuer} is a well-known provider` }] : [];
}
