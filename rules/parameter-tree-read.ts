import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// A program knows its path; the root of the tree is asked for by somebody who wants whatever there is.
export default {
  id: 'parameter-tree-read',
  title: 'All parameters read',
  why: 'Somebody asked Parameter Store for everything below "/", with all levels and decrypted: every password and token that is kept there, of every program in the account. Programs read below a path of their own. It is normal for a backup or a migration of the parameters, which somebody will have announced.',
  severity: 'medium',
  maps: {
    mitre: ['T1555.006', 'T1552'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'each program may read the parameters below its own path only',
  },
  on: ['ssm:GetParametersByPath'],

  detect(activity) {
    const { actor, request } = activity;
    if (text(request, 'path') !== '/' || !flag(request, 'recursive') || !flag(request, 'withDecryption'))
      return undefined;
    // The pages that follow the first tell nothing new.
    if (actor.via || text(request, 'nextToken')) return undefined;
    return {
      target: { kind: 'account' },
      because: `${actor.name} ${verb(activity, 'read', 'read')} all parameters below /, decrypted`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the whole tree': {
      event: did(user('mallory'), 'ssm:GetParametersByPath', { path: '/', recursive: true, withDecryption: true }),
      finds: 'mallory read all parameters below /, decrypted',
    },
    'a stolen role is refused': {
      event: did(
        role('web', 'i-0123456789abcdef0'),
        'ssm:GetParametersByPath',
        { path: '/', recursive: true, withDecryption: true },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0123456789abcdef0) tried to read all parameters below /, decrypted',
    },
    'a program reads below its path': {
      event: did(role('app', 'start'), 'ssm:GetParametersByPath', {
        path: '/app/prod',
        recursive: true,
        withDecryption: true,
      }),
    },
    'the second page': {
      event: did(user('mallory'), 'ssm:GetParametersByPath', {
        path: '/',
        recursive: true,
        withDecryption: true,
        nextToken: 'AAEAAQ',
      }),
    },
    'only the names, encrypted values stay encrypted': {
      event: did(user('alice'), 'ssm:GetParametersByPath', { path: '/', recursive: true }),
    },
    'a request without a path': {
      event: did(user('alice'), 'ssm:GetParametersByPath', { recursive: true, withDecryption: true }),
    },
  },
} satisfies Rule;
