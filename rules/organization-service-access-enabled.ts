import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A service that the organization trusts may make roles in every account.
export default {
  id: 'organization-service-access-enabled',
  title: 'Service trusted by the organization',
  why: 'An AWS service was let into the organization: it may make roles for itself in all accounts and act there, for whoever commands the service in the management or a delegated account. With CloudFormation or Systems Manager that is a lever on everything. It is normal when a service is introduced for all accounts, and happens rarely.',
  severity: 'low',
  maps: {
    mitre: ['T1666', 'T1098.003'],
    cis: ['4.15'],
    nist: ['AC-6', 'CM-3', 'SA-9'],
    pci: ['7.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'only those services are trusted that are used',
  },
  on: ['organizations:EnableAWSServiceAccess', 'ram:EnableSharingWithAwsOrganization'],

  detect(activity) {
    const service = serviceIn(activity);
    return {
      target: resourceTarget('service', service),
      because: `${activity.actor.name} ${verb(activity, 'let', 'let')} ${called('service', service)} into the organization`,
      factors: isLever(service)
        ? [{ id: 'lever', points: 15, because: 'whoever commands it can run things in every account' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory gets a lever on all accounts': {
      event: did(user('mallory'), 'organizations:EnableAWSServiceAccess', {
        servicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
      }),
      finds: 'mallory let service member.org.stacksets.cloudformation.amazonaws.com into the organization',
    },
    'a deployment introduces a detector': {
      event: did(role('deploy', 'ci-42'), 'organizations:EnableAWSServiceAccess', {
        servicePrincipal: 'guardduty.amazonaws.com',
      }),
      finds: 'role deploy (session ci-42) let service guardduty.amazonaws.com into the organization',
    },
    'sharing within the organization': {
      event: did(user('alice'), 'ram:EnableSharingWithAwsOrganization', null, { response: { returnValue: true } }),
      finds: 'alice let service ram.amazonaws.com into the organization',
    },
    'a build may not, and does not say what': {
      event: did(
        role('build', 'ci-42'),
        'organizations:EnableAWSServiceAccess',
        {},
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to let a service that the record does not name into the organization',
    },
    'a service is put out: another rule': {
      event: did(user('alice'), 'organizations:DisableAWSServiceAccess', {
        servicePrincipal: 'guardduty.amazonaws.com',
      }),
    },
  },
} satisfies Rule;

function serviceIn({ name, request }: Activity): string | undefined {
  return name === 'ram:EnableSharingWithAwsOrganization' ? 'ram.amazonaws.com' : text(request, 'servicePrincipal');
}

function isLever(service: string | undefined): boolean {
  return service !== undefined && /(^|\.)(cloudformation|ssm|sso|iam|account)\.amazonaws\.com/.test(service);
}
