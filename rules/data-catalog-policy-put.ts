import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document } from '../events/fields.ts';

// The catalogue says what data there are and where: a map for whoever wants to take them.
export default {
  id: 'data-catalog-policy-put',
  title: 'Policy of the Glue data catalogue written',
  why: 'Who may read or change the data catalogue of Glue was changed. An outsider who is let in sees all databases, tables and the buckets behind them, or points a table to data of their own. It is normal where accounts of the organization share one catalogue, mostly through Lake Formation.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1619', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-21'],
    pci: ['7.2.1', '7.2.6', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'catalogues shared through Lake Formation, with named accounts',
  },
  on: ['glue:PutResourcePolicy'],

  detect(activity, known) {
    const factors = openingFactors(document(activity.request, 'policyInJson'), activity, known);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of the data catalogue${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets her own account read': {
      event: did(user('mallory'), 'glue:PutResourcePolicy', {
        policyInJson: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
      }),
      finds:
        'mallory wrote the policy of the data catalogue: arn:aws:iam::999988887777:root of another account may use it (glue:*)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'glue:PutResourcePolicy',
        { policyInJson: allowing('*') },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to write the policy of the data catalogue: everybody may use it (glue:*)',
    },
    'a deployment names a role of the account': {
      event: did(role('deploy', 'ci-42'), 'glue:PutResourcePolicy', {
        policyInJson: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/lake` }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of the data catalogue',
    },
    'the policy is missing': {
      event: did(user('alice'), 'glue:PutResourcePolicy', { policyInJson: null }),
      finds: 'alice wrote the policy of the data catalogue: the policy could not be read',
    },
    'the policy of a secret: another rule': {
      event: did(user('alice'), 'secretsmanager:PutResourcePolicy', { secretId: 'db/master' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'glue:*', Resource: '*' }] });
}
