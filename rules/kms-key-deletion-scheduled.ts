import { clauses, integerAt } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// When the key is gone, everything that it encrypted is gone, backups included; until then it can be called back.
export default {
  id: 'kms-key-deletion-scheduled',
  title: 'Deletion of a KMS key scheduled',
  why: 'A KMS key will be deleted within 7 to 30 days and cannot be used until then. Everything encrypted with it becomes unreadable for ever: volumes, databases, backups. Until the day it can be cancelled with CancelKeyDeletion. It is normal when a deployment takes down an application together with its data.',
  severity: 'medium',
  maps: {
    mitre: ['T1485', 'T1486', 'T1490'],
    cis: ['4.7'],
    nist: ['CP-9', 'SC-12', 'AU-6'],
    pci: ['3.6.1', '3.7.5', '10.2.1.7'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(a)(2)(iv)'],
    practice: 'deletion of keys reserved for a few people, with the longest waiting time',
  },
  on: ['kms:ScheduleKeyDeletion'],

  detect(activity) {
    const key = text(activity.request, 'keyId');
    const days = integerAt(activity.request, 'pendingWindowInDays');
    const factors = days === 7 ? [SHORTEST] : [];
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'scheduled', 'schedule')} the deletion of ${called('KMS key', key)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory sets the clock': {
      event: did(user('mallory'), 'kms:ScheduleKeyDeletion', { keyId: '1a2b', pendingWindowInDays: 7 }),
      finds: 'mallory scheduled the deletion of KMS key 1a2b: after the shortest time that KMS allows',
    },
    'a deployment takes an application down': {
      event: did(role('deploy', 'ci-42'), 'kms:ScheduleKeyDeletion', { keyId: '1a2b', pendingWindowInDays: '30' }),
      finds: 'role deploy (session ci-42) scheduled the deletion of KMS key 1a2b',
    },
    'mallory may not': {
      event: did(user('mallory'), 'kms:ScheduleKeyDeletion', { keyId: '1a2b' }, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to schedule the deletion of KMS key 1a2b',
    },
    'a request that names no key': {
      event: did(user('mallory'), 'kms:ScheduleKeyDeletion', { pendingWindowInDays: null }),
      finds: 'mallory scheduled the deletion of a KMS key that the record does not name',
    },
    'alice calls it back': {
      event: did(user('alice'), 'kms:CancelKeyDeletion', { keyId: '1a2b' }),
    },
  },
} satisfies Rule;

const SHORTEST = { id: 'window', points: 10, because: 'after the shortest time that KMS allows' };
