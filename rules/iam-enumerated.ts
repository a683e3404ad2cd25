import { askedFactor, isOnInstance, questionIn } from '../core/exploration.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, service, user } from '../events/did.ts';

// Who is there, and what may they do: before an intruder takes more rights, he learns who has them.
export default {
  id: 'iam-enumerated',
  title: 'IAM explored',
  why: 'One identity asked IAM at least twelve different questions about the whole account within five minutes: its users, keys, roles, policies, MFA devices and reports. An intruder looks for a way to more rights so. Monitoring of a vendor, auditors and the pages of the IAM console do it daily, through roles and console sessions: these are kept below an alert. A long-term key, or a role on its EC2 instance, has little reason.',
  severity: 'medium',
  maps: {
    mitre: ['T1087.004', 'T1069.003'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'only auditors and administrators may read all of IAM',
  },
  // The questions about everything: infrastructure-as-code that refreshes its state asks for the things that it made.
  on: [
    'iam:GenerateCredentialReport',
    'iam:GenerateServiceLastAccessedDetails',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetAccountPasswordPolicy',
    'iam:GetAccountSummary',
    'iam:GetAccessKeyLastUsed',
    'iam:GetCredentialReport',
    'iam:GetLoginProfile',
    'iam:ListAccessKeys',
    'iam:ListAccountAliases',
    'iam:ListAttachedGroupPolicies',
    'iam:ListAttachedUserPolicies',
    'iam:ListEntitiesForPolicy',
    'iam:ListGroupPolicies',
    'iam:ListGroups',
    'iam:ListGroupsForUser',
    'iam:ListInstanceProfiles',
    'iam:ListMFADevices',
    'iam:ListOpenIDConnectProviders',
    'iam:ListPolicies',
    'iam:ListPoliciesGrantingServiceAccess',
    'iam:ListRoles',
    'iam:ListSAMLProviders',
    'iam:ListServerCertificates',
    'iam:ListServiceSpecificCredentials',
    'iam:ListSigningCertificates',
    'iam:ListSSHPublicKeys',
    'iam:ListUserPolicies',
    'iam:ListUsers',
    'iam:ListVirtualMFADevices',
    'iam:SimulatePrincipalPolicy',
  ],

  detect(activity) {
    return questionIn(activity, factorsOf(activity));
  },

  count: {
    atLeast: 12,
    minutes: 5,
    distinct: ({ name }) => name,
    says: ({ actor }, count) =>
      `${actor.name} asked IAM ${count} different questions about the account within 5 minutes`,
  },

  automatic: false,

  examples: {
    'mallory looks who is there': {
      event: did(user('mallory'), 'iam:ListUsers', null),
      finds: 'mallory called iam:ListUsers',
    },
    'the role of an instance, from the instance or stolen from it': {
      event: did(role('web', 'i-0123456789abcdef0'), 'iam:ListRoles', null, { error: 'AccessDenied' }),
      finds: 'role web (session i-0123456789abcdef0) tried to call iam:ListRoles',
    },
    'the monitoring of a vendor': {
      event: did(role('VendorMonitoring', 'scan'), 'iam:GetAccountSummary', null),
      finds: 'role VendorMonitoring (session scan) called iam:GetAccountSummary',
    },
    'a service takes its inventory': {
      event: did(service('config.amazonaws.com'), 'iam:ListRoles', null),
    },
    'a deployment reads the role that it made': {
      event: did(user('deploy'), 'iam:GetRole', { roleName: 'web' }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity): Factor[] {
  const { actor } = activity;
  if (actor.longTerm || isOnInstance(actor)) return askedFactor(activity);
  return [
    ...askedFactor(activity),
    { id: 'session', points: -20, because: 'vendors, auditors and console pages ask this as well' },
  ];
}
