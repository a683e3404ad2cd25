import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The key was a second lock: who may read the log could not read it without the key.
export default {
  id: 'log-key-disassociated',
  title: 'Log no longer encrypted with a key of its own',
  why: 'The KMS key was taken away from a log group or from query results. What is written from now on can be read by everybody who may read logs, without a right to the key. It is normal when a key is replaced, and then another one is set at once. An intruder does it to read on after the key is closed to him.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008', 'T1600'],
    cis: ['3.5', '4.5'],
    nist: ['AU-9(3)', 'SC-28'],
    pci: ['10.3.1', '3.5.1'],
    hipaa: ['164.312(a)(2)(iv)', '164.312(b)'],
    practice: 'logs are encrypted with a key that administrators of logs cannot use',
  },
  on: ['logs:DisassociateKmsKey'],

  detect(activity) {
    const { request } = activity;
    const group = text(request, 'logGroupName') ?? text(request, 'resourceIdentifier');
    return {
      target: resourceTarget('log group', group),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} the KMS key away from ${called('log group', group)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the lock off': {
      event: did(user('mallory'), 'logs:DisassociateKmsKey', { logGroupName: 'audit' }),
      finds: 'mallory took the KMS key away from log group audit',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'logs:DisassociateKmsKey',
        { logGroupName: 'audit' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to take the KMS key away from log group audit',
    },
    'the record does not name it': {
      event: did(user('mallory'), 'logs:DisassociateKmsKey', { logGroupName: '' }),
      finds: 'mallory took the KMS key away from a log group that the record does not name',
    },
    'a key is set': {
      event: did(user('alice'), 'logs:AssociateKmsKey', { logGroupName: 'audit', kmsKeyId: 'alias/logs' }),
    },
  },
} satisfies Rule;
