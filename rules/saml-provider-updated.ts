import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// The name and the roles stay as they are; only whose signature counts is another, and that is everything.
export default {
  id: 'saml-provider-updated',
  title: 'SAML provider updated',
  why: 'The metadata of a SAML identity provider were replaced, and with them the certificate whose signature the account believes. Whoever put in a certificate of their own can sign in as whomever they like, in every role that trusts the provider. It is normal every few years, when the directory changes its signing certificate, on an announced day.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1606.002', 'T1556'],
    cis: ['1.21'],
    nist: ['AC-2(4)', 'IA-5(2)', 'IA-8'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'signing certificates change on announced days',
  },
  on: ['iam:UpdateSAMLProvider'],

  detect(activity) {
    const provider = text(activity.request, 'samlProviderArn');
    return {
      target: resourceTarget('identity provider', provider),
      because: `${activity.actor.name} ${verb(activity, 'updated', 'update')} ${called('SAML provider', provider)}`,
      factors: keepsMetadata(activity)
        ? [
            {
              id: 'metadata',
              points: -25,
              because: 'only its decryption keys change: whom the account believes does not',
            },
          ]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory puts in her own certificate': {
      event: did(user('mallory'), 'iam:UpdateSAMLProvider', {
        sAMLMetadataDocument: '<EntityDescriptor entityID="https://id.example.com"/>',
        sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
      }),
      finds: 'mallory updated SAML provider arn:aws:iam::111122223333:saml-provider/corporate',
    },
    'ana retires an old decryption key': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'iam:UpdateSAMLProvider', {
        sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
        removePrivateKey: 'KEY0EXAMPLE000000001',
      }),
      finds: 'ana@example.com updated SAML provider arn:aws:iam::111122223333:saml-provider/corporate',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:UpdateSAMLProvider', { sAMLProviderArn: {} }, { error: 'AccessDenied' }),
      finds: 'bob tried to update a SAML provider that the record does not name',
    },
    'a provider is tagged': {
      event: did(user('alice'), 'iam:TagSAMLProvider', {
        sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
        tags: [{ key: 'team', value: 'ops' }],
      }),
    },
  },
} satisfies Rule;

function keepsMetadata({ request, hidden }: Activity): boolean {
  const hasKeys = ['addPrivateKey', 'removePrivateKey', 'assertionEncryptionMode'].some((each) => at(request, each));
  return hasKeys && at(request, 'samlMetadataDocument') === undefined && hidden.length === 0;
}
