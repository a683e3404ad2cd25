import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Who takes over a cluster may first lock out those who could take it back.
export default {
  id: 'eks-access-removed',
  title: 'Access to a Kubernetes cluster removed',
  why: 'An identity lost its way into a Kubernetes cluster, or a policy there. It is normal when somebody leaves a team or a deployment is taken down, and it lowers what is at stake. After access was given to somebody unexpected it may be the second half of a takeover: the rightful administrators are locked out.',
  severity: 'low',
  maps: {
    mitre: ['T1531'],
    cis: [],
    nist: ['AC-2', 'AC-3', 'CP-2'],
    pci: ['7.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.308(a)(7)(i)'],
    practice: 'two ways into every cluster, one of them for emergencies',
  },
  on: ['eks:DeleteAccessEntry', 'eks:DisassociateAccessPolicy'],

  detect(activity) {
    const cluster = text(activity.request, 'clusterName') ?? text(activity.request, 'name');
    const who = text(activity.request, 'principalArn') ?? 'somebody whom the record does not name';
    const what = activity.name === 'eks:DeleteAccessEntry' ? 'the access entry' : 'a policy';
    return {
      target: resourceTarget('EKS cluster', cluster),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} ${what} of ${who} in ${called('EKS cluster', cluster)} away`,
    };
  },

  automatic: false,

  examples: {
    'mallory locks the administrators out': {
      event: did(user('mallory'), 'eks:DeleteAccessEntry', {
        clusterName: 'shop',
        principalArn: 'arn:aws:iam::111122223333:role/ops',
      }),
      finds: 'mallory took the access entry of arn:aws:iam::111122223333:role/ops in EKS cluster shop away',
    },
    'a deployment takes a policy away': {
      event: did(role('deploy', 'ci-42'), 'eks:DisassociateAccessPolicy', {
        name: 'shop',
        principalArn: 'arn:aws:iam::111122223333:role/team',
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy',
      }),
      finds:
        'role deploy (session ci-42) took a policy of arn:aws:iam::111122223333:role/team in EKS cluster shop away',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'eks:DeleteAccessEntry',
        { clusterName: null, principalArn: 5 },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to take the access entry of somebody whom the record does not name in an EKS cluster that the record does not name away',
    },
    'entries are listed': {
      event: did(user('alice'), 'eks:ListAccessEntries', { clusterName: 'shop' }),
    },
  },
} satisfies Rule;
