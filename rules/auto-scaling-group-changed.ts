import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// A group starts its machines again whenever somebody stops them: just what somebody wants who mines.
export default {
  id: 'auto-scaling-group-changed',
  title: 'Auto Scaling group changed',
  why: 'A group that starts virtual machines by itself was created or changed, or the pattern of its machines was written. Deployments do this all day. A group that may grow to a hundred machines and more, or that starts machines with graphics cards, is what somebody sets up who computes on your bill: machines that are terminated come back.',
  severity: 'info',
  maps: {
    mitre: ['T1496.001', 'T1578.002', 'T1548.005'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SI-4'],
    pci: ['2.2.1', '6.5.1'],
    hipaa: ['164.312(b)'],
    practice: 'budgets, quotas and a list of allowed instance types and regions',
  },
  on: [
    'autoscaling:CreateAutoScalingGroup',
    'autoscaling:UpdateAutoScalingGroup',
    'autoscaling:CreateLaunchConfiguration',
  ],

  detect(activity) {
    const { name, request } = activity;
    const isPattern = name === 'autoscaling:CreateLaunchConfiguration';
    const kind = isPattern ? 'launch configuration' : 'Auto Scaling group';
    const group = text(request, isPattern ? 'launchConfigurationName' : 'autoScalingGroupName');
    const [done, tried] = name === 'autoscaling:UpdateAutoScalingGroup' ? ['changed', 'change'] : ['created', 'create'];
    return {
      target: resourceTarget(kind, group),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, group)}`,
      factors: factorsOf(request),
    };
  },

  automatic: false,

  examples: {
    'mallory makes a group that never stops growing': {
      event: did(user('mallory'), 'autoscaling:CreateAutoScalingGroup', {
        autoScalingGroupName: 'helper',
        minSize: 0,
        maxSize: 999,
        desiredCapacity: 500,
      }),
      finds: 'mallory created Auto Scaling group helper',
    },
    'machines with graphics cards': {
      event: did(role('developer', 'eve'), 'autoscaling:CreateLaunchConfiguration', {
        launchConfigurationName: 'gpu',
        instanceType: 'g5.12xlarge',
        iamInstanceProfile: 'web',
      }),
      finds: 'role developer (session eve) created launch configuration gpu',
    },
    'a release': {
      event: did(role('deploy', 'ci-42'), 'autoscaling:UpdateAutoScalingGroup', {
        autoScalingGroupName: 'web',
        minSize: 2,
        maxSize: 6,
      }),
      finds: 'role deploy (session ci-42) changed Auto Scaling group web',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'autoscaling:UpdateAutoScalingGroup',
        { autoScalingGroupName: [], maxSize: { n: 999 } },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to change an Auto Scaling group that the record does not name',
    },
    'the group scales': {
      event: did(user('alice'), 'autoscaling:SetDesiredCapacity', { autoScalingGroupName: 'web', desiredCapacity: 3 }),
    },
  },
} satisfies Rule;

function factorsOf(request: Fields): Factor[] {
  const sizes = ['minSize', 'maxSize', 'desiredCapacity'].map((each) => at(request, each));
  const most = Math.max(0, ...sizes.filter((each) => typeof each === 'number'));
  const type = text(request, 'instanceType');
  const profile = text(request, 'iamInstanceProfile');
  const factors: Factor[] = [];
  if (most >= 100) factors.push({ id: 'many', points: 35, because: `it may have ${most} instances` });
  if (type && /^(p|g|gr|trn|inf|dl|vt)\d|metal/.test(type))
    factors.push({ id: 'large', points: 35, because: `${type} has accelerators or is very large` });
  if (profile)
    factors.push({ id: 'role', points: 10, because: `its instances start with instance profile ${profile}` });
  return factors;
}
