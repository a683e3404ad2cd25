import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// Whoever is on the list may do what he likes: GuardDuty makes no findings about trusted addresses.
export default {
  id: 'trusted-addresses-changed',
  title: 'List of trusted addresses of GuardDuty changed',
  why: 'A list of addresses that GuardDuty trusts was made, changed or deleted. GuardDuty finds nothing about what comes from such an address, so an intruder puts his own on it. It is normal when an office or a scanner gets a new address. Read the file that the list points to: it lies in a bucket, and must hold only addresses of yours.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['SI-4', 'CM-3'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'lists of trusted addresses are short, in code, and reviewed',
  },
  on: [
    'guardduty:CreateIPSet',
    'guardduty:UpdateIPSet',
    'guardduty:DeleteIPSet',
    'guardduty:CreateTrustedEntitySet',
    'guardduty:UpdateTrustedEntitySet',
    'guardduty:DeleteTrustedEntitySet',
  ],

  detect(activity) {
    const { request } = activity;
    const name = text(request, 'name') ?? text(request, 'ipSetId') ?? text(request, 'trustedEntitySetId');
    const file = text(request, 'location');
    return {
      target: resourceTarget('list of trusted addresses', name),
      because: `${activity.actor.name} ${what(activity)} ${called('list of trusted addresses', name)}${file ? ` from ${file}` : ''}`,
      factors:
        flag(request, 'activate') === false ? [{ id: 'inactive', points: -20, because: 'the list is not in use' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory trusts herself': {
      event: did(user('mallory'), 'guardduty:CreateIPSet', {
        detectorId: '12abc',
        name: 'offices',
        format: 'TXT',
        location: 's3://cheap-storage/list.txt',
        activate: true,
      }),
      finds: 'mallory created list of trusted addresses offices from s3://cheap-storage/list.txt',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'guardduty:UpdateIPSet',
        { detectorId: '12abc', ipSetId: '0cb0141a', location: 's3://cheap-storage/list.txt' },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'role web (session i-0abc) tried to update list of trusted addresses 0cb0141a from s3://cheap-storage/list.txt',
    },
    'a list is taken out of use': {
      event: did(user('alice'), 'guardduty:UpdateIPSet', { ipSetId: '0cb0141a', activate: false }),
      finds: 'alice updated list of trusted addresses 0cb0141a',
    },
    'the record does not say which': {
      event: did(user('alice'), 'guardduty:DeleteIPSet', { ipSetId: 7 }),
      finds: 'alice deleted a list of trusted addresses that the record does not name',
    },
    'a set of addresses of the web firewall': {
      event: did(user('alice'), 'wafv2:CreateIPSet', { name: 'offices', addresses: ['192.0.2.0/24'] }),
    },
  },
} satisfies Rule;

function what(activity: Activity): string {
  if (activity.name.includes(':Create')) return verb(activity, 'created', 'create');
  return activity.name.includes(':Delete') ? verb(activity, 'deleted', 'delete') : verb(activity, 'updated', 'update');
}
