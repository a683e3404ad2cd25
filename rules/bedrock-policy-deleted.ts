import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A guardrail that other accounts are bound to works for them by this policy alone.
export default {
  id: 'bedrock-policy-deleted',
  title: 'Policy of a Bedrock resource deleted',
  why: 'The policy of a resource of Bedrock was deleted. Accounts that used the model or the guardrail through it are cut off; a guardrail that the organization enforces may fail everywhere, and denials that the policy held are gone. It is normal when a model is no longer shared, or is taken down.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1489'],
    cis: [],
    nist: ['AC-3', 'CM-3'],
    pci: ['7.2.1', '10.2.1.7'],
    hipaa: ['164.312(a)(1)'],
    practice: 'policies of shared models and guardrails change with deployments only',
  },
  on: ['bedrock:DeleteResourcePolicy'],

  detect(activity) {
    const resource = text(activity.request, 'resourceArn');
    return {
      target: resourceTarget('Bedrock resource', resource),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the policy of ${called('Bedrock resource', resource)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory cuts the others off a guardrail': {
      event: did(user('mallory'), 'bedrock:DeleteResourcePolicy', { resourceArn: 'guardrail-1' }),
      finds: 'mallory deleted the policy of Bedrock resource guardrail-1',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'bedrock:DeleteResourcePolicy',
        { resourceArn: 'guardrail-1' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to delete the policy of Bedrock resource guardrail-1',
    },
    'a request that names no resource': {
      event: did(user('alice'), 'bedrock:DeleteResourcePolicy', { resourceArn: null }),
      finds: 'alice deleted the policy of a Bedrock resource that the record does not name',
    },
    'the policy of a secret': {
      event: did(user('alice'), 'secretsmanager:DeleteResourcePolicy', { secretId: 'db/master' }),
    },
  },
} satisfies Rule;
