import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';

// Nobody works in all regions: whoever mines with a stolen key starts machines wherever the limits let him.
export default {
  id: 'regions-swept',
  title: 'Machines started in many regions',
  why: 'One identity started machines, or tried to, in at least four regions within ten minutes. Each region has limits of its own, so that whoever mines at the expense of the account goes through all of them, and most owners never look at the regions that they do not use. It is normal for a service that is rolled out to the whole world, which a deployment does that should be named as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1535', 'T1496.001', 'T1578.002'],
    cis: [],
    nist: ['CM-7', 'SI-4'],
    pci: ['10.2.1.7', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'regions that are not used are closed by a service control policy',
  },
  on: [
    'ec2:CreateFleet',
    'ec2:RequestSpotFleet',
    'ec2:RequestSpotInstances',
    'ec2:RunInstances',
    'lightsail:CreateInstances',
  ],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (activity.region === 'unknown' || via || kind === 'service') return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'started', 'start')} machines in ${activity.region}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 4,
    minutes: 10,
    distinct: ({ region }) => region,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'started', 'start')} machines in ${count} regions within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory starts a machine far away': {
      event: did(user('mallory'), 'ec2:RunInstances', { instanceType: 'g5.xlarge' }, { region: 'ap-southeast-3' }),
      finds: 'mallory started machines in ap-southeast-3',
    },
    'and meets the limit of the next region': {
      event: did(
        role('web', 'session'),
        'ec2:RequestSpotInstances',
        {},
        { region: 'sa-east-1', error: 'Client.VcpuLimitExceeded' },
      ),
      finds: 'role web (session session) tried to start machines in sa-east-1',
    },
    'a group that scales': {
      event: did(
        { ...role('AWSServiceRoleForAutoScaling'), invokedBy: 'autoscaling.amazonaws.com' },
        'ec2:RunInstances',
        {},
      ),
    },
    'a record without a region': {
      event: did(user('mallory'), 'ec2:RunInstances', {}, { record: { awsRegion: null } }),
    },
    'machines are started again': {
      event: did(user('alice'), 'ec2:StartInstances', { instancesSet: { items: [{ instanceId: 'i-0aa' }] } }),
    },
  },
} satisfies Rule;

function factorsOf({ failed }: Activity): Factor[] {
  return failed
    ? [{ id: 'limits', points: 20, because: 'whoever goes through the regions fails in some of them' }]
    : [];
}
