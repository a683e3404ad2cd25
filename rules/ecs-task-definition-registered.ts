import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, isFields, text } from '../events/fields.ts';

// An image of one's choice with a role of one's choice: half of a way to what the role may do.
export default {
  id: 'ecs-task-definition-registered',
  title: 'ECS task definition registered',
  why: 'Somebody said which image runs in a container, and with which role. Deployments do so with every release. Whoever may also run the task acts with its role, without holding it; a container that is privileged, or shares the network of its host, can reach the credentials of the machine and of its neighbours.',
  severity: 'info',
  maps: {
    mitre: ['T1610', 'T1548.005', 'T1525'],
    cis: [],
    nist: ['AC-6', 'CM-3'],
    pci: ['2.2.1', '6.5.1'],
    hipaa: ['164.312(a)(1)'],
    practice: 'one small role for each task, no privileged containers',
  },
  on: ['ecs:RegisterTaskDefinition'],

  detect(activity) {
    const family = text(activity.request, 'family');
    const taskRole = text(activity.request, 'taskRoleArn');
    return {
      target: resourceTarget('task definition', family),
      because: `${activity.actor.name} ${verb(activity, 'registered', 'register')} ${called('task definition', family)}${taskRole ? ` with role ${taskRole.slice(taskRole.lastIndexOf('/') + 1)}` : ''}`,
      factors: factorsOf(activity.request, taskRole),
    };
  },

  automatic: false,

  examples: {
    'mallory writes a task with the role of the operators': {
      event: did(user('mallory'), 'ecs:RegisterTaskDefinition', {
        family: 'helper',
        taskRoleArn: 'arn:aws:iam::111122223333:role/ops',
        networkMode: 'host',
        containerDefinitions: [{ name: 'main', image: 'alpine', privileged: true }],
      }),
      finds: 'mallory registered task definition helper with role ops',
    },
    'a release': {
      event: did(role('deploy', 'ci-42'), 'ecs:RegisterTaskDefinition', {
        family: 'web',
        containerDefinitions: [{ name: 'web', image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:42' }],
      }),
      finds: 'role deploy (session ci-42) registered task definition web',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'ecs:RegisterTaskDefinition',
        { family: '', containerDefinitions: [null, 'x'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to register a task definition that the record does not name',
    },
    'a definition is withdrawn': {
      event: did(user('alice'), 'ecs:DeregisterTaskDefinition', { taskDefinition: 'web:41' }),
    },
  },
} satisfies Rule;

function factorsOf(request: Fields, taskRole: string | undefined): Factor[] {
  const containers = at(request, 'containerDefinitions');
  const isPrivileged = (Array.isArray(containers) ? containers : [])
    .filter(isFields)
    .some((each) => flag(each, 'privileged') === true);
  const isOpen = isPrivileged || text(request, 'networkMode') === 'host' || text(request, 'pidMode') === 'host';
  const factors: Factor[] = [];
  if (taskRole) factors.push({ id: 'role', points: 10, because: 'whoever runs the task acts as its role' });
  if (isOpen)
    factors.push({ id: 'host', points: 10, because: 'its containers can reach the machine that they run on' });
  return factors;
}
