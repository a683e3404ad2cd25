import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { trustFactors } from '../core/trust.ts';
import { did, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';
import quarantineRole from '../remediations/quarantine-role.ts';

// A new role is a way in for whomever it trusts: with the account's own services and people that is everyday work.
export default {
  id: 'role-created',
  title: 'Role created',
  why: 'Somebody made a role. Most roles are for services and people of the account, and everyday work. One that another account or everyone may assume is how intruders come back without a key; suppliers ask for the same when they are connected, with an external id, and build systems with a subject.',
  severity: 'low',
  maps: {
    mitre: ['T1136.003', 'T1098.003', 'T1199'],
    cis: ['1.20', '4.4'],
    nist: ['AC-2(4)', 'AC-3', 'AC-20'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'trust named accounts, with an external id or an organization id',
  },
  on: ['iam:CreateRole'],

  detect(activity, known) {
    const name = text(activity.request, 'roleName');
    if (!name) return undefined;
    const trust = document(activity.request, 'assumeRolePolicyDocument');
    const outside = trustFactors(trust, null, activity, known);
    return {
      target: { kind: 'principal', principal: { type: 'role', name } },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} role ${name}${outside.map((each) => `: ${each.because}`).join()}`,
      factors: outside.length > 0 ? outside : [ORDINARY],
    };
  },

  remedy: quarantineRole,
  automatic: false,

  examples: {
    'alice makes a role for another account': {
      event: did(user('alice'), 'iam:CreateRole', {
        roleName: 'support',
        assumeRolePolicyDocument: trusting({ AWS: 'arn:aws:iam::999988887777:root' }),
      }),
      finds: 'alice created role support: arn:aws:iam::999988887777:root of another account may assume the role',
    },
    'a deployment connects a build system, for one repository': {
      event: did(role('deploy', 'ci-42'), 'iam:CreateRole', {
        roleName: 'build',
        assumeRolePolicyDocument: trusting(
          { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
          { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/web:*' } },
        ),
      }),
      finds:
        'role deploy (session ci-42) created role build: identities of arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com may assume the role, within conditions',
    },
    'a role for a service': {
      event: did(user('alice'), 'iam:CreateRole', {
        roleName: 'web',
        assumeRolePolicyDocument: trusting({ Service: 'ec2.amazonaws.com' }),
      }),
      finds: 'alice created role web',
    },
    'a role for the own account': {
      event: did(user('alice'), 'iam:CreateRole', {
        roleName: 'admin',
        assumeRolePolicyDocument: trusting({ AWS: '111122223333' }),
      }),
      finds: 'alice created role admin',
    },
    'a request that names no role': {
      event: did(user('alice'), 'iam:CreateRole', {}),
    },
  },
} satisfies Rule;

const ORDINARY = { id: 'trust', points: -20, because: 'only the account and AWS services may assume the role' };

function trusting(Principal: { [kind: string]: string }, Condition = {}): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }] });
}
