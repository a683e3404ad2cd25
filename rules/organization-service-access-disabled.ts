import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Trails, detectors and sign-ins for all accounts hang on this trust.
export default {
  id: 'organization-service-access-disabled',
  title: 'Service not trusted by the organization any more',
  why: 'An AWS service was put out of the organization: it can act in the member accounts no longer, and what it did for all of them may stop. For CloudTrail, Config, GuardDuty and the like it means that nobody watches; for Identity Center that nobody gets in. It is normal when a service is given up for good, after its own settings were cleared.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1562.008', 'T1666'],
    cis: ['4.15', '4.16'],
    nist: ['AU-12', 'CM-3', 'SI-4'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.312(b)'],
    practice: 'a policy that denies switching the security services off',
  },
  on: ['organizations:DisableAWSServiceAccess'],

  detect(activity) {
    const service = text(activity.request, 'servicePrincipal');
    return {
      target: resourceTarget('service', service),
      because: `${activity.actor.name} ${verb(activity, 'put', 'put')} ${called('service', service)} out of the organization`,
      factors: isWatching(service)
        ? [{ id: 'watch', points: 25, because: 'it guards the accounts of the organization' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory blinds the organization': {
      event: did(user('mallory'), 'organizations:DisableAWSServiceAccess', {
        servicePrincipal: 'cloudtrail.amazonaws.com',
      }),
      finds: 'mallory put service cloudtrail.amazonaws.com out of the organization',
    },
    'a service is given up': {
      event: did(role('deploy', 'ci-42'), 'organizations:DisableAWSServiceAccess', {
        servicePrincipal: 'compute-optimizer.amazonaws.com',
      }),
      finds: 'role deploy (session ci-42) put service compute-optimizer.amazonaws.com out of the organization',
    },
    'a build may not, and does not say what': {
      event: did(
        role('build', 'ci-42'),
        'organizations:DisableAWSServiceAccess',
        {},
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to put a service that the record does not name out of the organization',
    },
    'a service is let in: another rule': {
      event: did(user('alice'), 'organizations:EnableAWSServiceAccess', {
        servicePrincipal: 'cloudtrail.amazonaws.com',
      }),
    },
  },
} satisfies Rule;

const WATCHING =
  /(^|\.)(cloudtrail|config|config-multiaccountsetup|guardduty|malware-protection\.guardduty|securityhub|access-analyzer|detective|macie|inspector2|fms|sso|controltower|auditmanager|securitylake|iam|backup)\.amazonaws\.com$/;

function isWatching(service: string | undefined): boolean {
  return service !== undefined && WATCHING.test(service);
}
