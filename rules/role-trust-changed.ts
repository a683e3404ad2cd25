import { reference } from '../core/reference.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { insideFactors, trustFactors } from '../core/trust.ts';
import { did, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';
import restoreTrustPolicy from '../remediations/restore-trust-policy.ts';

// A role opened to another account is a door that stays open when every key of this account has been changed.
export default {
  id: 'role-trust-changed',
  title: 'Trust policy of a role changed',
  why: 'Who may assume a role was changed. A role that admits another account or everyone gives its permissions to people whom this account can neither see nor lock out; an intruder comes back through it. It is normal when a supplier is connected: then the account is known, and conditions name an external id.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1484.002', 'T1199'],
    cis: ['1.20', '4.4'],
    nist: ['AC-3', 'AC-6', 'AC-20'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'trust named accounts, with an external id or an organization id',
  },
  on: ['iam:UpdateAssumeRolePolicy'],

  documents(activity) {
    const name = text(activity.request, 'roleName');
    return name ? [reference.trust(name)] : [];
  },

  detect(activity, known) {
    const name = text(activity.request, 'roleName');
    if (!name) return undefined;
    const written = document(activity.request, 'policyDocument');
    const former = known.document(reference.trust(name));
    const added = trustFactors(written, former, activity, known);
    const accounts = { account: activity.account, known: [...known.accounts] };
    return {
      target: { kind: 'trust-policy', role: name, ...accounts, document: written, former },
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} who may assume role ${name}${added.map((each) => `: ${each.because}`).join()}`,
      factors: added.length > 0 ? added : insideFactors(written, former, activity),
    };
  },

  remedy: restoreTrustPolicy,
  automatic: true,

  examples: {
    'alice opens a role to another account': {
      event: did(user('alice'), 'iam:UpdateAssumeRolePolicy', {
        roleName: 'ci',
        policyDocument: trusting({ Service: 'ec2.amazonaws.com' }, { AWS: 'arn:aws:iam::999988887777:root' }),
      }),
      finds:
        'alice changed who may assume role ci: arn:aws:iam::999988887777:root of another account may assume the role',
    },
    'a deployment lets a role of the same account in': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateAssumeRolePolicy', {
        roleName: 'web',
        policyDocument: trusting({ AWS: 'arn:aws:iam::111122223333:role/build' }),
      }),
      finds: 'role deploy (session ci-42) changed who may assume role web',
    },
    'the outsider is taken out again': {
      event: did(user('alice'), 'iam:UpdateAssumeRolePolicy', {
        roleName: 'ci',
        policyDocument: trusting({ Service: 'ec2.amazonaws.com' }),
      }),
      documents: {
        'trust/ci': JSON.parse(trusting({ Service: 'ec2.amazonaws.com' }, { AWS: 'arn:aws:iam::999988887777:root' })),
      },
      finds: 'alice changed who may assume role ci',
    },
    'a request that names no role': {
      event: did(user('alice'), 'iam:UpdateAssumeRolePolicy', { policyDocument: '{}' }),
    },
  },
} satisfies Rule;

function trusting(...principals: { [kind: string]: string }[]): string {
  const statements = principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
