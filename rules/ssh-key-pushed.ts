import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Sixty seconds are enough: the key is gone again, the login stays.
export default {
  id: 'ssh-key-pushed',
  title: 'SSH key pushed to an EC2 instance',
  why: 'Somebody placed an SSH key on a virtual machine for a minute (EC2 Instance Connect), to log in with it. The console does so whenever a person presses "Connect", so for an ordinary user of the machine it is everyday work. A login as root is not, and a key for the serial console reaches a machine past every network rule.',
  severity: 'low',
  maps: {
    mitre: ['T1021.008', 'T1098.004'],
    cis: [],
    nist: ['AC-17', 'AU-12', 'IA-5'],
    pci: ['8.2.1', '10.2.1.2'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'sessions on machines are recorded and tied to a person',
  },
  on: ['ec2-instance-connect:SendSSHPublicKey', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey'],

  detect(activity) {
    const instance = text(activity.request, 'instanceId');
    const where = isSerial(activity) ? 'the serial console of ' : '';
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'pushed', 'push')} an SSH key to ${where}${called('EC2 instance', instance)}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory comes in by the serial console': {
      event: did(user('mallory'), 'ec2-instance-connect:SendSerialConsoleSSHPublicKey', {
        instanceId: 'i-01',
        serialPort: 0,
        sSHPublicKey: 'ssh-ed25519 AAAA',
      }),
      finds: 'mallory pushed an SSH key to the serial console of EC2 instance i-01',
    },
    'eve logs in as root': {
      event: did(role('developer', 'eve'), 'ec2-instance-connect:SendSSHPublicKey', {
        instanceId: 'i-01',
        instanceOSUser: 'root',
        sSHPublicKey: 'ssh-ed25519 AAAA',
      }),
      finds: 'role developer (session eve) pushed an SSH key to EC2 instance i-01',
    },
    'ana presses Connect': {
      event: did(identityCenter('ana', 'Developer'), 'ec2-instance-connect:SendSSHPublicKey', {
        instanceId: 'i-01',
        instanceOSUser: 'ec2-user',
        sSHPublicKey: 'ssh-ed25519 AAAA',
      }),
      finds: 'ana pushed an SSH key to EC2 instance i-01',
    },
    'mallory may not, and the record shows nothing': {
      event: did(user('mallory'), 'ec2-instance-connect:SendSSHPublicKey', null, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to push an SSH key to an EC2 instance that the record does not name',
    },
    'a key for Git: another rule': {
      event: did(user('alice'), 'iam:UploadSSHPublicKey', { userName: 'alice', sSHPublicKeyBody: 'ssh-rsa AAAA' }),
    },
  },
} satisfies Rule;

function isSerial({ name }: Activity): boolean {
  return name === 'ec2-instance-connect:SendSerialConsoleSSHPublicKey';
}

function factorsOf(activity: Activity): Factor[] {
  if (isSerial(activity))
    return [{ id: 'serial', points: 20, because: 'the serial console is past every network rule' }];
  if (text(activity.request, 'instanceOSUser') !== 'root') return [];
  return [{ id: 'root', points: 15, because: 'the login is as root' }];
}
