import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A build can be started with other commands than the project has: its role obeys all the same.
export default {
  id: 'codebuild-build-started',
  title: 'Build started',
  why: 'A build was started. Developers and pipelines do this all day, with the commands of the project. Whoever starts it with commands, a source or a role of his own makes the role of the project, or the other one, do what he wants; that is a known way to more permissions. A developer who tries out another build file does the same.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005', 'T1195.002'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.2.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
    practice: 'builds start from the repository; overrides are denied by policy',
  },
  on: ['codebuild:StartBuild', 'codebuild:StartBuildBatch'],

  detect(activity) {
    const name = text(activity.request, 'projectName');
    const factors = overrideFactors(activity.request);
    return {
      target: resourceTarget('build project', name),
      because: `${activity.actor.name} ${verb(activity, 'started', 'start')} a build of ${called('build project', name)}${factors.map((each) => `: ${each.because}`).join('')}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory builds what she likes, as whom she likes': {
      event: did(user('mallory'), 'codebuild:StartBuild', {
        projectName: 'shop',
        buildspecOverride: 'version: 0.2',
        serviceRoleOverride: 'arn:aws:iam::111122223333:role/ops',
      }),
      finds:
        "mallory started a build of build project shop: the commands are the caller's: the role is the caller's choice",
    },
    'a pipeline builds': {
      event: did(role('pipeline', 'ci-42'), 'codebuild:StartBuild', { projectName: 'shop', sourceVersion: '0123abc' }),
      finds: 'role pipeline (session ci-42) started a build of build project shop',
    },
    'a developer tries another build file': {
      event: did(role('developer', 'eve'), 'codebuild:StartBuildBatch', {
        projectName: 'shop',
        buildspecOverride: 'buildspec-test.yml',
      }),
      finds: "role developer (session eve) started a build of build project shop: the commands are the caller's",
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'codebuild:StartBuild',
        { projectName: 0, buildspecOverride: null },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to start a build of a build project that the record does not name',
    },
    'a build is stopped': {
      event: did(user('alice'), 'codebuild:StopBuild', { id: 'shop:0123' }),
    },
  },
} satisfies Rule;

function overrideFactors(request: Fields): Factor[] {
  const factors: Factor[] = [];
  if (text(request, 'buildspecOverride'))
    factors.push({ id: 'commands', points: 15, because: "the commands are the caller's" });
  if (text(request, 'sourceLocationOverride'))
    factors.push({ id: 'source', points: 10, because: "the source is the caller's choice" });
  if (text(request, 'serviceRoleOverride'))
    factors.push({ id: 'role', points: 15, because: "the role is the caller's choice" });
  return factors;
}
