import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A machine from anywhere, known to the account from now on, with the credentials of a role of it.
export default {
  id: 'managed-instance-registered',
  title: 'Machine outside AWS registered with Systems Manager',
  why: 'A machine that is not of EC2 was registered with Systems Manager. It gets credentials of a role that renew themselves, and takes commands. An intruder registers a machine of their own to keep those credentials, or a stolen one to command it. It is normal where servers of your own are managed from AWS.',
  severity: 'low',
  maps: {
    mitre: ['T1078.004', 'T1651'],
    cis: [],
    nist: ['AC-17', 'CM-8', 'IA-3'],
    pci: ['7.2.5', '10.2.1.5', '12.5.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'activations for a few machines and hours, with a role that can do little',
  },
  on: ['ssm:RegisterManagedInstance'],

  detect(activity) {
    const machine = text(activity.response, 'instanceId');
    return {
      target: resourceTarget('managed machine', machine),
      because: `${activity.actor.name} ${verb(activity, 'registered', 'register')} ${called('managed machine', machine)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory brings a machine of her own': {
      event: did(
        user('mallory'),
        'ssm:RegisterManagedInstance',
        { activationId: 'a1', fingerprint: 'f1' },
        { response: { instanceId: 'mi-0123456789abcdef0' } },
      ),
      finds: 'mallory registered managed machine mi-0123456789abcdef0',
    },
    'the activation has run out': {
      event: did(
        role('branch', 'till-7'),
        'ssm:RegisterManagedInstance',
        { activationId: 'a1' },
        { error: 'InvalidActivation' },
      ),
      finds: 'role branch (session till-7) tried to register a managed machine that the record does not name',
    },
    'the answer is odd': {
      event: did(user('alice'), 'ssm:RegisterManagedInstance', { activationId: 1 }, { response: { instanceId: {} } }),
      finds: 'alice registered a managed machine that the record does not name',
    },
    'a machine is taken off the books': {
      event: did(user('alice'), 'ssm:DeregisterManagedInstance', { instanceId: 'mi-0123456789abcdef0' }),
    },
  },
} satisfies Rule;
