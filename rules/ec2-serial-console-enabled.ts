import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// The serial console leads past security groups, networks and the network's records.
export default {
  id: 'ec2-serial-console-enabled',
  title: 'EC2 serial console enabled',
  why: 'The serial console of all virtual machines in a region was made available. It is off unless somebody turns it on, and leads to a machine past every network rule. It is normal while a machine that does not boot is repaired, for as long as that takes. An intruder turns it on to reach machines that no network lets him reach.',
  severity: 'medium',
  maps: {
    mitre: ['T1021.008', 'T1578.005'],
    cis: [],
    nist: ['AC-17', 'CM-7', 'SC-7'],
    pci: ['1.2.5', '2.2.4'],
    hipaa: ['164.312(a)(1)'],
    practice: 'the serial console stays off, and a service control policy keeps it so',
  },
  on: ['ec2:EnableSerialConsoleAccess'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'enabled', 'enable')} the serial console of all EC2 instances in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory opens the back door': {
      event: did(user('mallory'), 'ec2:EnableSerialConsoleAccess', { EnableSerialConsoleAccessRequest: '' }),
      finds: 'mallory enabled the serial console of all EC2 instances in us-east-1',
    },
    'a developer is refused elsewhere': {
      event: did(role('developer', 'eve'), 'ec2:EnableSerialConsoleAccess', null, {
        error: 'Client.UnauthorizedOperation',
        region: 'eu-west-1',
      }),
      finds: 'role developer (session eve) tried to enable the serial console of all EC2 instances in eu-west-1',
    },
    'it is turned off': {
      event: did(user('alice'), 'ec2:DisableSerialConsoleAccess', { DisableSerialConsoleAccessRequest: '' }),
    },
  },
} satisfies Rule;
