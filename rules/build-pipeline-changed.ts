import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// What builds and deploys has the rights to deploy: whoever says what it runs has them, too.
export default {
  id: 'build-pipeline-changed',
  title: 'Build project or pipeline changed',
  why: 'A build project was created or changed, or a delivery pipeline was created. They run commands with a role that often may change everything, so whoever writes the commands has that role, and may slip something into what is built. It is normal when a repository is set up; it is kept on record so that a change by hand is seen.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005', 'T1195.002'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.2.1', '6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
    practice: 'pipelines are written as code and reviewed',
  },
  on: ['codebuild:CreateProject', 'codebuild:UpdateProject', 'codepipeline:CreatePipeline'],

  detect(activity) {
    const { name, request } = activity;
    const pipeline = inner(request, 'pipeline');
    const [kind, thing] =
      name === 'codepipeline:CreatePipeline'
        ? ['pipeline', text(pipeline, 'name')]
        : ['build project', text(request, 'name')];
    const [done, tried] = name === 'codebuild:UpdateProject' ? ['changed', 'change'] : ['created', 'create'];
    return {
      target: resourceTarget(kind, thing),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, thing)}`,
      factors: roleFactors(request, pipeline),
    };
  },

  automatic: false,

  examples: {
    'mallory makes a project with a role of her choice': {
      event: did(user('mallory'), 'codebuild:CreateProject', {
        name: 'helper',
        source: { type: 'NO_SOURCE', buildspec: 'version: 0.2' },
        serviceRole: 'arn:aws:iam::111122223333:role/build',
      }),
      finds: 'mallory created build project helper',
    },
    'a deployment sets up a pipeline': {
      event: did(role('deploy', 'ci-42'), 'codepipeline:CreatePipeline', {
        pipeline: { name: 'shop', roleArn: 'arn:aws:iam::111122223333:role/pipeline', stages: [] },
      }),
      finds: 'role deploy (session ci-42) created pipeline shop',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'codebuild:UpdateProject',
        { name: null, pipeline: 'x' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to change a build project that the record does not name',
    },
    'a project of another service': {
      event: did(user('alice'), 'datazone:CreateProject', { name: 'helper' }),
    },
  },
} satisfies Rule;

function roleFactors(request: Fields, pipeline: Fields): Factor[] {
  const given = text(request, 'serviceRole') ?? text(pipeline, 'roleArn');
  return given ? [{ id: 'role', points: 10, because: `its commands act as ${given}` }] : [];
}
