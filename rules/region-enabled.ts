import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A region that nobody uses is one that nobody watches.
export default {
  id: 'region-enabled',
  title: 'Region switched on',
  why: 'A region that was switched off was switched on in the account. Detectors, configuration records and budgets are seldom set up in regions that nobody uses, which is why intruders start their machines there. It is normal when the company opens a site in that part of the world; it is planned then, and done for all accounts.',
  severity: 'medium',
  maps: {
    mitre: ['T1535', 'T1496'],
    cis: ['3.1'],
    nist: ['AC-6', 'CM-3', 'CM-7'],
    pci: ['2.2.4', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'a policy that denies all regions that are not used',
  },
  on: ['account:EnableRegion'],

  detect(activity) {
    const region = text(activity.request, 'regionName');
    const account = text(activity.request, 'accountId') ?? activity.account;
    return {
      target: resourceTarget('region', region),
      because: `${activity.actor.name} ${verb(activity, 'switched on', 'switch on')} ${called('region', region)} in account ${account}`,
    };
  },

  automatic: false,

  examples: {
    'mallory opens a region where nobody looks': {
      event: did(user('mallory'), 'account:EnableRegion', { regionName: 'af-south-1' }),
      finds: 'mallory switched on region af-south-1 in account 111122223333',
    },
    'the management account may not, for a member': {
      event: did(
        role('platform', 'ana'),
        'account:EnableRegion',
        { regionName: 'ap-east-1', accountId: '444455556666' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role platform (session ana) tried to switch on region ap-east-1 in account 444455556666',
    },
    'a record that does not name the region': {
      event: did(user('mallory'), 'account:EnableRegion', { regionName: ['af-south-1'] }),
      finds: 'mallory switched on a region that the record does not name in account 111122223333',
    },
    'a region is switched off: another rule': {
      event: did(user('alice'), 'account:DisableRegion', { regionName: 'af-south-1' }),
    },
    'alice looks at it': {
      event: did(user('alice'), 'account:GetRegionOptStatus', { regionName: 'af-south-1' }),
    },
  },
} satisfies Rule;
