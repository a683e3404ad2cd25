import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call that answers with every user, group, role and policy: the map that tools for escalation start from.
export default {
  id: 'account-dumped',
  title: 'All of IAM read in one call',
  why: 'Somebody had every user, group, role and policy of the account listed in a single call. Tools that look for a way to more rights begin with it. It is everyday work for the monitoring of a vendor and for audits, which use a role: so by itself it is only kept on record. From a role on its EC2 instance it is out of place.',
  severity: 'low',
  maps: {
    mitre: ['T1087.004', 'T1069.003'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'only auditors and administrators may read all of IAM',
  },
  on: ['iam:GetAccountAuthorizationDetails'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    // The pages that follow the first tell nothing new.
    if (kind === 'service' || via || text(activity.request, 'marker')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'read', 'read')} all users, groups, roles and policies of the account`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory draws a map': {
      event: did(user('mallory'), 'iam:GetAccountAuthorizationDetails', { filter: ['User', 'Role'] }),
      finds: 'mallory read all users, groups, roles and policies of the account',
    },
    'the role of an instance': {
      event: did(role('web', 'i-0123456789abcdef0'), 'iam:GetAccountAuthorizationDetails', null),
      finds: 'role web (session i-0123456789abcdef0) read all users, groups, roles and policies of the account',
    },
    'the monitoring of a vendor is refused': {
      event: did(role('VendorMonitoring', 'scan'), 'iam:GetAccountAuthorizationDetails', null, {
        error: 'AccessDenied',
      }),
      finds: 'role VendorMonitoring (session scan) tried to read all users, groups, roles and policies of the account',
    },
    'the second page': {
      event: did(user('mallory'), 'iam:GetAccountAuthorizationDetails', { marker: 'AAEAAQ' }),
    },
    'the figures only': {
      event: did(user('alice'), 'iam:GetAccountSummary', null),
    },
  },
} satisfies Rule;

/** EC2 names the sessions of an instance after it: somebody else who chooses such a name only draws attention. */
function factorsOf({ actor }: Activity): Factor[] {
  if (/^i-[0-9a-f]{8,17}$/.test(actor.session?.name ?? ''))
    return [{ id: 'instance', points: 20, because: 'what runs on an instance has no use for it' }];
  return actor.longTerm ? [] : [{ id: 'session', points: -10, because: 'vendors and auditors do this through roles' }];
}
