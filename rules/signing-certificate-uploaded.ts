import type { Rule } from '../core/rule.ts';
import { otherFactor, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { did, role, root, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A credential of AWS's first years: almost nobody has one, so hardly anybody looks for one.
export default {
  id: 'signing-certificate-uploaded',
  title: 'Signing certificate uploaded',
  why: 'Somebody gave an IAM user, or root, an X.509 signing certificate, or activated one again. It signs calls to the oldest AWS interfaces for as long as it is valid, and access key reviews do not show it. It is normal next to never: some tools for building old machine images ask for one.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001', 'T1649'],
    cis: ['1.14', '4.4'],
    nist: ['AC-2(4)', 'IA-5(2)'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['iam:UploadSigningCertificate', 'iam:UpdateSigningCertificate'],

  detect(activity) {
    if (text(activity.request, 'status') === 'Inactive') return undefined;
    const uploaded = activity.name === 'iam:UploadSigningCertificate';
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${uploaded ? verb(activity, 'uploaded', 'upload') : verb(activity, 'activated', 'activate')} a signing certificate for ${owner.says}`,
      factors: otherFactor(owner, 20, `the certificate is another user's: whoever holds its key acts as ${owner.user}`),
    };
  },

  automatic: false,

  examples: {
    'mallory uploads a certificate for bob': {
      event: did(user('mallory'), 'iam:UploadSigningCertificate', {
        userName: 'bob',
        certificateBody: '-----BEGIN CERTIFICATE-----',
      }),
      finds: 'mallory uploaded a signing certificate for bob',
    },
    'root uploads one': {
      event: did(root, 'iam:UploadSigningCertificate', { certificateBody: '-----BEGIN CERTIFICATE-----' }),
      finds: 'root uploaded a signing certificate for itself',
    },
    'an old one is activated again': {
      event: did(role('build', 'ci-42'), 'iam:UpdateSigningCertificate', {
        userName: 'bob',
        certificateId: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE',
        status: 'Active',
      }),
      finds: 'role build (session ci-42) activated a signing certificate for bob',
    },
    'one is disabled': {
      event: did(user('alice'), 'iam:UpdateSigningCertificate', {
        userName: 'bob',
        certificateId: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE',
        status: 'Inactive',
      }),
    },
  },
} satisfies Rule;
