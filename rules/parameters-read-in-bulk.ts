import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { at, flag, text } from '../events/fields.ts';

// Parameter Store is where the passwords are that never made it into Secrets Manager.
export default {
  id: 'parameters-read-in-bulk',
  title: 'Many parameters read',
  why: 'One identity read at least ten different parameters, decrypted, from Parameter Store within ten minutes. Passwords and tokens are kept there as often as settings, and an intruder takes all of them. Programs that start and infrastructure-as-code that refreshes its state do the same: so it weighs less for roles and for people of the identity provider, and fully for a long-term access key.',
  severity: 'medium',
  maps: {
    mitre: ['T1555.006', 'T1552'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'each program may read the parameters below its own path only',
  },
  on: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (activity.failed && !REFUSED.test(activity.failed.code)) return undefined;
    const parameters = parametersIn(activity);
    if (!parameters || kind === 'service' || via || !flag(activity.request, 'withDecryption')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'read', 'read')} ${parameters}, decrypted`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 10,
    minutes: 10,
    distinct: parametersIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'read', 'read')} ${count} different parameters within 10 minutes, decrypted`,
  },

  automatic: false,

  examples: {
    'mallory reads a parameter': {
      event: did(user('mallory'), 'ssm:GetParameter', { name: '/prod/db/password', withDecryption: true }),
      finds: 'mallory read parameter /prod/db/password, decrypted',
    },
    'several in one call, in any order': {
      event: did(user('mallory'), 'ssm:GetParameters', { names: ['/prod/b', 7, '/prod/a'], withDecryption: 'true' }),
      finds: 'mallory read parameters /prod/a, /prod/b, decrypted',
    },
    'a program reads what is below its path': {
      event: did(role('app', 'start'), 'ssm:GetParametersByPath', { path: '/app', withDecryption: true }),
      finds: 'role app (session start) read parameters below /app, decrypted',
    },
    'mallory is refused': {
      event: did(
        user('mallory'),
        'ssm:GetParameter',
        { name: '/prod/db/password', withDecryption: true },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to read parameter /prod/db/password, decrypted',
    },
    'not decrypted': {
      event: did(identityCenter('ana', 'Operator'), 'ssm:GetParameter', { name: '/prod/db/host' }),
    },
    'the image that AWS publishes': {
      event: did(user('alice'), 'ssm:GetParameter', {
        name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
        withDecryption: true,
      }),
    },
    'a request without a name': {
      event: did(user('alice'), 'ssm:GetParameter', { withDecryption: true }),
    },
  },
} satisfies Rule;

/** A call that was throttled, or that asked for what is not there, says nothing about who asks. */
const REFUSED = /AccessDenied|Unauthorized/;

/** What was asked for, in words; nothing where it is only what AWS publishes. */
function parametersIn({ request }: Activity): string | undefined {
  const [name, path, names] = [text(request, 'name'), text(request, 'path'), at(request, 'names')];
  if (name) return isPublic(name) ? undefined : `parameter ${name}`;
  if (path) return isPublic(path) ? undefined : `parameters below ${path}`;
  const own = Array.isArray(names) ? names.filter((each) => typeof each === 'string' && !isPublic(each)) : [];
  return own.length > 0 ? `parameters ${own.sort().join(', ')}` : undefined;
}

function isPublic(name: string): boolean {
  return name.startsWith('/aws/service/');
}

function factorsOf({ actor: { kind }, failed }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (kind === 'role' || kind === 'web-identity')
    return [{ id: 'program', points: -20, because: 'programs with a role read their settings so when they start' }];
  if (kind !== 'identity-center') return [];
  return [{ id: 'person', points: -15, because: 'who deploys from a session of the identity provider reads them too' }];
}
