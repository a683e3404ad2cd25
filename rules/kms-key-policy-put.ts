import { clauses, openingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, flag, text } from '../events/fields.ts';

// Who holds the key holds the data, and can lock everybody else out of them.
export default {
  id: 'kms-key-policy-put',
  title: 'Policy of a KMS key written',
  why: 'Who may use or administer a KMS key was changed. Given to an outsider, the key opens copies of data that were worthless without it; taken from the account, it holds the data to ransom, because only the policy can give it back. It is normal when a deployment adds a role or a service of the account.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1486', 'T1530'],
    cis: [],
    nist: ['AC-3', 'AC-6', 'SC-12'],
    pci: ['3.6.1', '3.7.6', '10.2.1.5'],
    hipaa: ['164.312(a)(2)(iv)', '164.308(a)(4)(ii)(C)'],
    practice: 'key policies name roles of the account, and keep the account itself',
  },
  on: ['kms:PutKeyPolicy'],

  detect(activity, known) {
    const key = text(activity.request, 'keyId');
    const factors = [
      ...openingFactors(document(activity.request, 'policy'), activity, known),
      ...(flag(activity.request, 'bypassPolicyLockoutSafetyCheck') ? [UNCHECKED] : []),
    ];
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('KMS key', key)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the key over': {
      event: did(user('mallory'), 'kms:PutKeyPolicy', {
        keyId: '1a2b',
        policyName: 'default',
        policy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
        bypassPolicyLockoutSafetyCheck: true,
      }),
      finds:
        'mallory wrote the policy of KMS key 1a2b: arn:aws:iam::999988887777:root of another account may use it (kms:*), and KMS was told not to check that the account can still change it',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'kms:PutKeyPolicy',
        { keyId: '1a2b', policy: allowing('*') },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to write the policy of KMS key 1a2b: everybody may use it (kms:*)',
    },
    'a deployment names the account': {
      event: did(role('deploy', 'ci-42'), 'kms:PutKeyPolicy', {
        keyId: '1a2b',
        policy: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of KMS key 1a2b',
    },
    'the policy is cut off': {
      event: did(user('alice'), 'kms:PutKeyPolicy', { keyId: '1a2b', policy: '{"Version":"2012-1' }),
      finds: 'alice wrote the policy of KMS key 1a2b: the policy could not be read',
    },
    'alice reads it': {
      event: did(user('alice'), 'kms:GetKeyPolicy', { keyId: '1a2b', policyName: 'default' }),
    },
  },
} satisfies Rule;

const UNCHECKED: Factor = {
  id: 'lockout',
  points: 15,
  because: 'KMS was told not to check that the account can still change it',
};

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] });
}
