import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// Passwords and keys stand in start-up scripts, on screens and in the output of commands.
export default {
  id: 'ec2-instance-contents-read',
  title: 'What an EC2 instance runs or shows read',
  why: 'Somebody read the start-up script of a virtual machine, a template made from it, a picture of its screen, or the output of a command on it. Scripts often hold passwords and keys, which is why an intruder reads those of one machine after the other. It is normal when a machine is repaired, and infrastructure-as-code compares scripts at every run.',
  severity: 'low',
  maps: {
    mitre: ['T1552.001', 'T1580'],
    cis: [],
    nist: ['AC-6', 'AU-12', 'IA-5(7)'],
    pci: ['7.2.1', '8.6.2'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'no secrets in start-up scripts',
  },
  on: [
    'ec2:DescribeInstanceAttribute',
    'ec2:GetLaunchTemplateData',
    'ec2:GetConsoleScreenshot',
    'ssm:GetCommandInvocation',
  ],

  detect(activity) {
    const asked = askedOf(activity);
    if (activity.name === 'ec2:DescribeInstanceAttribute' && text(asked, 'attribute')?.toLowerCase() !== 'userdata')
      return undefined;
    const instance = text(asked, 'instanceId');
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'read', 'read')} ${WHAT[activity.name] ?? 'the contents of'} ${called('EC2 instance', instance)}`,
      factors: activity.name === 'ssm:GetCommandInvocation' ? [OUTPUT] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory looks for passwords': {
      event: did(user('mallory'), 'ec2:DescribeInstanceAttribute', { instanceId: 'i-01', attribute: 'userData' }),
      finds: 'mallory read the start-up script of EC2 instance i-01',
    },
    'a look at the screen is refused': {
      event: did(
        role('developer', 'eve'),
        'ec2:GetConsoleScreenshot',
        { GetConsoleScreenshotRequest: { InstanceId: 'i-01' } },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role developer (session eve) tried to read the screen of EC2 instance i-01',
    },
    'a deployment waits for its command': {
      event: did(role('deploy', 'ci-42'), 'ssm:GetCommandInvocation', { commandId: 'c-1', instanceId: 'i-01' }),
      finds: 'role deploy (session ci-42) read the output of a command on EC2 instance i-01',
    },
    'a template from a machine that is not shown': {
      event: did(user('mallory'), 'ec2:GetLaunchTemplateData', { GetLaunchTemplateDataRequest: null }),
      finds: 'mallory read the launch data of an EC2 instance that the record does not name',
    },
    'another attribute': {
      event: did(user('alice'), 'ec2:DescribeInstanceAttribute', { instanceId: 'i-01', attribute: 'instanceType' }),
    },
  },
} satisfies Rule;

const WHAT: { [event: string]: string } = {
  'ec2:DescribeInstanceAttribute': 'the start-up script of',
  'ec2:GetLaunchTemplateData': 'the launch data of',
  'ec2:GetConsoleScreenshot': 'the screen of',
  'ssm:GetCommandInvocation': 'the output of a command on',
};

const OUTPUT = { id: 'output', points: -20, because: 'whoever sends commands reads what they answer' };

/** Newer EC2 calls are recorded as `{ GetLaunchTemplateDataRequest: { … } }`. */
function askedOf({ name, request }: Activity): Fields {
  const wrapped = at(request, `${name.slice(name.indexOf(':') + 1)}Request`);
  return isFields(wrapped) ? wrapped : request;
}
