import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Whoever signs the tokens says who people are; from then on applications believe him.
export default {
  id: 'trusted-token-issuer-changed',
  title: 'Trusted token issuer added or changed',
  why: 'IAM Identity Center was told to believe the tokens of an issuer outside AWS, or to read them differently. Whoever runs that issuer can be any user for the applications that accept its tokens, without a password and without MFA. It is normal when an application with its own sign-in is connected: then the address is known.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1556', 'T1550.001'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-20', 'IA-8'],
    pci: ['8.2.7', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'one identity provider, under your own control',
  },
  on: ['sso:CreateTrustedTokenIssuer', 'sso:UpdateTrustedTokenIssuer'],

  detect(activity) {
    const settings = inner(inner(activity.request, 'trustedTokenIssuerConfiguration'), 'oidcJwtConfiguration');
    const url = text(settings, 'issuerUrl');
    const issuer = text(activity.request, 'trustedTokenIssuerArn') ?? text(activity.request, 'name');
    const isNew = activity.name === 'sso:CreateTrustedTokenIssuer';
    return {
      target: resourceTarget('trusted token issuer', issuer),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'added', 'add') : verb(activity, 'changed', 'change')} ${called('trusted token issuer', issuer)}${url ? `, which signs at ${url}` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory brings her own issuer': {
      event: did(user('mallory'), 'sso:CreateTrustedTokenIssuer', {
        instanceArn: 'ssoins-1',
        name: 'analytics',
        trustedTokenIssuerType: 'OIDC_JWT',
        trustedTokenIssuerConfiguration: {
          oidcJwtConfiguration: {
            issuerUrl: 'https://login.example.net',
            claimAttributePath: 'email',
            identityStoreAttributePath: 'emails.value',
            jwksRetrievalOption: 'OPEN_ID_DISCOVERY',
          },
        },
      }),
      finds: 'mallory added trusted token issuer analytics, which signs at https://login.example.net',
    },
    'another claim says who somebody is': {
      event: did(role('deploy', 'ci-42'), 'sso:UpdateTrustedTokenIssuer', {
        trustedTokenIssuerArn: 'arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-1/tti-1',
        trustedTokenIssuerConfiguration: { oidcJwtConfiguration: { claimAttributePath: 'sub' } },
      }),
      finds:
        'role deploy (session ci-42) changed trusted token issuer arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-1/tti-1',
    },
    'alice may not, and the record shows nothing': {
      event: did(user('alice'), 'sso:CreateTrustedTokenIssuer', null, { error: 'AccessDeniedException' }),
      finds: 'alice tried to add a trusted token issuer that the record does not name',
    },
    'an issuer is trusted no more': {
      event: did(user('alice'), 'sso:DeleteTrustedTokenIssuer', { trustedTokenIssuerArn: 'tti-1' }),
    },
  },
} satisfies Rule;
