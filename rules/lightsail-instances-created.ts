import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at } from '../events/fields.ts';

// Machines beside EC2, which few companies watch: that is why they are used.
export default {
  id: 'lightsail-instances-created',
  title: 'Lightsail instances created',
  why: 'Virtual machines were made in Lightsail, a service for small sites that stands beside EC2, with its own console, keys and firewall. Where it is in use, this is normal. Where it is not, nobody looks there: thieves of credentials start machines for mining, proxies and phishing in it, because rules for EC2 do not see them.',
  severity: 'low',
  maps: {
    mitre: ['T1578.002', 'T1496.001'],
    cis: [],
    nist: ['CM-7', 'CM-8', 'SI-4'],
    pci: ['2.2.4', '12.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'services that are not in use are denied by a service control policy',
  },
  on: ['lightsail:CreateInstances'],

  detect(activity) {
    const names = namesIn(activity.request);
    const what =
      names.length > 1 ? `${names.length} Lightsail instances` : `Lightsail instance ${names[0] ?? '(name not shown)'}`;
    return {
      target: resourceTarget('Lightsail instance', names[0]),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${what}`,
      factors: manyFactors(names.length),
    };
  },

  automatic: false,

  examples: {
    'mallory makes a fleet': {
      event: did(user('mallory'), 'lightsail:CreateInstances', {
        instanceNames: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'],
        availabilityZone: 'us-east-1a',
        blueprintId: 'ubuntu_24_04',
        bundleId: '2xlarge_3_0',
      }),
      finds: 'mallory created 6 Lightsail instances',
    },
    'a site for a campaign': {
      event: did(role('web-team', 'eve'), 'lightsail:CreateInstances', {
        instanceNames: ['campaign'],
        availabilityZone: 'us-east-1a',
        blueprintId: 'wordpress',
        bundleId: 'nano_3_0',
      }),
      finds: 'role web-team (session eve) created Lightsail instance campaign',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'lightsail:CreateInstances',
        { instanceNames: 'n1' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to create Lightsail instance (name not shown)',
    },
    'instances are listed': {
      event: did(user('alice'), 'lightsail:GetInstances', null),
    },
  },
} satisfies Rule;

function namesIn(request: Fields): string[] {
  const names = at(request, 'instanceNames');
  return Array.isArray(names) ? names.filter((each) => typeof each === 'string') : [];
}

function manyFactors(count: number): Factor[] {
  return count >= 5 ? [{ id: 'many', points: 15, because: `${count} instances at once` }] : [];
}
