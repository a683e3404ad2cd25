import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A program reads its own two or three secrets; who reads one after the other does not know yet which one is worth it.
export default {
  id: 'secrets-read-in-bulk',
  title: 'Many secrets read',
  why: 'One identity read, or tried to read, at least eight different secrets from Secrets Manager within ten minutes. Each is a password, a token or a key to something else: an intruder who holds stolen credentials empties the store first. It is normal for a deployment tool or a cluster operator that hands out secrets: name its role as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1555.006'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'each program may read its own secrets only',
  },
  on: ['secretsmanager:GetSecretValue'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (activity.failed && !REFUSED.test(activity.failed.code)) return undefined;
    const secret = secretIn(activity);
    if (!secret || kind === 'service' || via) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'read', 'read')} secret ${secret}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 8,
    minutes: 10,
    distinct: secretIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'read', 'read')} ${count} different secrets within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory reads a secret': {
      event: did(user('mallory'), 'secretsmanager:GetSecretValue', { secretId: 'prod/db' }),
      finds: 'mallory read secret prod/db',
    },
    'refused, and only the message says which': {
      event: did(user('mallory'), 'secretsmanager:GetSecretValue', null, {
        error: 'AccessDenied',
        record: {
          errorMessage:
            'User: mallory is not authorized to perform: secretsmanager:GetSecretValue on resource: prod/db because no identity-based policy allows the secretsmanager:GetSecretValue action',
        },
      }),
      finds: 'mallory tried to read secret prod/db',
    },
    'a service reads for a role': {
      event: did({ ...role('app'), invokedBy: 'rds.amazonaws.com' }, 'secretsmanager:GetSecretValue', {
        secretId: 'prod/db',
      }),
    },
    'a request that names no secret': {
      event: did(user('mallory'), 'secretsmanager:GetSecretValue', { secretId: 42 }),
    },
    'alice looks at what a secret is for': {
      event: did(user('alice'), 'secretsmanager:DescribeSecret', { secretId: 'prod/db' }),
    },
  },
} satisfies Rule;

/** A call that was throttled, or that asked for what is not there, says nothing about who asks. */
const REFUSED = /AccessDenied|Unauthorized/;

/** CloudTrail has no request parameters where Secrets Manager refused the call. */
function secretIn({ request, failed }: Activity): string | undefined {
  return text(request, 'secretId') ?? / on resource: (\S+)/.exec(failed?.message ?? '')?.[1];
}

function factorsOf({ actor, failed }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (actor.kind !== 'web-identity') return [];
  return [
    { id: 'program', points: -20, because: 'a program outside of AWS, or in a cluster, that starts with its secrets' },
  ];
}
