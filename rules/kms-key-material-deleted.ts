import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Deleting a key takes a week at least; taking its material away takes one call.
export default {
  id: 'kms-key-material-deleted',
  title: 'Imported key material deleted',
  why: 'The imported material of a KMS key was deleted. Everything encrypted with it is unreadable from this moment, without the waiting time that protects other keys, until whoever has the original imports it again. It is hardly ever normal: make sure that the material still lies in your own safe.',
  severity: 'high',
  maps: {
    mitre: ['T1485', 'T1486'],
    cis: ['4.7'],
    nist: ['CP-9', 'SC-12'],
    pci: ['3.6.1', '3.7.5', '10.2.1.7'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(a)(2)(iv)'],
    practice: 'imported material kept in a safe outside AWS, its deletion denied',
  },
  on: ['kms:DeleteImportedKeyMaterial'],

  detect(activity) {
    const key = text(activity.request, 'keyId');
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the imported material of ${called('KMS key', key)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes the data unreadable': {
      event: did(user('mallory'), 'kms:DeleteImportedKeyMaterial', { keyId: '1a2b' }),
      finds: 'mallory deleted the imported material of KMS key 1a2b',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'kms:DeleteImportedKeyMaterial',
        { keyId: '1a2b' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to delete the imported material of KMS key 1a2b',
    },
    'a request that names no key': {
      event: did(user('mallory'), 'kms:DeleteImportedKeyMaterial', { keyId: null }),
      finds: 'mallory deleted the imported material of a KMS key that the record does not name',
    },
    'alice asks how to import': {
      event: did(user('alice'), 'kms:GetParametersForImport', { keyId: '1a2b' }),
    },
  },
} satisfies Rule;
