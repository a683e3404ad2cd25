import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// What a template says, every machine that scaling starts from it does: a change comes back with each of them.
export default {
  id: 'ec2-launch-template-changed',
  title: 'EC2 launch template changed',
  why: 'A template for virtual machines was created, got a new version, or another version became its default. The template says with which role, image and script machines start, and scaling groups start them without anybody asking. It is everyday work of deployments; done by hand, it is a way to run commands with the role of the template and to come back with every new machine.',
  severity: 'info',
  maps: {
    mitre: ['T1578.005', 'T1548.005', 'T1525'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['2.2.1', '6.5.1'],
    hipaa: ['164.312(a)(1)'],
    practice: 'templates change through a reviewed deployment',
  },
  on: ['ec2:CreateLaunchTemplate', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],

  detect(activity) {
    const asked = askedOf(activity);
    const name = text(asked, 'launchTemplateName') ?? text(asked, 'launchTemplateId');
    const [done, tried] = WORDS[activity.name] ?? ['changed', 'change'];
    return {
      target: resourceTarget('launch template', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('launch template', name)}`,
      factors: roleFactors(inner(asked, 'launchTemplateData')),
    };
  },

  automatic: false,

  examples: {
    'eve writes a version with a role': {
      event: did(user('eve'), 'ec2:CreateLaunchTemplateVersion', {
        CreateLaunchTemplateVersionRequest: {
          LaunchTemplateId: 'lt-01',
          LaunchTemplateData: { UserData: '<sensitiveDataRemoved>', IamInstanceProfile: { Name: 'ops' } },
        },
      }),
      finds: 'eve added a version to launch template lt-01',
    },
    'a deployment sets the default': {
      event: did(role('deploy', 'ci-42'), 'ec2:ModifyLaunchTemplate', {
        ModifyLaunchTemplateRequest: { LaunchTemplateName: 'web', SetDefaultVersion: '7' },
      }),
      finds: 'role deploy (session ci-42) set the default version of launch template web',
    },
    'eve may not, and the request is odd': {
      event: did(
        user('eve'),
        'ec2:CreateLaunchTemplate',
        { CreateLaunchTemplateRequest: [] },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'eve tried to create a launch template that the record does not name',
    },
    'a template is deleted': {
      event: did(user('alice'), 'ec2:DeleteLaunchTemplate', {
        DeleteLaunchTemplateRequest: { LaunchTemplateName: 'web' },
      }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'ec2:CreateLaunchTemplate': ['created', 'create'],
  'ec2:CreateLaunchTemplateVersion': ['added a version to', 'add a version to'],
  'ec2:ModifyLaunchTemplate': ['set the default version of', 'set the default version of'],
};

/** Newer EC2 calls are recorded as `{ CreateLaunchTemplateRequest: { … } }`. */
function askedOf({ name, request }: Activity): Fields {
  const wrapped = at(request, `${name.slice('ec2:'.length)}Request`);
  return isFields(wrapped) ? wrapped : request;
}

function roleFactors(data: Fields): Factor[] {
  const profile = inner(data, 'iamInstanceProfile');
  const name = text(profile, 'name') ?? text(profile, 'arn');
  return name ? [{ id: 'role', points: 10, because: `machines start with instance profile ${name}` }] : [];
}
