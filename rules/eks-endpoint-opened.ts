import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, inner, text } from '../events/fields.ts';

// With the door of the cluster on the internet, a stolen token is enough.
export default {
  id: 'eks-endpoint-opened',
  title: 'Kubernetes API opened to the internet',
  why: 'The API of a Kubernetes cluster can be reached from every address of the internet. It still asks who is there, but a stolen token or a fault of Kubernetes is now enough, from anywhere. It is normal for trials, and by default for new clusters; a cluster with data in it is reached from within its network or from known addresses.',
  severity: 'medium',
  maps: {
    mitre: ['T1133', 'T1562.007'],
    cis: [],
    nist: ['AC-17', 'SC-7'],
    pci: ['1.3.1', '1.4.2'],
    hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
    practice: 'private endpoints, or a short list of known addresses',
  },
  on: ['eks:UpdateClusterConfig'],

  detect(activity) {
    const factors = opening(inner(activity.request, 'resourcesVpcConfig'));
    if (!factors) return undefined;
    const cluster = text(activity.request, 'name');
    return {
      target: resourceTarget('EKS cluster', cluster),
      because: `${activity.actor.name} ${verb(activity, 'opened', 'open')} the API of ${called('EKS cluster', cluster)} to the internet`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory makes herself a way in': {
      event: did(user('mallory'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
      }),
      finds: 'mallory opened the API of EKS cluster shop to the internet',
    },
    'which addresses is not said': {
      event: did(role('deploy', 'ci-42'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        resourcesVpcConfig: { endpointPublicAccess: true },
      }),
      finds: 'role deploy (session ci-42) opened the API of EKS cluster shop to the internet',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'eks:UpdateClusterConfig',
        { name: 'shop', resourcesVpcConfig: { publicAccessCidrs: ['::/0'] } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to open the API of EKS cluster shop to the internet',
    },
    'it is open for the office only': {
      event: did(user('alice'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] },
      }),
    },
    'it is closed, and the list is odd': {
      event: did(user('alice'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: '0.0.0.0/0' },
      }),
    },
  },
} satisfies Rule;

/** Undefined where nothing is opened to everybody. A list that is not given stays as it was: everybody, unless somebody said less. */
function opening(network: Fields): Factor[] | undefined {
  const access = flag(network, 'endpointPublicAccess');
  if (access === false) return undefined;
  const addresses = at(network, 'publicAccessCidrs');
  if (Array.isArray(addresses) && addresses.length > 0)
    return addresses.some((each) => each === '0.0.0.0/0' || each === '::/0') ? [] : undefined;
  if (!access) return undefined;
  return [{ id: 'addresses', points: -5, because: 'the addresses may have been limited before' }];
}
