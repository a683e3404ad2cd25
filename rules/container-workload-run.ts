import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

// What runs in a container acts with the container's role, and on the account's bill.
export default {
  id: 'container-workload-run',
  title: 'Container workload run',
  why: 'A container task, service or job was started in ECS, App Runner or Batch. Releases and schedules do this all day. It deserves a look when the caller chose another role for the task than its definition has, which is a way to act as that role, or when very many copies start at once: then somebody may be computing on your bill.',
  severity: 'info',
  maps: {
    mitre: ['T1610', 'T1548.005', 'T1496.001'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SI-4'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'roles may be passed to tasks only one by one, by name',
  },
  on: [
    'ecs:RunTask',
    'ecs:StartTask',
    'ecs:CreateService',
    'apprunner:CreateService',
    'apprunner:UpdateService',
    'batch:SubmitJob',
  ],

  detect(activity) {
    const [kind, name] = whatOf(activity);
    const [done, tried] = activity.name === 'apprunner:UpdateService' ? ['changed', 'change'] : ['started', 'start'];
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, name)}`,
      factors: factorsOf(activity.request),
    };
  },

  automatic: false,

  examples: {
    'mallory runs a task with a role of her choice': {
      event: did(user('mallory'), 'ecs:RunTask', {
        cluster: 'shop',
        taskDefinition: 'helper:1',
        overrides: { taskRoleArn: 'arn:aws:iam::111122223333:role/ops' },
      }),
      finds: 'mallory started ECS task helper:1',
    },
    'five hundred copies': {
      event: did(role('developer', 'eve'), 'ecs:CreateService', {
        cluster: 'shop',
        serviceName: 'worker',
        taskDefinition: 'worker:1',
        desiredCount: 500,
      }),
      finds: 'role developer (session eve) started ECS service worker',
    },
    'a release': {
      event: did(role('deploy', 'ci-42'), 'apprunner:UpdateService', {
        serviceArn: 'arn:aws:apprunner:us-east-1:111122223333:service/web/8fe1',
        instanceConfiguration: { instanceRoleArn: 'arn:aws:iam::111122223333:role/web' },
      }),
      finds:
        'role deploy (session ci-42) changed App Runner service arn:aws:apprunner:us-east-1:111122223333:service/web/8fe1',
    },
    'a job that mallory may not submit, and the record is odd': {
      event: did(
        user('mallory'),
        'batch:SubmitJob',
        { jobName: {}, desiredCount: 'many' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to start a Batch job that the record does not name',
    },
    'a task is stopped': {
      event: did(user('alice'), 'ecs:StopTask', { cluster: 'shop', task: '0123abcd' }),
    },
  },
} satisfies Rule;

function whatOf({ name, request }: Activity): [kind: string, name: string | undefined] {
  if (name === 'batch:SubmitJob') return ['Batch job', text(request, 'jobName')];
  if (name === 'ecs:CreateService') return ['ECS service', text(request, 'serviceName')];
  if (name.startsWith('apprunner:'))
    return ['App Runner service', text(request, 'serviceName') ?? text(request, 'serviceArn')];
  return ['ECS task', text(request, 'taskDefinition')];
}

function factorsOf(request: Fields): Factor[] {
  const chosen = text(inner(request, 'overrides'), 'taskRoleArn');
  const given = text(inner(request, 'instanceConfiguration'), 'instanceRoleArn');
  const copies = at(request, 'desiredCount');
  const factors: Factor[] = [];
  if (chosen) factors.push({ id: 'role', points: 20, because: `the caller chose ${chosen} for it` });
  if (given) factors.push({ id: 'role', points: 10, because: `it acts as ${given}` });
  if (typeof copies === 'number' && copies >= 100)
    factors.push({ id: 'many', points: 35, because: `${copies} copies at once` });
  return factors;
}
