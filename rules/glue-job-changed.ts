import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A job is a script with a role: who writes the one acts as the other.
export default {
  id: 'glue-job-changed',
  title: 'Glue job changed or run',
  why: 'A job of Glue was made, changed, given a trigger or run. The script of a job acts with its role, which often reads all data of a company, so whoever may set both has what the role has. Data pipelines are deployed and run like this every day; it is kept on record, so that a job by somebody who does not work with data is seen.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005'],
    cis: [],
    nist: ['AC-6', 'CM-3'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'roles may be passed to jobs only one by one, by name',
  },
  on: ['glue:CreateJob', 'glue:UpdateJob', 'glue:CreateTrigger', 'glue:StartJobRun'],

  detect(activity) {
    const { name, request } = activity;
    const kind = name === 'glue:CreateTrigger' ? 'Glue trigger' : 'Glue job';
    const job = text(request, 'jobName') ?? text(request, 'name');
    const [done, tried] = WORDS[name] ?? ['created', 'create'];
    return {
      target: resourceTarget(kind, job),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, job)}`,
      factors: roleFactors(request),
    };
  },

  automatic: false,

  examples: {
    'mallory writes a job with a role of her choice': {
      event: did(user('mallory'), 'glue:CreateJob', {
        name: 'helper',
        role: 'arn:aws:iam::111122223333:role/etl',
        command: { name: 'pythonshell', scriptLocation: 's3://scratch/helper.py' },
      }),
      finds: 'mallory created Glue job helper',
    },
    'a script is replaced': {
      event: did(role('deploy', 'ci-42'), 'glue:UpdateJob', {
        jobName: 'orders',
        jobUpdate: { role: 'etl', command: { name: 'glueetl', scriptLocation: 's3://artifacts/orders.py' } },
      }),
      finds: 'role deploy (session ci-42) changed Glue job orders',
    },
    'mallory may not run it, and the record is odd': {
      event: did(user('mallory'), 'glue:StartJobRun', { jobName: null }, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to run a Glue job that the record does not name',
    },
    'a job of another service': {
      event: did(user('alice'), 'databrew:CreateRecipeJob', { name: 'helper' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'glue:UpdateJob': ['changed', 'change'],
  'glue:StartJobRun': ['ran', 'run'],
};

function roleFactors(request: Fields): Factor[] {
  const given = text(request, 'role') ?? text(inner(request, 'jobUpdate'), 'role');
  return given ? [{ id: 'role', points: 10, because: `its script acts as ${given}` }] : [];
}
