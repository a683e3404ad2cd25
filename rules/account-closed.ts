import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import { did, role, root, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Everything in the account stops, and after ninety days it is gone for good.
export default {
  id: 'account-closed',
  title: 'Account closed',
  why: 'An AWS account was closed. Everything in it stops at once, and after 90 days it is deleted with all data and backups; until then AWS Support can bring it back. An intruder who wants to do harm needs no more than this one call. It is normal for sandboxes and accounts that are wound up, with a decision on record.',
  severity: 'high',
  maps: {
    mitre: ['T1485', 'T1531', 'T1489'],
    cis: ['4.15'],
    nist: ['CP-2', 'CP-9', 'CM-3'],
    pci: ['10.2.1.7', '12.10.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'a policy that denies closing accounts, and backups in another account',
  },
  on: ['organizations:CloseAccount', 'account:CloseAccount'],

  detect(activity) {
    const account = text(activity.request, 'accountId') ?? activity.account;
    return {
      target: resourceTarget('account', account),
      because: `${activity.actor.name} ${verb(activity, 'closed', 'close')} account ${account}`,
    };
  },

  automatic: false,

  examples: {
    'mallory closes the production account': {
      event: did(user('mallory'), 'organizations:CloseAccount', { accountId: '444455556666' }),
      finds: 'mallory closed account 444455556666',
    },
    'root closes its own': {
      event: did(root, 'account:CloseAccount', {}),
      finds: 'root closed account 111122223333',
    },
    'a build may not, and the id is none': {
      event: did(
        role('build', 'ci-42'),
        'organizations:CloseAccount',
        { accountId: 444455556666 },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to close account 111122223333',
    },
    'somebody looks at an account': {
      event: did(user('alice'), 'organizations:DescribeAccount', { accountId: '444455556666' }),
    },
  },
} satisfies Rule;
