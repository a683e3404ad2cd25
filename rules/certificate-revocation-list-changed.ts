import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Certificates that were called back are good again.
export default {
  id: 'certificate-revocation-list-changed',
  title: 'Revocation list of Roles Anywhere changed or taken away',
  why: 'IAM Roles Anywhere looks up in revocation lists which certificates are good no more. Without its list, a stolen certificate that was called back opens its roles again. A new list is everyday work, several times a year; switched off or deleted is one only together with its trust anchor, or by somebody who holds a revoked certificate.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1556'],
    cis: [],
    nist: ['IA-5(2)', 'SC-17', 'CM-3'],
    pci: ['8.3.1', '4.2.1'],
    hipaa: ['164.312(d)'],
    practice: 'revocation lists are renewed by a deployment and never switched off',
  },
  on: ['rolesanywhere:DisableCrl', 'rolesanywhere:DeleteCrl', 'rolesanywhere:ImportCrl', 'rolesanywhere:UpdateCrl'],

  detect(activity) {
    const { request, response } = activity;
    const list = text(request, 'crlId') ?? text(inner(response, 'crl'), 'crlId') ?? text(request, 'name');
    const isNew = activity.name === 'rolesanywhere:ImportCrl' || activity.name === 'rolesanywhere:UpdateCrl';
    return {
      target: resourceTarget('revocation list', list),
      because: `${activity.actor.name} ${doing(activity)} ${called('revocation list', list)} of Roles Anywhere`,
      factors: isNew ? [{ id: 'renewed', points: -30, because: 'revoked certificates are still looked up' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory makes her certificate good again': {
      event: did(user('mallory'), 'rolesanywhere:DisableCrl', { crlId: 'crl-1' }),
      finds: 'mallory disabled revocation list crl-1 of Roles Anywhere',
    },
    'a deployment brings the new list': {
      event: did(role('deploy', 'ci-42'), 'rolesanywhere:ImportCrl', { name: 'machines', enabled: true }),
      finds: 'role deploy (session ci-42) imported revocation list machines of Roles Anywhere',
    },
    'a build may not, and does not say which': {
      event: did(role('build', 'ci-42'), 'rolesanywhere:DeleteCrl', {}, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to delete a revocation list that the record does not name of Roles Anywhere',
    },
    'it is switched on': {
      event: did(user('alice'), 'rolesanywhere:EnableCrl', { crlId: 'crl-1' }),
    },
  },
} satisfies Rule;

const WORDS: { [name: string]: [done: string, tried: string] } = {
  'rolesanywhere:DisableCrl': ['disabled', 'disable'],
  'rolesanywhere:DeleteCrl': ['deleted', 'delete'],
  'rolesanywhere:ImportCrl': ['imported', 'import'],
};

function doing(activity: Activity): string {
  const [done, tried] = WORDS[activity.name] ?? ['changed', 'change'];
  return verb(activity, done, tried);
}
