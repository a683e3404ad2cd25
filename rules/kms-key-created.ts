import { clauses, openingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, document, inner, text } from '../events/fields.ts';

// A new key is everyday work; one that an outsider may use, or that has its material from elsewhere, is a tool of extortion.
export default {
  id: 'kms-key-created',
  title: 'KMS key created',
  why: 'A KMS key was made. That is everyday work. It is worth a look where the policy lets outsiders use the key, or where its material comes from outside AWS: data that are encrypted again under such a key belong to whoever controls it. Deployments make keys with a policy for the account alone.',
  severity: 'low',
  maps: {
    mitre: ['T1486'],
    cis: [],
    nist: ['AC-3', 'SC-12'],
    pci: ['3.6.1', '3.7.1'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'keys made by deployments, with a policy for the account alone',
  },
  on: ['kms:CreateKey'],

  detect(activity, known) {
    const key = text(inner(activity.response, 'keyMetadata'), 'keyId');
    const factors = factorsOf(activity, known);
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('KMS key', key)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a key for her own account': {
      event: did(
        user('mallory'),
        'kms:CreateKey',
        { policy: allowing({ AWS: OUTSIDE }), origin: 'AWS_KMS' },
        { response: { keyMetadata: { keyId: '1a2b' } } },
      ),
      finds: 'mallory created KMS key 1a2b: 999988887777 of another account may use it (kms:*)',
    },
    'mallory wants to bring the material': {
      event: did(user('mallory'), 'kms:CreateKey', { origin: 'EXTERNAL' }, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to create a KMS key that the record does not name: its material comes from outside AWS',
    },
    'a deployment makes an ordinary one': {
      event: did(role('deploy', 'ci-42'), 'kms:CreateKey', null, { response: { keyMetadata: { keyId: '1a2b' } } }),
      finds: 'role deploy (session ci-42) created KMS key 1a2b',
    },
    'a data key': {
      event: did(user('alice'), 'kms:GenerateDataKey', { keyId: '1a2b' }),
    },
  },
} satisfies Rule;

const EXTERNAL: Factor = { id: 'origin', points: 15, because: 'its material comes from outside AWS' };
const ORDINARY: Factor = { id: 'opened', points: -20, because: 'its policy is the one that KMS gives' };

function factorsOf(activity: Activity, known: Known): Factor[] {
  const written = at(activity.request, 'policy');
  return [
    ...(written ? openingFactors(document(activity.request, 'policy'), activity, known) : [ORDINARY]),
    ...(text(activity.request, 'origin') === 'EXTERNAL' ? [EXTERNAL] : []),
  ];
}

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] });
}
