import { askedFactor, questionIn } from '../core/exploration.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, service, user } from '../events/did.ts';

// The list of accounts is the list of what else there is to take.
export default {
  id: 'organization-enumerated',
  title: 'Organization explored',
  why: 'One identity asked AWS Organizations at least five different questions within ten minutes: accounts, units, policies, delegated administrators. An intruder in one account learns so which others there are and what holds him back. The console, vendors and inventories ask the same through sessions and roles, which are kept below an alert; a long-term key, or somebody who is refused the answers, has little reason.',
  severity: 'medium',
  maps: {
    mitre: ['T1087.004', 'T1580', 'T1526'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'the organization is managed and read from few accounts',
  },
  // Without those that a common data source of infrastructure-as-code asks besides (service access, tags).
  on: [
    'organizations:DescribeAccount',
    'organizations:DescribeEffectivePolicy',
    'organizations:DescribeOrganization',
    'organizations:DescribeOrganizationalUnit',
    'organizations:DescribePolicy',
    'organizations:DescribeResourcePolicy',
    'organizations:ListAccounts',
    'organizations:ListAccountsForParent',
    'organizations:ListChildren',
    'organizations:ListCreateAccountStatus',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListDelegatedServicesForAccount',
    'organizations:ListHandshakesForAccount',
    'organizations:ListHandshakesForOrganization',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListParents',
    'organizations:ListPolicies',
    'organizations:ListPoliciesForTarget',
    'organizations:ListRoots',
    'organizations:ListTargetsForPolicy',
  ],

  detect(activity) {
    return questionIn(activity, factorsOf(activity));
  },

  count: {
    atLeast: 5,
    minutes: 10,
    distinct: ({ name }) => name,
    says: ({ actor }, count) =>
      `${actor.name} asked ${count} different questions about the organization within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory looks which accounts there are': {
      event: did(user('mallory'), 'organizations:ListAccounts', null),
      finds: 'mallory called organizations:ListAccounts',
    },
    'a stolen role is refused': {
      event: did(role('web', 'session'), 'organizations:ListRoots', null, { error: 'AccessDeniedException' }),
      finds: 'role web (session session) tried to call organizations:ListRoots',
    },
    'ana opens the page of the organization': {
      event: did(identityCenter('ana', 'Auditor'), 'organizations:ListAccounts', null),
      finds: 'ana called organizations:ListAccounts',
    },
    'a service looks for its administrator': {
      event: did(service('guardduty.amazonaws.com'), 'organizations:ListDelegatedAdministrators', null),
    },
    'accounts of another service': {
      event: did(user('mallory'), 'sso:ListAccounts', null),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity): Factor[] {
  if (activity.failed || activity.actor.longTerm) return askedFactor(activity);
  return [{ id: 'session', points: -20, because: 'vendors, inventories and console pages ask this as well' }];
}
