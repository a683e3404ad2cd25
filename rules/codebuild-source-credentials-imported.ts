import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { HIDDEN, text } from '../events/fields.ts';

// All projects of the region use it from then on. The base is info: CloudTrail always hides the token, which adds points.
export default {
  id: 'codebuild-source-credentials-imported',
  title: 'Source credentials of CodeBuild imported',
  why: 'A token or a connection for a source repository was given to CodeBuild. All projects of the region fetch their source with it from then on. It is normal when a repository is connected or a token renewed. Somebody who puts in his own can see what is fetched, take part in builds, or stop all of them.',
  severity: 'info',
  maps: {
    mitre: ['T1195.002', 'T1098.001'],
    cis: [],
    nist: ['CM-5', 'IA-5'],
    pci: ['6.2.1', '8.6.2'],
    hipaa: ['164.312(c)(1)', '164.312(d)'],
    practice: 'connections to repositories instead of personal tokens',
  },
  on: ['codebuild:ImportSourceCredentials'],

  detect(activity) {
    const server = text(activity.request, 'serverType');
    return {
      target: resourceTarget('source server', server),
      because: `${activity.actor.name} ${verb(activity, 'gave', 'give')} CodeBuild credentials for ${called('source server', server)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory puts in her own token': {
      event: did(user('mallory'), 'codebuild:ImportSourceCredentials', {
        serverType: 'GITHUB',
        authType: 'PERSONAL_ACCESS_TOKEN',
        token: HIDDEN,
        shouldOverwrite: true,
      }),
      finds: 'mallory gave CodeBuild credentials for source server GITHUB',
    },
    'a deployment connects a repository': {
      event: did(role('deploy', 'ci-42'), 'codebuild:ImportSourceCredentials', {
        serverType: 'GITLAB',
        authType: 'CODECONNECTIONS',
        token: HIDDEN,
      }),
      finds: 'role deploy (session ci-42) gave CodeBuild credentials for source server GITLAB',
    },
    'mallory may not, and the record shows nothing': {
      event: did(user('mallory'), 'codebuild:ImportSourceCredentials', null, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to give CodeBuild credentials for a source server that the record does not name',
    },
    'credentials are listed': {
      event: did(user('alice'), 'codebuild:ListSourceCredentials', null),
    },
  },
} satisfies Rule;
