import { clauses, openingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, flag, text } from '../events/fields.ts';

// An outsider in the policy of a secret reads its next value, too, and every one after that.
export default {
  id: 'secret-policy-put',
  title: 'Policy of a secret written',
  why: 'Who may read or change a secret in Secrets Manager was changed. An outsider who is let in reads the password now and after every rotation, from an account that you cannot see. It is normal when a deployment lets a role of the account, or an account of the organization, read what it needs.',
  severity: 'low',
  maps: {
    mitre: ['T1555.006', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-6', 'IA-5'],
    pci: ['7.2.1', '8.3.2', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'secrets read by named roles, under a key of their own',
  },
  on: ['secretsmanager:PutResourcePolicy'],

  detect(activity, known) {
    const secret = text(activity.request, 'secretId');
    const factors = [
      ...openingFactors(document(activity.request, 'resourcePolicy'), activity, known),
      ...(flag(activity.request, 'blockPublicPolicy') === false ? [UNCHECKED] : []),
    ];
    return {
      target: resourceTarget('secret', secret),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('secret', secret)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory reads along from outside': {
      event: did(user('mallory'), 'secretsmanager:PutResourcePolicy', {
        secretId: 'db/master',
        resourcePolicy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
        blockPublicPolicy: false,
      }),
      finds:
        'mallory wrote the policy of secret db/master: arn:aws:iam::999988887777:root of another account may use it (secretsmanager:GetSecretValue), and public policies were not to be refused',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'secretsmanager:PutResourcePolicy',
        { secretId: 'db/master', resourcePolicy: allowing('*') },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to write the policy of secret db/master: everybody may use it (secretsmanager:GetSecretValue)',
    },
    'a deployment lets a role read': {
      event: did(role('deploy', 'ci-42'), 'secretsmanager:PutResourcePolicy', {
        secretId: 'db/master',
        resourcePolicy: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/web` }),
        blockPublicPolicy: true,
      }),
      finds: 'role deploy (session ci-42) wrote the policy of secret db/master',
    },
    'the policy is missing': {
      event: did(user('alice'), 'secretsmanager:PutResourcePolicy', { secretId: 'db/master' }),
      finds: 'alice wrote the policy of secret db/master: the policy could not be read',
    },
    'the policy of a table: another rule': {
      event: did(user('alice'), 'dynamodb:PutResourcePolicy', { resourceArn: 'orders' }),
    },
  },
} satisfies Rule;

const UNCHECKED: Factor = { id: 'unchecked', points: 10, because: 'public policies were not to be refused' };

function allowing(Principal: unknown): string {
  return JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
  });
}
