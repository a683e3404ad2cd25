import { REMEDIATION_ROLE } from '../core/protect.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role } from '../events/did.ts';

// Who may undo everything can also do it: the guardrail's own role is watched like any other.
export default {
  id: 'guardrail-role-used',
  title: "The guardrail's role made a change",
  why: "The role with which the guardrail carries out its changes made a call that changes something. Every call of the guardrail's own is written to its journal before it is made, and such a call counts for nothing here. A call that the journal does not hold means that the role is in other hands: revoke its sessions, and find out who may assume it.",
  severity: 'critical',
  maps: {
    mitre: ['T1078.004', 'T1562.001'],
    cis: ['1.16', '4.4'],
    nist: ['AC-6(9)', 'AU-2', 'SI-7'],
    pci: ['7.2.5', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(b)', '164.308(a)(6)(ii)'],
    practice: 'the guardrail watches itself',
  },
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      readOnly: [false, { exists: false }],
      userIdentity: { sessionContext: { sessionIssuer: { arn: [{ suffix: `:role/${REMEDIATION_ROLE}` }] } } },
    },
  },

  detect(activity) {
    return {
      target: { kind: 'principal', principal: { type: 'role', name: REMEDIATION_ROLE } },
      because: `the guardrail's remediation role ${verb(activity, 'called', 'call')} ${activity.name}`,
    };
  },

  automatic: false,

  examples: {
    'a key is disabled: by the guardrail, or by whoever has its role': {
      event: did(role(REMEDIATION_ROLE, 'change-1'), 'iam:UpdateAccessKey', {
        userName: 'bob',
        accessKeyId: 'AKIAEXAMPLE000000001',
        status: 'Inactive',
      }),
      finds: "the guardrail's remediation role called iam:UpdateAccessKey",
    },
    'a call that its permissions do not cover': {
      event: did(
        role(REMEDIATION_ROLE, 'change-1'),
        'ec2:RunInstances',
        { instanceType: 'p5.48xlarge' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: "the guardrail's remediation role tried to call ec2:RunInstances",
    },
    'it looks at a user': {
      event: did(role(REMEDIATION_ROLE, 'change-1'), 'iam:GetUser', { userName: 'bob' }),
    },
    'a role with a longer name': {
      event: did(role(`${REMEDIATION_ROLE}-2`, 'x'), 'iam:UpdateAccessKey', { userName: 'bob' }),
    },
  },
} satisfies Rule;
