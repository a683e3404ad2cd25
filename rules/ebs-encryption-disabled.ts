import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// Only a disk without encryption can be shared with everybody.
export default {
  id: 'ebs-encryption-disabled',
  title: 'Encryption of new disks switched off',
  why: 'New EBS volumes and snapshots of the region are no longer encrypted of themselves. What is written from now on may lie in plain text, and snapshots without encryption are the only ones that can be made public or shared without a key. There is hardly a normal reason; it costs nothing to leave it on.',
  severity: 'medium',
  maps: {
    mitre: ['T1562', 'T1578.005'],
    cis: ['2.2.1'],
    nist: ['SC-28', 'CM-6'],
    pci: ['3.5.1', '10.2.1.5'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'encryption of disks on in every region, and its disabling denied',
  },
  on: ['ec2:DisableEbsEncryptionByDefault'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'switched off', 'switch off')} the encryption of new disks in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory wants disks in plain text': {
      event: did(user('mallory'), 'ec2:DisableEbsEncryptionByDefault', { DisableEbsEncryptionByDefaultRequest: {} }),
      finds: 'mallory switched off the encryption of new disks in us-east-1',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'ec2:DisableEbsEncryptionByDefault', null, {
        error: 'Client.UnauthorizedOperation',
        region: 'eu-west-1',
      }),
      finds: 'role build (session ci-42) tried to switch off the encryption of new disks in eu-west-1',
    },
    'the record does not say where': {
      event: did(user('alice'), 'ec2:DisableEbsEncryptionByDefault', {}, { record: { awsRegion: null } }),
      finds: 'alice switched off the encryption of new disks in unknown',
    },
    'encryption is turned on': {
      event: did(user('alice'), 'ec2:EnableEbsEncryptionByDefault', { EnableEbsEncryptionByDefaultRequest: {} }),
    },
  },
} satisfies Rule;
