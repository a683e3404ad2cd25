import { clauses, itemsAt, outsiderFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Every image that is pushed from now on is delivered to whoever stands in this list.
export default {
  id: 'registry-replication-put',
  title: 'Replication of the container registry set up',
  why: 'Container images that are pushed from now on are copied to other registries. Sent to an unknown account, they hand over the code and the secrets in it, release by release, and nobody has to pull. It is normal for copies in other regions of the account or in accounts of the organization.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1020'],
    cis: [],
    nist: ['AC-4', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'replication to known accounts only',
  },
  on: ['ecr:PutReplicationConfiguration'],

  detect(activity, known) {
    const factors = registriesIn(activity.request)
      .flatMap((each) => outsiderFactors(each, 30, activity, known))
      .slice(0, 1);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'set up', 'set up')} the replication of the container registry${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory has every release delivered': {
      event: did(user('mallory'), 'ecr:PutReplicationConfiguration', replicating(OUTSIDE)),
      finds:
        'mallory set up the replication of the container registry: account 999988887777 is none that the settings know',
    },
    'a deployment keeps a copy in another region': {
      event: did(role('deploy', 'ci-42'), 'ecr:PutReplicationConfiguration', replicating(ACCOUNT)),
      finds: 'role deploy (session ci-42) set up the replication of the container registry',
    },
    'mallory may not': {
      event: did(user('mallory'), 'ecr:PutReplicationConfiguration', replicating(OUTSIDE), {
        error: 'AccessDeniedException',
      }),
      finds:
        'mallory tried to set up the replication of the container registry: account 999988887777 is none that the settings know',
    },
    'the rules are missing': {
      event: did(user('alice'), 'ecr:PutReplicationConfiguration', { replicationConfiguration: { rules: 'x' } }),
      finds: 'alice set up the replication of the container registry',
    },
    'the replication of file systems': {
      event: did(user('alice'), 'elasticfilesystem:CreateReplicationConfiguration', { sourceFileSystemId: 'fs-1' }),
    },
  },
} satisfies Rule;

function registriesIn(request: Fields): (string | undefined)[] {
  return itemsAt(inner(request, 'replicationConfiguration'), 'rules')
    .flatMap((each) => itemsAt(each, 'destinations'))
    .map((each) => text(each, 'registryId'));
}

function replicating(registryId: string) {
  return { replicationConfiguration: { rules: [{ destinations: [{ region: 'eu-west-1', registryId }] }] } };
}
