import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, inner, isFields, text } from '../events/fields.ts';

// What is done inside a cluster stands in no other record than its own.
export default {
  id: 'eks-logging-disabled',
  title: 'Logs of a Kubernetes cluster switched off',
  why: 'A Kubernetes cluster stopped writing logs of its control plane. CloudTrail does not see what is done inside a cluster: without its audit log nobody can tell who read secrets or started containers there. It is normal for clusters on trial, to save cost. An intruder does it before he works in the cluster.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: [],
    nist: ['AU-2', 'AU-9', 'AU-12'],
    pci: ['10.2.1', '10.2.1.6', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'audit and authenticator logs in every cluster',
  },
  on: ['eks:UpdateClusterConfig'],

  detect(activity) {
    const { off, kept } = logsIn(activity.request);
    if (off.length === 0) return undefined;
    const cluster = text(activity.request, 'name');
    return {
      target: resourceTarget('EKS cluster', cluster),
      because: `${activity.actor.name} ${verb(activity, 'switched', 'switch')} logs of ${called('EKS cluster', cluster)} off: ${off.join(', ')}`,
      factors: keptFactors(off, kept),
    };
  },

  automatic: false,

  examples: {
    'mallory switches all of them off': {
      event: did(user('mallory'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator'], enabled: false }] },
      }),
      finds: 'mallory switched logs of EKS cluster shop off: api, audit, authenticator',
    },
    'a deployment chooses its logs': {
      event: did(role('deploy', 'ci-42'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        logging: {
          clusterLogging: [
            { types: ['audit', 'authenticator'], enabled: true },
            { types: ['api', 'controllerManager', 'scheduler'], enabled: false },
          ],
        },
      }),
      finds: 'role deploy (session ci-42) switched logs of EKS cluster shop off: api, controllerManager, scheduler',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'eks:UpdateClusterConfig',
        { name: 'shop', logging: { clusterLogging: [{ types: ['audit'], enabled: false }] } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to switch logs of EKS cluster shop off: audit',
    },
    'logs are switched on': {
      event: did(user('alice'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        logging: { clusterLogging: [{ types: ['audit'], enabled: true }, null, { types: 'api', enabled: false }] },
      }),
    },
    'the network changes': {
      event: did(user('alice'), 'eks:UpdateClusterConfig', {
        name: 'shop',
        resourcesVpcConfig: { endpointPrivateAccess: true },
      }),
    },
  },
} satisfies Rule;

/** The console and Terraform send both lists whenever one of them changes: those that are off may have been off before. */
function keptFactors(off: string[], kept: string[]): Factor[] {
  if (kept.length === 0) return [];
  const points = off.includes('audit') ? -10 : -20;
  return [{ id: 'kept', points, because: `the same request switches others on: ${kept.join(', ')}` }];
}

function logsIn(request: Fields): { off: string[]; kept: string[] } {
  const all = at(inner(request, 'logging'), 'clusterLogging');
  const groups = (Array.isArray(all) ? all : []).filter(isFields);
  const typesWhere = (enabled: boolean) =>
    groups.filter((each) => flag(each, 'enabled') === enabled).flatMap((each) => textsIn(at(each, 'types')));
  return { off: typesWhere(false), kept: typesWhere(true) };
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
