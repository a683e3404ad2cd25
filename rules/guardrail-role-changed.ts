import { OWN_ROLES } from '../core/protect.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// To blind the guardrail, or to borrow its rights, one starts at its roles.
export default {
  id: 'guardrail-role-changed',
  title: "A role of the guardrail's was changed",
  why: 'Somebody changed one of the roles that the guardrail runs with: who may assume it, what it may do, or whether it exists at all. Afterwards the guardrail may be blind or unable to act, or somebody else may act with its rights. It is normal only while the guardrail itself is being deployed or updated; name the deploying role in the settings, so that its updates weigh less.',
  severity: 'critical',
  maps: {
    mitre: ['T1562.001', 'T1098.003'],
    cis: ['4.4'],
    nist: ['AC-3', 'AC-6(1)', 'SI-7'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.308(a)(6)(ii)'],
    practice: 'the guardrail watches itself',
  },
  on: [
    'iam:UpdateAssumeRolePolicy',
    'iam:AttachRolePolicy',
    'iam:DetachRolePolicy',
    'iam:PutRolePolicy',
    'iam:DeleteRolePolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:DeleteRolePermissionsBoundary',
    'iam:UpdateRole',
    'iam:DeleteRole',
  ],

  // IAM finds roles whatever the case of the name.
  detect(activity) {
    const name = text(activity.request, 'roleName')?.toLowerCase();
    const own = OWN_ROLES.find((each) => each === name);
    if (!own) return undefined;
    return {
      target: { kind: 'principal', principal: { type: 'role', name: own } },
      because: `${activity.actor.name} ${verb(activity, 'called', 'call')} ${activity.name} on the guardrail's role ${own}`,
    };
  },

  automatic: false,

  examples: {
    'mallory lets herself in': {
      event: did(user('mallory'), 'iam:UpdateAssumeRolePolicy', {
        roleName: 'iam-guardrail-remediation',
        policyDocument: '{"Version":"2012-10-17","Statement":[]}',
      }),
      finds: "mallory called iam:UpdateAssumeRolePolicy on the guardrail's role iam-guardrail-remediation",
    },
    'a deployment updates the detector': {
      event: did(role('deploy', 'ci-42'), 'iam:PutRolePolicy', {
        roleName: 'iam-guardrail-detect',
        policyName: 'read',
        policyDocument: '{"Version":"2012-10-17","Statement":[]}',
      }),
      finds: "role deploy (session ci-42) called iam:PutRolePolicy on the guardrail's role iam-guardrail-detect",
    },
    'a deletion is refused': {
      event: did(user('mallory'), 'iam:DeleteRole', { roleName: 'IAM-Guardrail-Sweep' }, { error: 'DeleteConflict' }),
      finds: "mallory tried to call iam:DeleteRole on the guardrail's role iam-guardrail-sweep",
    },
    'a role of somebody else': {
      event: did(user('alice'), 'iam:DeleteRole', { roleName: 'iam-guardrail-demo' }),
    },
  },
} satisfies Rule;
