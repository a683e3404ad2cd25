import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, inner, text } from '../events/fields.ts';

// A machine that somebody protected against deletion was meant to stay.
export default {
  id: 'ec2-instance-protection-removed',
  title: 'Protection of an EC2 instance removed',
  why: 'The protection of a virtual machine against being terminated or stopped was taken away. Nothing is lost yet, but the next call can delete the machine. It is normal when an old machine is retired; followed by deletions, by somebody who has no part in that, it is the first step of destruction.',
  severity: 'low',
  maps: {
    mitre: ['T1578.005', 'T1485'],
    cis: [],
    nist: ['CM-3', 'CP-9', 'SI-13'],
    pci: ['6.5.1'],
    hipaa: ['164.308(a)(7)(i)', '164.312(c)(1)'],
    practice: 'what must stay is protected against deletion',
  },
  on: ['ec2:ModifyInstanceAttribute'],

  detect(activity) {
    const removed = PROTECTIONS.find(([attribute]) => isSwitchedOff(activity.request, attribute));
    if (!removed) return undefined;
    const instance = text(activity.request, 'instanceId');
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} the protection of ${called('EC2 instance', instance)} against ${removed[1]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes way for a deletion': {
      event: did(user('mallory'), 'ec2:ModifyInstanceAttribute', {
        instanceId: 'i-01',
        disableApiTermination: { value: false },
      }),
      finds: 'mallory removed the protection of EC2 instance i-01 against termination',
    },
    'the other way to say it, refused': {
      event: did(
        role('developer', 'eve'),
        'ec2:ModifyInstanceAttribute',
        { instanceId: 'i-01', attribute: 'disableApiStop', value: 'false' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role developer (session eve) tried to remove the protection of EC2 instance i-01 against being stopped',
    },
    'a machine is protected': {
      event: did(user('alice'), 'ec2:ModifyInstanceAttribute', {
        instanceId: 'i-01',
        disableApiTermination: { value: true },
      }),
    },
    'a value that says nothing': {
      event: did(user('alice'), 'ec2:ModifyInstanceAttribute', { instanceId: 'i-01', disableApiTermination: [] }),
    },
  },
} satisfies Rule;

const PROTECTIONS = [
  ['disableApiTermination', 'termination'],
  ['disableApiStop', 'being stopped'],
] as const;

function isSwitchedOff(request: Fields, attribute: string): boolean {
  if (text(request, 'attribute')?.toLowerCase() === attribute.toLowerCase()) return flag(request, 'value') === false;
  return flag(request, attribute) === false || flag(inner(request, attribute), 'value') === false;
}
