import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Everybody who came in through it stays outside, and the defenders are often among them.
export default {
  id: 'identity-provider-deleted',
  title: 'Identity provider deleted',
  why: 'An identity provider of the account was deleted: nobody who signs in through it can open a session from now on. An intruder does that to lock the people out who would stop them, or to destroy. It is normal when a provider is replaced, after the new one works, and with every Kubernetes cluster that is taken down.',
  severity: 'low',
  maps: {
    mitre: ['T1531', 'T1484.002'],
    cis: ['1.21'],
    nist: ['AC-2(4)', 'CP-10', 'IA-8'],
    pci: ['10.2.1.5'],
    hipaa: ['164.308(a)(7)(ii)(C)', '164.312(a)(2)(ii)'],
    practice: 'people sign in through an identity provider, with a way in for emergencies',
  },
  on: ['iam:DeleteSAMLProvider', 'iam:DeleteOpenIDConnectProvider'],

  detect(activity) {
    const saml = text(activity.request, 'samlProviderArn');
    const provider = saml ?? text(activity.request, 'openIDConnectProviderArn');
    return {
      target: resourceTarget('identity provider', provider),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('identity provider', provider)}`,
      factors: activity.name === 'iam:DeleteSAMLProvider' ? [PEOPLE] : clusterFactors(provider),
    };
  },

  automatic: false,

  examples: {
    'mallory locks everybody out': {
      event: did(user('mallory'), 'iam:DeleteSAMLProvider', {
        sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
      }),
      finds: 'mallory deleted identity provider arn:aws:iam::111122223333:saml-provider/corporate',
    },
    'a deployment takes a cluster down': {
      event: did(role('deploy', 'ci-42'), 'iam:DeleteOpenIDConnectProvider', {
        openIDConnectProviderArn:
          'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E',
      }),
      finds:
        'role deploy (session ci-42) deleted identity provider arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:DeleteSAMLProvider', null, { error: 'AccessDenied' }),
      finds: 'bob tried to delete an identity provider that the record does not name',
    },
    'a pool of Cognito loses a provider: another service': {
      event: did(user('alice'), 'cognito-idp:DeleteIdentityProvider', {
        userPoolId: 'eu-west-1_a1',
        providerName: 'corp',
      }),
    },
  },
} satisfies Rule;

const PEOPLE = { id: 'people', points: 20, because: 'people sign in through SAML: they cannot from now on' };

function clusterFactors(provider = ''): Factor[] {
  const isCluster = /:oidc-provider\/oidc[.-]eks\./.test(provider);
  return isCluster ? [{ id: 'cluster', points: -20, because: 'it was the provider of an EKS cluster' }] : [];
}
