import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';

// A server knows what it is for. One that asks what the account holds is asking for somebody else.
export default {
  id: 'account-surveyed-from-instance',
  title: 'Account explored with the role of an instance',
  why: 'The role of an EC2 instance was used to ask at least five different questions about the whole account within ten minutes: users, roles, buckets, trails, detectors, secrets, functions. What runs on a server does not need to know; whoever has broken into it, or has taken its credentials, does. It is normal for a scanner or a build server that runs on an instance: name its role as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1580', 'T1526', 'T1087.004', 'T1552.005'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'instances carry roles for their own work only, and require IMDSv2',
  },
  // A pattern, so that only what instances ask arrives: EC2 names their sessions after them.
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventName: [
        { prefix: 'ListFunctions' },
        'DescribeConfigurationRecorders',
        'DescribeDBInstances',
        'DescribeHub',
        'DescribeOrganization',
        'DescribeSnapshots',
        'DescribeTrails',
        'GetAccountAuthorizationDetails',
        'GetAccountPasswordPolicy',
        'GetAccountSummary',
        'ListAccessKeys',
        'ListAccountAliases',
        'ListAccounts',
        'ListBuckets',
        'ListDetectors',
        'ListGroups',
        'ListPolicies',
        'ListRoles',
        'ListSecrets',
        'ListTables',
        'ListUsers',
      ],
      userIdentity: { principalId: [{ wildcard: '*:i-*' }], invokedBy: [{ exists: false }] },
    },
  },

  detect(activity) {
    const { kind, name, session } = activity.actor;
    if (kind !== 'role' || !/^i-[0-9a-f]{8,17}$/.test(session?.name ?? '')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'called', 'call')} ${activity.name}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 5,
    minutes: 10,
    per: ({ actor }) => `${actor.id} ${actor.session?.name}`,
    distinct: ({ name }) => name,
    says: ({ actor }, count) =>
      `${actor.name} asked ${count} different questions about the whole account within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory has broken into a web server': {
      event: did(role('web', 'i-0123456789abcdef0'), 's3:ListBuckets', null),
      finds: 'role web (session i-0123456789abcdef0) called s3:ListBuckets',
    },
    'and may not look who is there': {
      event: did(role('web', 'i-0123456789abcdef0'), 'iam:ListUsers', null, { error: 'AccessDenied' }),
      finds: 'role web (session i-0123456789abcdef0) tried to call iam:ListUsers',
    },
    'a server looks for its neighbours': {
      event: did(role('web', 'i-0123456789abcdef0'), 'ec2:DescribeInstances', {}),
    },
    'a session that only begins like one': {
      event: did(role('inventory', 'i-am-alice'), 's3:ListBuckets', null),
    },
    'alice does the same': {
      event: did(user('alice'), 's3:ListBuckets', null),
    },
  },
} satisfies Rule;

function factorsOf({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'counted', points: 30, because: 'that it was asked counts, whatever the answer' }] : [];
}
