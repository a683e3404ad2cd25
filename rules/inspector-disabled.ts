import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { at } from '../events/fields.ts';

// The hole is still there, but nobody is told about it any more.
export default {
  id: 'inspector-disabled',
  title: 'Inspector disabled',
  why: 'Amazon Inspector was disabled, for the account or for some kinds of resources. Machines, images and functions are no longer scanned for known holes, and its findings are deleted. An intruder who lives in such a hole stays longer. It is normal when another scanner takes over, or an account is closed.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['RA-5', 'SI-2', 'SI-4'],
    pci: ['10.7.2', '11.3.1'],
    hipaa: ['164.308(a)(1)(ii)(A)', '164.308(a)(8)'],
    practice: 'everything is scanned for known holes, all the time',
  },
  on: ['inspector2:Disable'],

  detect(activity) {
    const types = at(activity.request, 'resourceTypes');
    const some = Array.isArray(types) ? types.filter((each) => typeof each === 'string') : [];
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} Inspector in ${activity.region}${some.length > 0 ? ` for ${some.slice(0, 5).join(', ')}` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory wants her hole to stay open': {
      event: did(user('mallory'), 'inspector2:Disable', { resourceTypes: ['EC2', 'ECR'] }),
      finds: 'mallory disabled Inspector in us-east-1 for EC2, ECR',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'inspector2:Disable',
        { accountIds: ['111122223333'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to disable Inspector in us-east-1',
    },
    'types that are none': {
      event: did(user('mallory'), 'inspector2:Disable', { resourceTypes: 'EC2' }),
      finds: 'mallory disabled Inspector in us-east-1',
    },
    'Inspector is enabled': {
      event: did(user('alice'), 'inspector2:Enable', { resourceTypes: ['EC2'] }),
    },
  },
} satisfies Rule;
