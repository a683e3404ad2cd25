import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A key pair opens every machine that is launched with it, without any further question to AWS.
export default {
  id: 'ec2-key-pair-created',
  title: 'EC2 key pair created',
  why: 'A key for logging in to virtual machines was made or brought in. By itself it opens nothing: it opens the machines that are launched with it from now on, and AWS does not see those logins. It is normal when somebody sets up a machine by hand. An intruder makes one before the launch of machines that only he can enter.',
  severity: 'low',
  maps: {
    mitre: ['T1098.004'],
    cis: [],
    nist: ['AC-17', 'IA-5'],
    pci: ['8.3.1', '8.6.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'people reach machines through Session Manager, without keys',
  },
  on: ['ec2:CreateKeyPair', 'ec2:ImportKeyPair'],

  detect(activity) {
    const name = text(activity.request, 'keyName');
    const [done, tried] = activity.name === 'ec2:CreateKeyPair' ? ['created', 'create'] : ['imported', 'import'];
    return {
      target: resourceTarget('EC2 key pair', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('EC2 key pair', name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a key': {
      event: did(user('mallory'), 'ec2:CreateKeyPair', { keyName: 'mk' }),
      finds: 'mallory created EC2 key pair mk',
    },
    'a developer brings her own': {
      event: did(role('developer', 'eve'), 'ec2:ImportKeyPair', { keyName: 'eve', publicKeyMaterial: 'c3NoLXJzYQ==' }),
      finds: 'role developer (session eve) imported EC2 key pair eve',
    },
    'mallory may not, and the record shows no name': {
      event: did(user('mallory'), 'ec2:CreateKeyPair', { keyName: 7 }, { error: 'Client.UnauthorizedOperation' }),
      finds: 'mallory tried to create an EC2 key pair that the record does not name',
    },
    'a key is deleted': {
      event: did(user('alice'), 'ec2:DeleteKeyPair', { keyName: 'mk' }),
    },
    'Lightsail has its own': {
      event: did(user('alice'), 'lightsail:CreateKeyPair', { keyPairName: 'mk' }),
    },
  },
} satisfies Rule;
