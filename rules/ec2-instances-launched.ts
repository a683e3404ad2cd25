import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// Stolen credentials are turned into money by computing on the victim's bill: many machines, or large ones.
export default {
  id: 'ec2-instances-launched',
  title: 'EC2 instances launched',
  why: 'Virtual machines were started. Deployments and scaling do this all day, so a few ordinary ones are only kept on record. Many at once, machines with graphics cards, or very large ones are what somebody starts who mines coins on your bill: ask who needs them, and look into other regions as well. A role given to the machine can be used by everybody who gets onto it.',
  severity: 'info',
  maps: {
    mitre: ['T1578.002', 'T1496.001', 'T1548.005'],
    cis: ['1.18'],
    nist: ['AC-6', 'CM-2', 'SI-4'],
    pci: ['2.2.1', '10.2.1.7'],
    hipaa: ['164.312(b)'],
    practice: 'budgets, quotas and a list of allowed instance types and regions',
  },
  on: ['ec2:RunInstances', 'ec2:RequestSpotInstances'],

  detect(activity) {
    const { launch, count } = launchIn(activity.request);
    const type = text(launch, 'instanceType');
    const what = `${count} ${type ?? 'EC2'} instance${count === 1 ? '' : 's'}`;
    const [done, tried] = activity.name === 'ec2:RunInstances' ? ['launched', 'launch'] : ['bid for', 'bid for'];
    return {
      target: resourceTarget('EC2 instance', idOf(activity.response)),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${what}`,
      factors: factorsOf(launch, type, count),
    };
  },

  automatic: false,

  examples: {
    'mallory mines': {
      event: did(user('mallory'), 'ec2:RunInstances', running('p4d.24xlarge', 4)),
      finds: 'mallory launched 4 p4d.24xlarge instances',
    },
    'twenty of the ordinary kind': {
      event: did(role('developer', 'eve'), 'ec2:RequestSpotInstances', {
        instanceCount: 20,
        launchSpecification: { imageId: 'ami-0abc', instanceType: 'c6i.4xlarge' },
      }),
      finds: 'role developer (session eve) bid for 20 c6i.4xlarge instances',
    },
    'a deployment starts a web server with a role': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:RunInstances',
        { ...running('t3.micro', 1), iamInstanceProfile: { name: 'web' } },
        { response: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } } },
      ),
      finds: 'role deploy (session ci-42) launched 1 t3.micro instance',
    },
    'mallory may not': {
      event: did(user('mallory'), 'ec2:RunInstances', running('g5.48xlarge', 1), {
        error: 'Client.UnauthorizedOperation',
      }),
      finds: 'mallory tried to launch 1 g5.48xlarge instance',
    },
    'a launch template says the rest': {
      event: did(role('deploy', 'ci-42'), 'ec2:RunInstances', { instancesSet: { items: [null] } }),
      finds: 'role deploy (session ci-42) launched 1 EC2 instance',
    },
    'instances are listed': {
      event: did(user('alice'), 'ec2:DescribeInstances', { instancesSet: {} }),
    },
  },
} satisfies Rule;

/** Families with graphics cards or accelerators for machine learning. */
const ACCELERATED = /^(p|g|gr|trn|inf|dl|vt)\d/;

function factorsOf(launch: Fields, type: string | undefined, count: number): Factor[] {
  const profile = inner(launch, 'iamInstanceProfile');
  const factors: Factor[] = [];
  if (text(profile, 'name') ?? text(profile, 'arn'))
    factors.push({ id: 'role', points: 10, because: 'whoever gets onto the instance acts as its role' });
  const isLarge = type !== undefined && (ACCELERATED.test(type) || type.includes('metal') || sizeOf(type) >= 24);
  if (isLarge)
    factors.push({
      id: 'large',
      points: 35,
      because: `${type} has accelerators or is very large, and costs accordingly`,
    });
  if (count >= 10) factors.push({ id: 'many', points: isLarge ? 15 : 35, because: `${count} instances at once` });
  return factors;
}

/** 48 of `g5.48xlarge`. */
function sizeOf(type: string): number {
  return Number(/(\d+)xlarge/.exec(type)?.[1] ?? 0);
}

/** `RunInstances` counts in `instancesSet`, a spot request beside its specification. */
function launchIn(request: Fields): { launch: Fields; count: number } {
  const spot = at(request, 'launchSpecification');
  const items = at(inner(request, 'instancesSet'), 'items');
  const counts = (Array.isArray(items) ? items : []).filter(isFields).map((each) => at(each, 'maxCount'));
  const numbers = [...counts, at(request, 'instanceCount')].filter((each) => typeof each === 'number');
  return { launch: isFields(spot) ? spot : request, count: numbers.reduce((most, each) => Math.max(most, each), 1) };
}

function idOf(response: Fields): string | undefined {
  const items = at(inner(response, 'instancesSet'), 'items');
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  return isFields(first) ? text(first, 'instanceId') : undefined;
}

function running(instanceType: string, count: number): Fields {
  return { instancesSet: { items: [{ imageId: 'ami-0abc', minCount: 1, maxCount: count }] }, instanceType };
}
