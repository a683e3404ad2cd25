import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The administrator password of a Windows machine, for whoever also has the private key.
export default {
  id: 'ec2-password-read',
  title: 'Windows password of an EC2 instance read',
  why: 'The encrypted administrator password of a Windows machine was fetched. With the private key of the machine it opens the machine as its administrator. It is normal once, by the person who set the machine up. For machines of others, or one after the other, it is somebody who moves on from AWS into the machines.',
  severity: 'medium',
  maps: {
    mitre: ['T1552', 'T1021.001'],
    cis: [],
    nist: ['AC-6', 'IA-5'],
    pci: ['7.2.1', '8.3.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'Windows machines are reached through Session Manager or a directory',
  },
  on: ['ec2:GetPasswordData'],

  detect(activity) {
    const instance = text(activity.request, 'instanceId');
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'read', 'read')} the Windows password of ${called('EC2 instance', instance)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory collects a password': {
      event: did(user('mallory'), 'ec2:GetPasswordData', { instanceId: 'i-01' }),
      finds: 'mallory read the Windows password of EC2 instance i-01',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ec2:GetPasswordData',
        { instanceId: 'i-01' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to read the Windows password of EC2 instance i-01',
    },
    'the record does not show of which machine': {
      event: did(role('developer', 'eve'), 'ec2:GetPasswordData', { instanceId: null }),
      finds: 'role developer (session eve) read the Windows password of an EC2 instance that the record does not name',
    },
    'a random password is made': {
      event: did(role('deploy', 'ci-42'), 'secretsmanager:GetRandomPassword', { passwordLength: 32 }),
    },
  },
} satisfies Rule;
