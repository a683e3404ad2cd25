import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag } from '../events/fields.ts';

// Ten parameters fit in one call: who takes everything needs few calls, so that counting calls alone does not see it.
export default {
  id: 'parameters-read-in-batches',
  title: 'Parameters read in batches',
  why: 'One identity read three different batches of at least five parameters each, decrypted, from Parameter Store within ten minutes. Passwords and tokens are kept there as often as settings, and whoever wants all of them takes them ten at a time. Programs read one batch, their own, when they start: so it weighs less for roles, which several programs may share.',
  severity: 'medium',
  maps: {
    mitre: ['T1555.006', 'T1552'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'each program may read the parameters below its own path only',
  },
  on: ['ssm:GetParameters'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (activity.failed && !REFUSED.test(activity.failed.code)) return undefined;
    const size = namesIn(activity).length;
    if (size < MANY || kind === 'service' || via || !flag(activity.request, 'withDecryption')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'read', 'read')} ${size} parameters at once, decrypted`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 3,
    minutes: 10,
    distinct: (activity) => namesIn(activity).join(),
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'read', 'read')} ${count} different batches of parameters within 10 minutes, decrypted`,
  },

  automatic: false,

  examples: {
    'mallory takes a batch': {
      event: did(user('mallory'), 'ssm:GetParameters', {
        names: ['/prod/a', '/prod/b', '/prod/c', '/prod/d', '/prod/e', '/prod/f'],
        withDecryption: true,
      }),
      finds: 'mallory read 6 parameters at once, decrypted',
    },
    'mallory is refused': {
      event: did(
        user('mallory'),
        'ssm:GetParameters',
        { names: ['/prod/a', '/prod/b', '/prod/c', '/prod/d', '/prod/e'], withDecryption: true },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to read 5 parameters at once, decrypted',
    },
    'a program reads its two settings': {
      event: did(role('app', 'start'), 'ssm:GetParameters', { names: ['/app/a', '/app/b'], withDecryption: true }),
    },
    'names of the wrong type': {
      event: did(user('mallory'), 'ssm:GetParameters', { names: [1, 2, 3, 4, 5, 6], withDecryption: true }),
    },
  },
} satisfies Rule;

/** A call that was throttled, or that asked for what is not there, says nothing about who asks. */
const REFUSED = /AccessDenied|Unauthorized/;

const MANY = 5;

function namesIn({ request }: Activity): string[] {
  const names = at(request, 'names');
  return Array.isArray(names) ? names.filter((each) => typeof each === 'string').sort() : [];
}

function factorsOf({ actor: { kind }, failed }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (kind !== 'role' && kind !== 'web-identity') return [];
  return [{ id: 'program', points: -20, because: 'programs with a role read their settings so when they start' }];
}
