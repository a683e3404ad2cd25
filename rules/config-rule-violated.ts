import type { Rule } from '../core/rule.ts';
import { resourceTarget } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { reported } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Config describes states: what it says about an identity tells what the change before it has left behind.
export default {
  id: 'config-rule-violated',
  title: 'AWS Config reported a violation',
  why: 'A rule of AWS Config found that a user, role, group or policy does not comply any more: a key too old, a user without MFA, a policy too wide. It is kept with the incident of the change that caused it, and alerts nobody by itself: most violations are old states that a rule was just turned on for.',
  severity: 'info',
  maps: {
    mitre: ['T1098'],
    cis: ['3.3'],
    nist: ['CA-7', 'CM-6'],
    pci: ['2.2.1', '10.4.1'],
    hipaa: ['164.308(a)(8)'],
    practice: 'compliance is measured all the time',
  },
  on: { source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'] },

  detect({ request }) {
    const type = text(request, 'resourceType');
    const rule = text(request, 'configRuleName');
    const verdict = text(inner(request, 'newEvaluationResult'), 'complianceType');
    if (!rule || verdict !== 'NON_COMPLIANT' || !type?.startsWith('AWS::IAM::')) return undefined;
    const resource = text(request, 'resourceId');
    return {
      target: resourceTarget(type, resource),
      because: `${type} ${resource ?? 'of a name that the record does not show'} violates the Config rule ${rule}`,
    };
  },

  automatic: false,

  examples: {
    'a user without MFA': {
      event: reported('config', 'Config Rules Compliance Change', verdict('AWS::IAM::User', 'NON_COMPLIANT')),
      finds: 'AWS::IAM::User AIDAEXAMPLE000000001 violates the Config rule iam-user-mfa-enabled',
    },
    'it complies again': {
      event: reported('config', 'Config Rules Compliance Change', verdict('AWS::IAM::User', 'COMPLIANT')),
    },
    'a volume is none of the business': {
      event: reported('config', 'Config Rules Compliance Change', verdict('AWS::EC2::Volume', 'NON_COMPLIANT')),
    },
  },
} satisfies Rule;

function verdict(resourceType: string, complianceType: string): Fields {
  return {
    resourceType,
    resourceId: 'AIDAEXAMPLE000000001',
    awsAccountId: '111122223333',
    awsRegion: 'us-east-1',
    configRuleName: 'iam-user-mfa-enabled',
    newEvaluationResult: { complianceType },
    notificationCreationTime: '2026-11-20T03:12:45Z',
  };
}
