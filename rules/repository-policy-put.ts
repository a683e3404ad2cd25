import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// Images hold code and often secrets; whoever may push decides what the account runs.
export default {
  id: 'repository-policy-put',
  title: 'Policy of a container repository or registry written',
  why: 'Who may pull or push container images was changed. An outsider who may pull gets the code and whatever was built into it; one who may push puts programs of their own into your clusters. It is normal when accounts of the organization, or AWS services, pull images from a shared repository.',
  severity: 'low',
  maps: {
    mitre: ['T1525', 'T1537'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'CM-5'],
    pci: ['6.3.2', '7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'repositories shared with named accounts or the organization, to pull only',
  },
  on: ['ecr:SetRepositoryPolicy', 'ecr:PutRegistryPolicy'],

  detect(activity, known) {
    const repository = text(activity.request, 'repositoryName');
    const isRegistry = activity.name === 'ecr:PutRegistryPolicy';
    const factors = openingFactors(document(activity.request, 'policyText'), activity, known);
    return {
      target: isRegistry ? { kind: 'account' } : resourceTarget('repository', repository),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${isRegistry ? 'the container registry' : called('repository', repository)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everybody pull': {
      event: did(user('mallory'), 'ecr:SetRepositoryPolicy', { repositoryName: 'web', policyText: allowing('*') }),
      finds: 'mallory wrote the policy of repository web: everybody may use it (ecr:BatchGetImage)',
    },
    'mallory opens the registry, and may not': {
      event: did(
        user('mallory'),
        'ecr:PutRegistryPolicy',
        { policyText: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }) },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to write the policy of the container registry: arn:aws:iam::999988887777:root of another account may use it (ecr:BatchGetImage)',
    },
    'a deployment lets a role of the account pull': {
      event: did(role('deploy', 'ci-42'), 'ecr:SetRepositoryPolicy', {
        repositoryName: 'web',
        policyText: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/web` }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of repository web',
    },
    'the policy is of the wrong kind': {
      event: did(user('alice'), 'ecr:SetRepositoryPolicy', { repositoryName: null, policyText: 7 }),
      finds: 'alice wrote the policy of a repository that the record does not name: the policy could not be read',
    },
    'a repository that is public anyway': {
      event: did(user('alice'), 'ecr-public:SetRepositoryPolicy', { repositoryName: 'web', policyText: allowing('*') }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'ecr:BatchGetImage' }] });
}
