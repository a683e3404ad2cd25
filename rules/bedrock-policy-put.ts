import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// A model that was trained on a company's data is shared like a bucket, by one statement.
export default {
  id: 'bedrock-policy-put',
  title: 'Policy of a Bedrock resource written',
  why: 'Who may use a resource of Bedrock, such as a custom model or a guardrail, was changed. An outsider who is let in copies a model that holds what it was trained on, or uses it at the expense of the account. It is normal where accounts of the organization share models or one guardrail.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-21'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'models shared with the organization only',
  },
  on: ['bedrock:PutResourcePolicy'],

  detect(activity, known) {
    const resource = text(activity.request, 'resourceArn');
    const factors = openingFactors(document(activity.request, 'resourcePolicy'), activity, known);
    return {
      target: resourceTarget('Bedrock resource', resource),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('Bedrock resource', resource)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory shares a model with her own account': {
      event: did(user('mallory'), 'bedrock:PutResourcePolicy', {
        resourceArn: 'model-1',
        resourcePolicy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
      }),
      finds:
        'mallory wrote the policy of Bedrock resource model-1: arn:aws:iam::999988887777:root of another account may use it (bedrock:*)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'bedrock:PutResourcePolicy',
        { resourceArn: 'model-1', resourcePolicy: allowing('*') },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to write the policy of Bedrock resource model-1: everybody may use it (bedrock:*)',
    },
    'a deployment names a role of the account': {
      event: did(role('deploy', 'ci-42'), 'bedrock:PutResourcePolicy', {
        resourceArn: 'model-1',
        resourcePolicy: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/chat` }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of Bedrock resource model-1',
    },
    'the policy is missing': {
      event: did(user('alice'), 'bedrock:PutResourcePolicy', { resourceArn: 1 }),
      finds: 'alice wrote the policy of a Bedrock resource that the record does not name: the policy could not be read',
    },
    'the policy of a table: another rule': {
      event: did(user('alice'), 'dynamodb:PutResourcePolicy', { resourceArn: 'orders' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'bedrock:*', Resource: '*' }] });
}
