import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Alone it is empty; it is the envelope in which a role is handed to a machine.
export default {
  id: 'instance-profile-created',
  title: 'Instance profile created',
  why: 'Somebody made an instance profile, through which EC2 instances get the credentials of a role. It is everyday work of deployments, and of the console when it makes a role for EC2. It is kept on record because an intruder who may start instances makes one to get hold of a stronger role: read it together with the role that is put in.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['1.18'],
    nist: ['AC-2(4)', 'AC-6'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['iam:CreateInstanceProfile'],

  detect(activity) {
    const name = text(activity.request, 'instanceProfileName');
    return {
      target: resourceTarget('instance profile', name),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('instance profile', name)}`,
    };
  },

  automatic: false,

  examples: {
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'iam:CreateInstanceProfile', { instanceProfileName: 'web' }),
      finds: 'role deploy (session ci-42) created instance profile web',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:CreateInstanceProfile', { instanceProfileName: 'web' }, { error: 'AccessDenied' }),
      finds: 'bob tried to create instance profile web',
    },
    'a request without a name': {
      event: did(user('bob'), 'iam:CreateInstanceProfile', {}),
      finds: 'bob created an instance profile that the record does not name',
    },
    'one is deleted': {
      event: did(user('alice'), 'iam:DeleteInstanceProfile', { instanceProfileName: 'web' }),
    },
  },
} satisfies Rule;
