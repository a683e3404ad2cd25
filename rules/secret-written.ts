import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Rotation writes secrets all the time; what matters is who did it when something else has happened.
export default {
  id: 'secret-written',
  title: 'Secret created or given a new value',
  why: 'A secret in Secrets Manager was made, or got a new value. That is everyday work of deployments and of rotation. It is kept on record for the story: an intruder who puts a value of their own makes programs talk to a system that they control, or locks them out.',
  severity: 'info',
  maps: {
    mitre: ['T1565.001', 'T1098'],
    cis: [],
    nist: ['IA-5', 'SC-12', 'AU-12'],
    pci: ['8.3.9', '10.2.1.5'],
    hipaa: ['164.312(c)(1)'],
    practice: 'secrets written by rotation only',
  },
  on: ['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'],

  detect(activity) {
    const secret = text(activity.request, 'secretId') ?? text(activity.request, 'name');
    const isNew = activity.name === 'secretsmanager:CreateSecret';
    return {
      target: resourceTarget('secret', secret),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'created', 'create') : verb(activity, 'wrote', 'write')} ${called('secret', secret)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory puts a password of her own': {
      event: did(user('mallory'), 'secretsmanager:PutSecretValue', { secretId: 'db/master' }),
      finds: 'mallory wrote secret db/master',
    },
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'secretsmanager:CreateSecret', { name: 'web/session' }),
      finds: 'role deploy (session ci-42) created secret web/session',
    },
    'mallory may not, and names no secret': {
      event: did(
        user('mallory'),
        'secretsmanager:UpdateSecret',
        { secretId: ['db'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to write a secret that the record does not name',
    },
    'a secret is read': {
      event: did(user('alice'), 'secretsmanager:GetSecretValue', { secretId: 'db/master' }),
    },
  },
} satisfies Rule;
