import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The application stands without its doorman.
export default {
  id: 'web-acl-deleted',
  title: 'Web firewall removed',
  why: 'A web ACL was deleted or taken off the application that it protected, or a policy of Firewall Manager that puts such firewalls everywhere was deleted. What it blocked, injections, bots, floods, now reaches the application. It is normal when an application is taken down or gets another web ACL.',
  severity: 'low',
  maps: {
    mitre: ['T1562.007', 'T1190'],
    cis: [],
    nist: ['SC-7', 'SI-4', 'CM-3'],
    pci: ['6.4.2', '1.2.2'],
    hipaa: ['164.312(e)(1)'],
    practice: 'public applications stand behind a web firewall',
  },
  on: [
    'wafv2:DeleteWebACL',
    'wafv2:DisassociateWebACL',
    'waf:DeleteWebACL',
    'waf-regional:DeleteWebACL',
    'waf-regional:DisassociateWebACL',
    'fms:DeletePolicy',
  ],

  detect(activity) {
    const { thing, name, what, factors } = removal(activity);
    return {
      target: resourceTarget(thing, name),
      because: `${activity.actor.name} ${what} ${called(thing, name)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets the shop stand open': {
      event: did(user('mallory'), 'wafv2:DisassociateWebACL', { resourceArn: 'loadbalancer/app/shop/50dc' }),
      finds: 'mallory took the web firewall off resource loadbalancer/app/shop/50dc',
    },
    'an application is taken down': {
      event: did(role('deploy', 'ci-42'), 'wafv2:DeleteWebACL', { name: 'shop', id: '1a2b', scope: 'REGIONAL' }),
      finds: 'role deploy (session ci-42) deleted web ACL shop',
    },
    'for all accounts, refused': {
      event: did(
        user('mallory'),
        'fms:DeletePolicy',
        { policyId: '2f4b', deleteAllPolicyResources: true },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to delete Firewall Manager policy 2f4b',
    },
    'the record does not name it': {
      event: did(user('alice'), 'waf:DeleteWebACL', {}),
      finds: 'alice deleted a web ACL that the record does not name',
    },
    'a web ACL gets a rule': {
      event: did(user('alice'), 'wafv2:UpdateWebACL', { name: 'shop', id: '1a2b' }),
    },
    'a policy of another service': {
      event: did(user('alice'), 'iam:DeletePolicy', { policyArn: 'arn:aws:iam::111122223333:policy/old' }),
    },
  },
} satisfies Rule;

function removal(activity: Activity): { thing: string; name: string | undefined; what: string; factors: Factor[] } {
  const { name, request } = activity;
  if (name.endsWith(':DisassociateWebACL'))
    return {
      thing: 'resource',
      name: text(request, 'resourceArn'),
      what: `${verb(activity, 'took', 'take')} the web firewall off`,
      factors: [{ id: 'bare', points: 10, because: 'the application goes on without it' }],
    };
  const what = verb(activity, 'deleted', 'delete');
  if (name === 'fms:DeletePolicy')
    return {
      thing: 'Firewall Manager policy',
      name: text(request, 'policyId'),
      what,
      factors: [{ id: 'everywhere', points: 30, because: 'it held for all accounts of the organization' }],
    };
  return { thing: 'web ACL', name: text(request, 'name') ?? text(request, 'webACLId'), what, factors: [] };
}
