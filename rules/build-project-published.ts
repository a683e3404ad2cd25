import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Build logs hold what nobody meant to print: addresses, tokens, parts of the code.
export default {
  id: 'build-project-published',
  title: 'Builds of a project made public',
  why: 'The builds of a CodeBuild project can be seen by everybody from now on: logs, artifacts and settings of every build, past ones included. Secrets that were printed once are public then. It is normal for open source projects that want their builds seen, in an account of their own.',
  severity: 'medium',
  maps: {
    mitre: ['T1567', 'T1552.001'],
    cis: [],
    nist: ['AC-3', 'AC-22'],
    pci: ['6.2.4', '7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'public builds denied, except where nothing else is built',
  },
  on: ['codebuild:UpdateProjectVisibility'],

  detect(activity) {
    if (text(activity.request, 'projectVisibility') !== 'PUBLIC_READ') return undefined;
    const project = text(activity.request, 'projectArn');
    return {
      target: resourceTarget('build project', project),
      because: `${activity.actor.name} ${verb(activity, 'published', 'publish')} the builds of ${called('build project', project)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory reads the logs from outside': {
      event: did(user('mallory'), 'codebuild:UpdateProjectVisibility', {
        projectArn: 'arn:aws:codebuild:us-east-1:111122223333:project/web',
        projectVisibility: 'PUBLIC_READ',
      }),
      finds: 'mallory published the builds of build project arn:aws:codebuild:us-east-1:111122223333:project/web',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'codebuild:UpdateProjectVisibility',
        { projectArn: null, projectVisibility: 'PUBLIC_READ' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to publish the builds of a build project that the record does not name',
    },
    'alice makes them private': {
      event: did(user('alice'), 'codebuild:UpdateProjectVisibility', {
        projectArn: 'arn:aws:codebuild:us-east-1:111122223333:project/web',
        projectVisibility: 'PRIVATE',
      }),
    },
    'what shall be seen is missing': {
      event: did(user('alice'), 'codebuild:UpdateProjectVisibility', { projectVisibility: {} }),
    },
  },
} satisfies Rule;
