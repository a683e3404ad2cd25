import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Programs ask for a key by this name; when it is gone they stop, or find whatever is put in its place.
export default {
  id: 'kms-alias-deleted',
  title: 'Alias of a KMS key deleted',
  why: 'The name under which programs find a KMS key was deleted. They fail at once; and a new alias of the same name can point to another key, for instance one that somebody else controls. The key itself and what it encrypts stay. It is normal when an application is taken down or renamed.',
  severity: 'low',
  maps: {
    mitre: ['T1489', 'T1565.001'],
    cis: [],
    nist: ['SC-12', 'CM-3'],
    pci: ['3.6.1', '10.2.1.7'],
    hipaa: ['164.312(a)(2)(iv)'],
    practice: 'aliases change through reviewed code only',
  },
  on: ['kms:DeleteAlias'],

  detect(activity) {
    const alias = text(activity.request, 'aliasName');
    return {
      target: resourceTarget('KMS alias', alias),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('KMS alias', alias)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory cuts a program from its key': {
      event: did(user('mallory'), 'kms:DeleteAlias', { aliasName: 'alias/billing' }),
      finds: 'mallory deleted KMS alias alias/billing',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'kms:DeleteAlias',
        { aliasName: 'alias/billing' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to delete KMS alias alias/billing',
    },
    'a request that names no alias': {
      event: did(user('alice'), 'kms:DeleteAlias', { aliasName: 3 }),
      finds: 'alice deleted a KMS alias that the record does not name',
    },
    'the alias of a function': {
      event: did(user('alice'), 'lambda:DeleteAlias', { functionName: 'web', name: 'live' }),
    },
  },
} satisfies Rule;
