import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, service, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// With a provider of their own, an intruder writes the sign-ins of everybody, whenever they like.
export default {
  id: 'saml-provider-created',
  title: 'SAML provider created',
  why: 'The account now accepts the sign-ins of one more SAML identity provider. Whoever holds its signing key can open a session of every role that trusts it, under any name, and no key or password of this account is needed. It is normal once, when an organization connects its directory; IAM Identity Center makes its own by itself.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1606.002', 'T1199'],
    cis: ['1.21'],
    nist: ['AC-2(4)', 'AC-20', 'IA-8'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'few identity providers, all of them known',
  },
  on: ['iam:CreateSAMLProvider'],

  detect(activity) {
    const name = text(activity.request, 'name');
    return {
      target: resourceTarget('identity provider', text(activity.response, 'samlProviderArn') ?? name),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('SAML provider', name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory brings her own provider': {
      event: did(
        user('mallory'),
        'iam:CreateSAMLProvider',
        { name: 'backup-login', sAMLMetadataDocument: '<EntityDescriptor entityID="https://id.example.net"/>' },
        { response: { sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/backup-login' } },
      ),
      finds: 'mallory created SAML provider backup-login',
    },
    'Identity Center makes its own': {
      event: did(service('sso.amazonaws.com'), 'iam:CreateSAMLProvider', {
        name: 'AWSSSO_0123456789abcdef_DO_NOT_DELETE',
      }),
      finds: 'sso.amazonaws.com created SAML provider AWSSSO_0123456789abcdef_DO_NOT_DELETE',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'iam:CreateSAMLProvider', { name: null }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to create a SAML provider that the record does not name',
    },
    'alice lists them': {
      event: did(user('alice'), 'iam:ListSAMLProviders', null),
    },
  },
} satisfies Rule;
