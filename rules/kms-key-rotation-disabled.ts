import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// No attack by itself, but a control that auditors count on is gone, and nobody notices for years.
export default {
  id: 'kms-key-rotation-disabled',
  title: 'Rotation of a KMS key disabled',
  why: 'A KMS key is no longer replaced by a new one every year. Nothing is open because of it; what is encrypted under one key only grows, and a rule that most audits ask for is broken. It is normal before a key is retired, or when it is replaced by hand.',
  severity: 'low',
  maps: {
    mitre: ['T1562'],
    cis: ['3.6'],
    nist: ['SC-12', 'CM-6'],
    pci: ['3.7.4'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'yearly rotation of every symmetric key of your own',
  },
  on: ['kms:DisableKeyRotation'],

  detect(activity) {
    const key = text(activity.request, 'keyId');
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} the rotation of ${called('KMS key', key)}`,
    };
  },

  automatic: false,

  examples: {
    'alice stops the rotation': {
      event: did(user('alice'), 'kms:DisableKeyRotation', { keyId: '1a2b' }),
      finds: 'alice disabled the rotation of KMS key 1a2b',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'kms:DisableKeyRotation',
        { keyId: '1a2b' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to disable the rotation of KMS key 1a2b',
    },
    'a request that names no key': {
      event: did(user('alice'), 'kms:DisableKeyRotation', { keyId: '' }),
      finds: 'alice disabled the rotation of a KMS key that the record does not name',
    },
    'rotation is turned on': {
      event: did(user('alice'), 'kms:EnableKeyRotation', { keyId: '1a2b' }),
    },
  },
} satisfies Rule;
