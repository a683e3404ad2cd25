import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// The administrators of a cluster can become every workload in it, and each has its own role.
export default {
  id: 'eks-access-granted',
  title: 'Access to a Kubernetes cluster granted',
  why: 'An identity was let into a Kubernetes cluster, or was given more there. An administrator of the cluster can read its secrets and act as every workload in it, with the AWS role of each. It is normal when a team or its deployment is set up, with a policy for its own namespaces. Administration of the whole cluster is for few, and nobody should grant it to himself.',
  severity: 'low',
  maps: {
    mitre: ['T1098.006', 'T1098.003'],
    cis: [],
    nist: ['AC-2', 'AC-3', 'AC-6'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'access to clusters is granted by a deployment, for namespaces',
  },
  on: ['eks:AssociateAccessPolicy', 'eks:CreateAccessEntry', 'eks:UpdateAccessEntry'],

  detect(activity) {
    const cluster = text(activity.request, 'clusterName') ?? text(activity.request, 'name');
    const who = text(activity.request, 'principalArn') ?? 'somebody whom the record does not name';
    return {
      target: resourceTarget('EKS cluster', cluster),
      because: `${activity.actor.name} ${verb(activity, 'gave', 'give')} ${who} ${givenIn(activity)} ${called('EKS cluster', cluster)}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'eve makes a role an administrator of the cluster': {
      event: did(user('eve'), 'eks:AssociateAccessPolicy', {
        name: 'shop',
        principalArn: 'arn:aws:iam::111122223333:role/helper',
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'cluster' },
      }),
      finds: 'eve gave arn:aws:iam::111122223333:role/helper AmazonEKSClusterAdminPolicy in EKS cluster shop',
    },
    'the group of the masters': {
      event: did(user('eve'), 'eks:UpdateAccessEntry', {
        clusterName: 'shop',
        principalArn: 'arn:aws:iam::111122223333:user/eve',
        kubernetesGroups: ['system:masters'],
      }),
      finds: 'eve gave arn:aws:iam::111122223333:user/eve an access entry in EKS cluster shop',
    },
    'a deployment lets nodes in': {
      event: did(role('deploy', 'ci-42'), 'eks:CreateAccessEntry', {
        clusterName: 'shop',
        principalArn: 'arn:aws:iam::111122223333:role/shop-nodes',
        type: 'EC2_LINUX',
      }),
      finds:
        'role deploy (session ci-42) gave arn:aws:iam::111122223333:role/shop-nodes an access entry in EKS cluster shop',
    },
    'eve may not, and the record shows nothing': {
      event: did(user('eve'), 'eks:CreateAccessEntry', null, { error: 'AccessDeniedException' }),
      finds:
        'eve tried to give somebody whom the record does not name an access entry in an EKS cluster that the record does not name',
    },
    'access is taken away: another rule': {
      event: did(user('alice'), 'eks:DeleteAccessEntry', {
        clusterName: 'shop',
        principalArn: 'arn:aws:iam::111122223333:role/helper',
      }),
    },
  },
} satisfies Rule;

function givenIn({ name, request }: Activity): string {
  if (name !== 'eks:AssociateAccessPolicy') return 'an access entry in';
  return `${policyIn(request) ?? 'a policy that the record does not name'} in`;
}

function policyIn(request: Fields): string | undefined {
  const arn = text(request, 'policyArn');
  return arn?.slice(arn.lastIndexOf('/') + 1);
}

function factorsOf({ request, actor }: Activity): Factor[] {
  const groups = at(request, 'kubernetesGroups');
  const isMaster = Array.isArray(groups) && groups.includes('system:masters');
  const isNode = /^(EC2|FARGATE|HYBRID|HYPERPOD)/i.test(text(request, 'type') ?? '');
  const factors: Factor[] = [];
  if (isMaster || policyIn(request) === 'AmazonEKSClusterAdminPolicy')
    factors.push({ id: 'administrator', points: 20, because: 'it administers the whole cluster' });
  if (text(request, 'principalArn') === actor.id)
    factors.push({ id: 'self', points: 15, because: 'the actor lets itself in' });
  if (isNode) factors.push({ id: 'node', points: -15, because: 'it is an entry for machines of the cluster' });
  return factors;
}
