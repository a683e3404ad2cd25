import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// Tables were closed to other accounts for years, so few people look whether one is open.
export default {
  id: 'dynamodb-policy-put',
  title: 'Policy of a DynamoDB table written',
  why: 'Who may use a DynamoDB table or its stream was changed. An outsider who is let in reads or changes every item from an account that you cannot see. It is normal when a deployment lets a role of another account of the organization read, which the settings should know.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1537'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.6', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'tables without policies, or with named roles and public access blocked',
  },
  on: ['dynamodb:PutResourcePolicy'],

  detect(activity, known) {
    const table = text(activity.request, 'resourceArn');
    const factors = openingFactors(document(activity.request, 'policy'), activity, known);
    return {
      target: resourceTarget('table', table),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('table', table)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets her own account read': {
      event: did(user('mallory'), 'dynamodb:PutResourcePolicy', {
        resourceArn: 'orders',
        policy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
      }),
      finds:
        'mallory wrote the policy of table orders: arn:aws:iam::999988887777:root of another account may use it (dynamodb:Scan)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'dynamodb:PutResourcePolicy',
        { resourceArn: 'orders', policy: allowing('*') },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to write the policy of table orders: everybody may use it (dynamodb:Scan)',
    },
    'a deployment names a role of the account': {
      event: did(role('deploy', 'ci-42'), 'dynamodb:PutResourcePolicy', {
        resourceArn: 'orders',
        policy: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/web` }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of table orders',
    },
    'the policy is missing': {
      event: did(user('alice'), 'dynamodb:PutResourcePolicy', { resourceArn: 'orders', policy: false }),
      finds: 'alice wrote the policy of table orders: the policy could not be read',
    },
    'the policy of a stream of data': {
      event: did(user('alice'), 'kinesis:PutResourcePolicy', { resourceARN: 'clicks' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'dynamodb:Scan', Resource: '*' }] });
}
