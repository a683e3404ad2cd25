import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// User data runs as root when the machine boots: who may write it owns the machine and its role.
export default {
  id: 'ec2-user-data-changed',
  title: 'User data of an EC2 instance changed',
  why: 'The script that a virtual machine runs at boot was changed. It runs as the most powerful user of the machine, with the role of the machine: an intruder stops the machine, writes commands, starts it, and has both. Such scripts are written once, at launch; a change to an existing machine is rare and should belong to a deployment that you know of.',
  severity: 'medium',
  maps: {
    mitre: ['T1578.005', 'T1548.005', 'T1037'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
    practice: 'machines are replaced, not rewritten',
  },
  on: ['ec2:ModifyInstanceAttribute'],

  detect(activity) {
    if (!changesUserData(activity.request)) return undefined;
    const instance = text(activity.request, 'instanceId');
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} what ${called('EC2 instance', instance)} runs at boot`,
    };
  },

  automatic: false,

  examples: {
    'eve writes commands for a machine that is not hers': {
      event: did(user('eve'), 'ec2:ModifyInstanceAttribute', {
        instanceId: 'i-01',
        userData: '<sensitiveDataRemoved>',
      }),
      finds: 'eve changed what EC2 instance i-01 runs at boot',
    },
    'the other way to say it, refused': {
      event: did(
        role('developer', 'eve'),
        'ec2:ModifyInstanceAttribute',
        { instanceId: 'i-01', attribute: 'userData', value: '<sensitiveDataRemoved>' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role developer (session eve) tried to change what EC2 instance i-01 runs at boot',
    },
    'the record does not show which machine': {
      event: did(user('eve'), 'ec2:ModifyInstanceAttribute', { userData: { value: '<sensitiveDataRemoved>' } }),
      finds: 'eve changed what an EC2 instance that the record does not name runs at boot',
    },
    'the security groups change': {
      event: did(user('alice'), 'ec2:ModifyInstanceAttribute', {
        instanceId: 'i-01',
        groupSet: { items: [{ groupId: 'sg-01' }] },
        userData: null,
      }),
    },
  },
} satisfies Rule;

function changesUserData(request: Fields): boolean {
  const written = at(request, 'userData');
  return (written !== undefined && written !== null) || text(request, 'attribute')?.toLowerCase() === 'userdata';
}
