import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The rule would have said that the bucket is public; without it the bucket is only a bucket.
export default {
  id: 'config-rule-deleted',
  title: 'Rule of AWS Config deleted',
  why: 'A rule or a conformance pack of AWS Config was deleted, in this account or in all of the organization. What it checked, an open port, a public bucket, a user without MFA, is not reported any more, and its results are gone. It is normal when rules are replaced in code; AWS services delete rules of their own.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.9'],
    nist: ['CM-3', 'CM-6', 'SI-4'],
    pci: ['10.7.2', '11.5.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(8)'],
    practice: 'rules come and go by code only',
  },
  on: [
    'config:DeleteConfigRule',
    'config:DeleteConformancePack',
    'config:DeleteOrganizationConfigRule',
    'config:DeleteOrganizationConformancePack',
  ],

  detect(activity) {
    const name = KEYS.map((each) => text(activity.request, each)).find((each) => each !== undefined);
    const thing = activity.name.endsWith('Pack') ? 'conformance pack' : 'configuration rule';
    return {
      target: resourceTarget(thing, name),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called(thing, name)}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory wants a public bucket': {
      event: did(user('mallory'), 'config:DeleteConfigRule', { configRuleName: 's3-bucket-public-read-prohibited' }),
      finds: 'mallory deleted configuration rule s3-bucket-public-read-prohibited',
    },
    'in all accounts at once, refused': {
      event: did(
        role('web', 'i-0abc'),
        'config:DeleteOrganizationConformancePack',
        { organizationConformancePackName: 'baseline' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to delete conformance pack baseline',
    },
    'a service clears up its own': {
      event: did(
        role('aws-service-role/securityhub.amazonaws.com/AWSServiceRoleForSecurityHub', 'securityhub'),
        'config:DeleteConfigRule',
        {
          configRuleName: 'securityhub-root-account-mfa-enabled-1a2b3c',
        },
      ),
      finds:
        'role AWSServiceRoleForSecurityHub (session securityhub) deleted configuration rule securityhub-root-account-mfa-enabled-1a2b3c',
    },
    'the record does not name it': {
      event: did(user('mallory'), 'config:DeleteConfigRule', { configRuleName: ['a'] }),
      finds: 'mallory deleted a configuration rule that the record does not name',
    },
    'a rule is made': {
      event: did(user('alice'), 'config:PutConfigRule', { configRule: { configRuleName: 'mfa' } }),
    },
  },
} satisfies Rule;

const KEYS = ['configRuleName', 'conformancePackName', 'organizationConfigRuleName', 'organizationConformancePackName'];

// Nobody but AWS can make a role with the path of service-linked ones.
function factorsOf({ name, actor }: Activity): Factor[] {
  if (actor.id.includes(':role/aws-service-role/'))
    return [
      { id: 'service', points: -25, because: 'the role is that of an AWS service, which keeps rules of its own' },
    ];
  if (!name.includes(':DeleteOrganization')) return [];
  return [{ id: 'organization', points: 20, because: 'it is gone in all accounts of the organization' }];
}
