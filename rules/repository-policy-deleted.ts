import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Who was let in is out again; what was denied is allowed again.
export default {
  id: 'repository-policy-deleted',
  title: 'Policy of a container repository or registry deleted',
  why: 'The policy of a container repository or of the registry was deleted. Other accounts that pulled from it fail, and denials that it held are gone, such as a ban on pushing over releases. It is normal when a repository is taken down or is no longer shared.',
  severity: 'info',
  maps: {
    mitre: ['T1222', 'T1489'],
    cis: [],
    nist: ['AC-3', 'CM-3'],
    pci: ['7.2.1', '10.2.1.7'],
    hipaa: ['164.312(a)(1)'],
    practice: 'policies of repositories change with deployments only',
  },
  on: ['ecr:DeleteRepositoryPolicy', 'ecr:DeleteRegistryPolicy'],

  detect(activity) {
    const repository = text(activity.request, 'repositoryName');
    const isRegistry = activity.name === 'ecr:DeleteRegistryPolicy';
    return {
      target: isRegistry ? { kind: 'account' } : resourceTarget('repository', repository),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the policy of ${isRegistry ? 'the container registry' : called('repository', repository)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory lifts a ban': {
      event: did(user('mallory'), 'ecr:DeleteRepositoryPolicy', { repositoryName: 'web' }),
      finds: 'mallory deleted the policy of repository web',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'ecr:DeleteRegistryPolicy', {}, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to delete the policy of the container registry',
    },
    'a request that names no repository': {
      event: did(user('alice'), 'ecr:DeleteRepositoryPolicy', { repositoryName: [] }),
      finds: 'alice deleted the policy of a repository that the record does not name',
    },
    'a public repository': {
      event: did(user('alice'), 'ecr-public:DeleteRepositoryPolicy', { repositoryName: 'web' }),
    },
  },
} satisfies Rule;
