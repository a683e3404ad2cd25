import { clauses } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// A secret that is deleted at once cannot be brought back, and whatever needs it stops.
export default {
  id: 'secret-deleted',
  title: 'Secret deleted',
  why: 'A secret in Secrets Manager was deleted. As a rule it waits for 7 to 30 days and can be restored; without that time it is gone, and the programs that need it fail for good. An intruder does harm or covers tracks in this way. It is normal when an application is taken down, or for secrets of tests.',
  severity: 'info',
  maps: {
    mitre: ['T1485', 'T1531'],
    cis: [],
    nist: ['CP-9', 'IA-5', 'SC-12'],
    pci: ['10.2.1.7'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'deletion without a waiting time denied',
  },
  on: ['secretsmanager:DeleteSecret'],

  detect(activity) {
    const secret = text(activity.request, 'secretId');
    const factors = flag(activity.request, 'forceDeleteWithoutRecovery') ? [FORCED] : [];
    return {
      target: resourceTarget('secret', secret),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('secret', secret)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory leaves nothing to restore': {
      event: did(user('mallory'), 'secretsmanager:DeleteSecret', {
        secretId: 'db/master',
        forceDeleteWithoutRecovery: true,
      }),
      finds: 'mallory deleted secret db/master: it cannot be restored',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'secretsmanager:DeleteSecret',
        { secretId: 'db/master', forceDeleteWithoutRecovery: 'true' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to delete secret db/master: it cannot be restored',
    },
    'a deployment takes an application down': {
      event: did(role('deploy', 'ci-42'), 'secretsmanager:DeleteSecret', {
        secretId: 'old',
        recoveryWindowInDays: 30,
      }),
      finds: 'role deploy (session ci-42) deleted secret old',
    },
    'a request that names no secret': {
      event: did(user('alice'), 'secretsmanager:DeleteSecret', { secretId: null }),
      finds: 'alice deleted a secret that the record does not name',
    },
    'alice brings it back': {
      event: did(user('alice'), 'secretsmanager:RestoreSecret', { secretId: 'old' }),
    },
  },
} satisfies Rule;

const FORCED: Factor = { id: 'forced', points: 20, because: 'it cannot be restored' };
