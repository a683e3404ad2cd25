import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// With a certificate of his own beside the real one, an intruder signs assertions for whomever he likes.
export default {
  id: 'external-idp-certificate-changed',
  title: 'Certificate of the external identity provider changed',
  why: 'IAM Identity Center was given another certificate with which the external identity provider signs, or one was taken away. Whoever has the key to a certificate that is in there can sign in as whichever user of the organization they like, and the provider itself notices nothing. It is normal when a certificate runs out, every year or less, and announced.',
  severity: 'medium',
  maps: {
    mitre: ['T1484.002', 'T1606.002', 'T1556'],
    cis: ['1.21'],
    nist: ['IA-5(2)', 'IA-8', 'SC-17', 'CM-3'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.312(d)'],
    practice: 'certificates change on announced dates, with their fingerprints compared',
  },
  on: ['sso-directory:ImportExternalIdPCertificate', 'sso-directory:DeleteExternalIdPCertificate'],

  detect(activity) {
    const directory = text(activity.request, 'directoryId') ?? text(activity.request, 'identityStoreId');
    const isNew = activity.name === 'sso-directory:ImportExternalIdPCertificate';
    return {
      target: resourceTarget('directory', directory),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'imported', 'import') : verb(activity, 'deleted', 'delete')} a certificate of the external identity provider of ${called('directory', directory)}`,
      factors: isNew
        ? [{ id: 'signs', points: 15, because: 'whoever has its key can sign in as anybody' }]
        : [{ id: 'less', points: -10, because: 'nobody can sign in who could not before' }],
    };
  },

  automatic: false,

  examples: {
    'mallory adds a certificate of her own': {
      event: did(user('mallory'), 'sso-directory:ImportExternalIdPCertificate', {
        directoryId: 'd-1111222233',
        idpConfigurationId: 'idp-1',
      }),
      finds: 'mallory imported a certificate of the external identity provider of directory d-1111222233',
    },
    'a build may not, and does not say where': {
      event: did(role('build', 'ci-42'), 'sso-directory:ImportExternalIdPCertificate', {}, { error: 'AccessDenied' }),
      finds:
        'role build (session ci-42) tried to import a certificate of the external identity provider of a directory that the record does not name',
    },
    'the old one goes': {
      event: did(user('alice'), 'sso-directory:DeleteExternalIdPCertificate', { directoryId: 'd-1' }),
      finds: 'alice deleted a certificate of the external identity provider of directory d-1',
    },
    'a certificate for a web server': {
      event: did(role('deploy', 'ci-42'), 'acm:ImportCertificate', { domainName: 'www.example.com' }),
    },
  },
} satisfies Rule;
