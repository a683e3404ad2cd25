import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call makes everything under the key unreadable, at once.
export default {
  id: 'kms-key-disabled',
  title: 'KMS key disabled',
  why: 'A KMS key was switched off: whatever it encrypts cannot be read or written until somebody switches it on again. That stops applications, trails that deliver encrypted logs included, and shows whom a ransom would hurt. It is normal as a test before a key is deleted, announced to those who use it.',
  severity: 'medium',
  maps: {
    mitre: ['T1486', 'T1489'],
    cis: ['4.7'],
    nist: ['CP-10', 'SC-12', 'AU-6'],
    pci: ['3.6.1', '3.7.5', '10.2.1.5'],
    hipaa: ['164.308(a)(7)(ii)(C)', '164.312(a)(2)(iv)'],
    practice: 'administration of keys reserved for a few people who do not use them',
  },
  on: ['kms:DisableKey'],

  detect(activity) {
    const key = text(activity.request, 'keyId');
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} ${called('KMS key', key)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory locks the data': {
      event: did(user('mallory'), 'kms:DisableKey', { keyId: '1a2b' }),
      finds: 'mallory disabled KMS key 1a2b',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'kms:DisableKey', { keyId: '1a2b' }, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to disable KMS key 1a2b',
    },
    'a request that names no key': {
      event: did(user('mallory'), 'kms:DisableKey', { keyId: [] }),
      finds: 'mallory disabled a KMS key that the record does not name',
    },
    'alice enables it': {
      event: did(user('alice'), 'kms:EnableKey', { keyId: '1a2b' }),
    },
  },
} satisfies Rule;
