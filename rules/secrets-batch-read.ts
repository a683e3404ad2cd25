import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields } from '../events/fields.ts';

// Twenty secrets in one call: what a program knows by name it lists, what an intruder does not know he filters for.
export default {
  id: 'secrets-batch-read',
  title: 'Secrets read in a batch',
  why: 'Somebody read up to twenty secrets from Secrets Manager in a single call: five or more by name, or whatever fits a filter. A filter that only excludes fits every secret of the account and is hardly ever meant for work. It is normal for a program that loads its own configuration at the start, under a role of its own.',
  severity: 'medium',
  maps: {
    mitre: ['T1555.006'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'each program may read its own secrets only',
  },
  on: ['secretsmanager:BatchGetSecretValue'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    const [ids, filters] = [listAt(activity, 'secretIdList'), listAt(activity, 'filters')];
    if (kind === 'service' || via || (filters.length === 0 && ids.length < MANY)) return undefined;
    const what = filters.length > 0 ? 'whatever secrets fit a filter' : `${ids.length} secrets at once`;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'read', 'read')} ${what}`,
      factors: [...programFactor(activity, filters), ...filterFactor(filters)],
    };
  },

  automatic: false,

  examples: {
    'mallory reads every secret': {
      event: did(user('mallory'), 'secretsmanager:BatchGetSecretValue', {
        filters: [{ key: 'tag-key', values: ['!no-such-tag'] }],
      }),
      finds: 'mallory read whatever secrets fit a filter',
    },
    'mallory reads six that she knows': {
      event: did(user('mallory'), 'secretsmanager:BatchGetSecretValue', {
        secretIdList: ['prod/a', 'prod/b', 'prod/c', 'prod/d', 'prod/e', 'prod/f'],
      }),
      finds: 'mallory read 6 secrets at once',
    },
    'a program loads its configuration': {
      event: did(role('app', 'start'), 'secretsmanager:BatchGetSecretValue', {
        secretIdList: ['app/a', 'app/b', 'app/c', 'app/d', 'app/e'],
      }),
      finds: 'role app (session start) read 5 secrets at once',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'secretsmanager:BatchGetSecretValue',
        { filters: [{ key: 'name', values: ['prod'] }] },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to read whatever secrets fit a filter',
    },
    'two of its own': {
      event: did(role('app', 'start'), 'secretsmanager:BatchGetSecretValue', { secretIdList: ['app/a', 'app/b'] }),
    },
    'lists of the wrong type': {
      event: did(user('alice'), 'secretsmanager:BatchGetSecretValue', { secretIdList: 'app/a', filters: {} }),
    },
  },
} satisfies Rule;

const MANY = 5;

function listAt({ request }: Activity, key: string): unknown[] {
  const value = at(request, key);
  return Array.isArray(value) ? value : [];
}

function programFactor({ actor: { kind } }: Activity, filters: unknown[]): Factor[] {
  if (kind !== 'web-identity' && (kind !== 'role' || filters.length > 0)) return [];
  return [{ id: 'program', points: -20, because: 'programs with a role load their secrets so' }];
}

/** `!` excludes: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html */
function filterFactor(filters: unknown[]): Factor[] {
  const values = filters.flatMap((each) => (isFields(each) ? at(each, 'values') : undefined));
  if (values.length === 0 || !values.every((each) => typeof each === 'string' && each.startsWith('!'))) return [];
  return [{ id: 'all', points: 20, because: 'the filter only excludes, so that it fits every other secret' }];
}
