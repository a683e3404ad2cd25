import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Everything in it goes on running and costing, and nobody can reach it.
export default {
  id: 'region-disabled',
  title: 'Region switched off',
  why: 'A region was switched off in the account. What is in there can be reached by nobody any more, though it goes on running and costing. For a region that is not used that is good housekeeping, and mostly the reason. For one that is in use it is an outage, and an intruder hides what he started there from those who look for it.',
  severity: 'low',
  maps: {
    mitre: ['T1531', 'T1489', 'T1535'],
    cis: [],
    nist: ['CM-3', 'CM-7', 'CP-2'],
    pci: ['2.2.4', '10.2.1.5'],
    hipaa: ['164.308(a)(7)(i)'],
    practice: 'regions are switched on and off for all accounts at once',
  },
  on: ['account:DisableRegion'],

  detect(activity) {
    const region = text(activity.request, 'regionName');
    const account = text(activity.request, 'accountId') ?? activity.account;
    return {
      target: resourceTarget('region', region),
      because: `${activity.actor.name} ${verb(activity, 'switched off', 'switch off')} ${called('region', region)} in account ${account}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a region unreachable': {
      event: did(user('mallory'), 'account:DisableRegion', { regionName: 'eu-south-1' }),
      finds: 'mallory switched off region eu-south-1 in account 111122223333',
    },
    'the management account may not, for a member': {
      event: did(
        role('platform', 'ana'),
        'account:DisableRegion',
        { regionName: 'ap-east-1', accountId: '444455556666' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role platform (session ana) tried to switch off region ap-east-1 in account 444455556666',
    },
    'a record that does not name the region': {
      event: did(user('mallory'), 'account:DisableRegion', {}),
      finds: 'mallory switched off a region that the record does not name in account 111122223333',
    },
    'a region is switched on: another rule': {
      event: did(user('alice'), 'account:EnableRegion', { regionName: 'eu-south-1' }),
    },
  },
} satisfies Rule;
