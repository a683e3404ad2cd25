import type { Rule } from '../core/rule.ts';
import { did, role, user } from '../events/did.ts';

// Machines that nobody ordered are paid by the account and work for somebody else.
export default {
  id: 'instances-launched-in-burst',
  title: 'Machines launched one after the other',
  why: 'One identity launched EC2 instances at least ten times within ten minutes, not through Auto Scaling or a stack. Whoever mines with stolen credentials starts as many machines as the limits allow, and the bill is the first that the owner hears of it. It is normal when an environment is set up, and for build servers that start machines for their jobs: name their role as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1496.001', 'T1578.002'],
    cis: [],
    nist: ['CM-8', 'SI-4'],
    pci: ['10.2.1.7', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'machines are started by Auto Scaling and deployments only, with a budget alarm',
  },
  on: ['ec2:RunInstances'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (activity.failed || via || kind === 'service') return undefined;
    return { target: { kind: 'account' }, because: `${name} launched instances in ${activity.region}` };
  },

  count: {
    atLeast: 10,
    minutes: 10,
    says: ({ actor }, count) => `${actor.name} launched instances ${count} times within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory launches a machine': {
      event: did(user('mallory'), 'ec2:RunInstances', { instanceType: 'g5.xlarge' }),
      finds: 'mallory launched instances in us-east-1',
    },
    'with a role that she stole, and the record hides how many': {
      event: did(role('web', 'session'), 'ec2:RunInstances', { instanceType: 'HIDDEN_DUE_TO_SECURITY_REASONS' }),
      finds: 'role web (session session) launched instances in us-east-1',
    },
    'there is no capacity, and the build server asks again and again': {
      event: did(role('build', 'ci-42'), 'ec2:RunInstances', {}, { error: 'Server.InsufficientInstanceCapacity' }),
    },
    'a group that scales': {
      event: did(
        { ...role('AWSServiceRoleForAutoScaling'), invokedBy: 'autoscaling.amazonaws.com' },
        'ec2:RunInstances',
        {},
      ),
    },
    'machines are started again': {
      event: did(user('alice'), 'ec2:StartInstances', { instancesSet: { items: [{ instanceId: 'i-0aa' }] } }),
    },
  },
} satisfies Rule;
