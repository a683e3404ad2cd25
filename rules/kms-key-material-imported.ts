import { clauses } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever brings the material of a key keeps a copy: AWS cannot give it back, and its owner can take it away.
export default {
  id: 'kms-key-material-imported',
  title: 'Key material imported into a KMS key',
  why: 'A KMS key was given material from outside AWS. Whoever made it can decrypt everything under the key elsewhere, and holds the only copy when it expires or is deleted here: in this way data are taken to ransom. It is normal only where your organization brings its own keys, by a known procedure.',
  severity: 'low',
  maps: {
    mitre: ['T1486'],
    cis: [],
    nist: ['SC-12', 'CM-6'],
    pci: ['3.6.1', '3.7.1', '3.7.2'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'keys made by KMS, import denied where nobody needs it',
  },
  on: ['kms:ImportKeyMaterial'],

  detect(activity) {
    const key = text(activity.request, 'keyId');
    const isForEver = text(activity.request, 'expirationModel') === 'KEY_MATERIAL_DOES_NOT_EXPIRE';
    const factors = isForEver ? [] : [EXPIRES];
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'imported', 'import')} material into ${called('KMS key', key)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory brings a key that runs out': {
      event: did(user('mallory'), 'kms:ImportKeyMaterial', {
        keyId: '1a2b',
        validTo: 'Nov 21, 2026, 3:00:00 AM',
        expirationModel: 'KEY_MATERIAL_EXPIRES',
      }),
      finds: 'mallory imported material into KMS key 1a2b: it expires, and with it what is encrypted',
    },
    'mallory may not': {
      event: did(user('mallory'), 'kms:ImportKeyMaterial', { keyId: '1a2b' }, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to import material into KMS key 1a2b: it expires, and with it what is encrypted',
    },
    'the key ceremony of the year': {
      event: did(role('key-ceremony', 'alice'), 'kms:ImportKeyMaterial', {
        keyId: '1a2b',
        expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      }),
      finds: 'role key-ceremony (session alice) imported material into KMS key 1a2b',
    },
    'another kind of key pair': {
      event: did(user('alice'), 'ec2:ImportKeyPair', { keyName: 'alice' }),
    },
  },
} satisfies Rule;

const EXPIRES = { id: 'expiry', points: 15, because: 'it expires, and with it what is encrypted' };
