import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The script that a server starts with, and far too often the password in it.
export default {
  id: 'user-data-read-in-bulk',
  title: 'Start scripts of many servers read',
  why: 'One identity asked for the user data of at least eight different instances within ten minutes, whether it got them or not. User data is the script that a server starts with, and people leave passwords and tokens in it. Infrastructure-as-code reads it whenever it refreshes its state: so it weighs less for roles and for people of the identity provider, and fully for a long-term key and for whoever is refused.',
  severity: 'medium',
  maps: {
    mitre: ['T1552', 'T1580'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'servers fetch their secrets, which are never in user data',
  },
  on: ['ec2:DescribeInstanceAttribute'],

  detect(activity) {
    const instance = instanceIn(activity);
    if (!instance || activity.actor.via || text(activity.request, 'attribute') !== 'userData') return undefined;
    if (activity.failed && !GUESSED.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'read', 'read')} the start script of ${instance}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 8,
    minutes: 10,
    distinct: instanceIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'read', 'read')} the start scripts of ${count} different instances within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory reads a start script': {
      event: did(user('mallory'), 'ec2:DescribeInstanceAttribute', ask('userData')),
      finds: 'mallory read the start script of i-0123456789abcdef0',
    },
    'a stolen role is refused': {
      event: did(role('web', 'session'), 'ec2:DescribeInstanceAttribute', ask('userData'), {
        error: 'Client.UnauthorizedOperation',
      }),
      finds: 'role web (session session) tried to read the start script of i-0123456789abcdef0',
    },
    'ana refreshes the state of her deployment': {
      event: did(identityCenter('ana', 'Operator'), 'ec2:DescribeInstanceAttribute', ask('userData')),
      finds: 'ana read the start script of i-0123456789abcdef0',
    },
    'another attribute': {
      event: did(user('mallory'), 'ec2:DescribeInstanceAttribute', ask('disableApiTermination')),
    },
    'a request without an instance': {
      event: did(user('mallory'), 'ec2:DescribeInstanceAttribute', { attribute: 'userData' }),
    },
  },
} satisfies Rule;

/** Refused, or asked of an instance that is not there. */
const GUESSED = /AccessDenied|Unauthorized|NotFound|Malformed/;

function instanceIn({ request }: Activity): string | undefined {
  return text(request, 'instanceId');
}

function factorsOf({ actor: { kind }, failed }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (kind !== 'role' && kind !== 'web-identity' && kind !== 'identity-center') return [];
  return [{ id: 'refresh', points: -20, because: 'deployments read it whenever they refresh their state' }];
}

function ask(attribute: string) {
  return { instanceId: 'i-0123456789abcdef0', attribute };
}
