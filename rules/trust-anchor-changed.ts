import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Whoever owns the authority issues himself certificates, and with them roles, for years.
export default {
  id: 'trust-anchor-changed',
  title: 'Trust anchor of Roles Anywhere created or changed',
  why: 'IAM Roles Anywhere was told to believe a certificate authority. From then on, whoever has a certificate of it takes on roles of the account from any machine, without a key that could be found or disabled. An intruder uploads an authority of his own and comes back whenever he likes. It is normal when machines outside AWS are connected.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001', 'T1484.002', 'T1556'],
    cis: ['4.4'],
    nist: ['AC-2', 'IA-5(2)', 'IA-9', 'SC-17'],
    pci: ['8.3.1', '8.6.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'authorities of AWS Private CA, with revocation lists',
  },
  on: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor', 'rolesanywhere:EnableTrustAnchor'],

  detect(activity) {
    const { request, response } = activity;
    const made = text(inner(response, 'trustAnchor'), 'trustAnchorId');
    const anchor = text(request, 'trustAnchorId') ?? made ?? text(request, 'name');
    return {
      target: resourceTarget('trust anchor', anchor),
      because: `${activity.actor.name} ${doing(activity)} ${called('trust anchor', anchor)} of Roles Anywhere`,
      factors: sourceFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory uploads an authority of her own': {
      event: did(user('mallory'), 'rolesanywhere:CreateTrustAnchor', {
        name: 'backup',
        enabled: true,
        source: {
          sourceType: 'CERTIFICATE_BUNDLE',
          sourceData: { x509CertificateData: '-----BEGIN CERTIFICATE-----' },
        },
      }),
      finds: 'mallory created trust anchor backup of Roles Anywhere',
    },
    'a deployment trusts the private authority of the company': {
      event: did(role('deploy', 'ci-42'), 'rolesanywhere:CreateTrustAnchor', {
        name: 'machines',
        source: {
          sourceType: 'AWS_ACM_PCA',
          sourceData: { acmPcaArn: 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1' },
        },
      }),
      finds: 'role deploy (session ci-42) created trust anchor machines of Roles Anywhere',
    },
    'one is enabled again': {
      event: did(user('mallory'), 'rolesanywhere:EnableTrustAnchor', { trustAnchorId: 'ta-1' }),
      finds: 'mallory enabled trust anchor ta-1 of Roles Anywhere',
    },
    'a build may not, and says nothing': {
      event: did(role('build', 'ci-42'), 'rolesanywhere:UpdateTrustAnchor', null, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to change a trust anchor that the record does not name of Roles Anywhere',
    },
    'one is disabled': {
      event: did(user('alice'), 'rolesanywhere:DisableTrustAnchor', { trustAnchorId: 'ta-1' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'rolesanywhere:CreateTrustAnchor') return verb(activity, 'created', 'create');
  return activity.name === 'rolesanywhere:EnableTrustAnchor'
    ? verb(activity, 'enabled', 'enable')
    : verb(activity, 'changed', 'change');
}

/** An authority of AWS Private CA has an owner in AWS; the account in its ARN tells which. */
function sourceFactors({ request, account }: Activity): Factor[] {
  const source = inner(request, 'source');
  const owner = text(inner(source, 'sourceData'), 'acmPcaArn')?.split(':')[4];
  if (owner === account)
    return [{ id: 'private', points: -20, because: 'the authority is one of AWS Private CA in this account' }];
  if (owner) return [{ id: 'outside', points: 10, because: `the authority belongs to account ${owner}` }];
  const isUpload = text(source, 'sourceType') === 'CERTIFICATE_BUNDLE';
  return isUpload ? [{ id: 'upload', points: 10, because: 'the authority was uploaded: its owner is not known' }] : [];
}
