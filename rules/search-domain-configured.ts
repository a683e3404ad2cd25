import { clauses, openingFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, document, flag, inner, text } from '../events/fields.ts';

// Logs and customer data are searched here, and an open address is found by others first.
export default {
  id: 'search-domain-configured',
  title: 'Access to a search domain configured',
  why: 'A domain of OpenSearch was made, or who may use it was changed. A policy that admits everybody, on a domain with a public address and no users of its own, publishes what is in the index; such domains are found and emptied by machines. It is normal to open it within a network, or where the domain asks for a password.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1190'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'SC-7'],
    pci: ['1.4.4', '7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'search domains inside a network, with users of their own',
  },
  on: [
    'es:CreateElasticsearchDomain',
    'es:UpdateElasticsearchDomainConfig',
    'es:CreateDomain',
    'es:UpdateDomainConfig',
  ],

  detect(activity, known) {
    const domain = text(activity.request, 'domainName');
    const isNew = activity.name.startsWith('es:Create');
    const factors = factorsOf(activity, known);
    if (!isNew && factors.length === 0) return undefined;
    return {
      target: resourceTarget('search domain', domain),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'created', 'create') : verb(activity, 'changed the access to', 'change the access to')} ${called('search domain', domain)}${clauses(factors)}`,
      factors: factors.length > 0 ? factors : [NO_POLICY],
    };
  },

  automatic: false,

  examples: {
    'mallory opens the index': {
      event: did(user('mallory'), 'es:UpdateElasticsearchDomainConfig', {
        domainName: 'logs',
        accessPolicies: allowing('*'),
      }),
      finds: 'mallory changed the access to search domain logs: everybody may use it (es:ESHttp*)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'es:UpdateDomainConfig',
        { domainName: 'logs', accessPolicies: allowing({ AWS: OUTSIDE }) },
        { error: 'AccessDenied' },
      ),
      finds:
        'mallory tried to change the access to search domain logs: 999988887777 of another account may use it (es:ESHttp*)',
    },
    'a deployment makes one within the network': {
      event: did(role('deploy', 'ci-42'), 'es:CreateDomain', {
        domainName: 'logs',
        accessPolicies: allowing('*'),
        vPCOptions: { subnetIds: ['subnet-1'] },
      }),
      finds: 'role deploy (session ci-42) created search domain logs: everybody may use it (es:ESHttp*)',
    },
    'a domain without a policy': {
      event: did(user('alice'), 'es:CreateElasticsearchDomain', { domainName: 'logs' }),
      finds: 'alice created search domain logs',
    },
    'more machines': {
      event: did(user('alice'), 'es:UpdateDomainConfig', { domainName: 'logs', clusterConfig: { instanceCount: 3 } }),
    },
  },
} satisfies Rule;

const NO_POLICY: Factor = { id: 'opened', points: -20, because: 'no policy lets anybody in' };

function factorsOf(activity: Activity, known: Known): Factor[] {
  const { request } = activity;
  if (!at(request, 'accessPolicies')) return [];
  const opening = openingFactors(document(request, 'accessPolicies'), activity, known);
  if (!opening.some(({ points }) => points > 0)) return opening;
  const isInside = Object.keys(inner(request, 'vPCOptions')).length > 0;
  const hasUsers = flag(inner(request, 'advancedSecurityOptions'), 'enabled') === true;
  if (isInside) return [...opening, { id: 'network', points: -50, because: 'the domain lies within a network' }];
  return hasUsers ? [...opening, { id: 'users', points: -45, because: 'the domain has users of its own' }] : opening;
}

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'es:ESHttp*', Resource: '*' }] });
}
