import type { Rule } from '../core/rule.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One user more is overlooked; five within minutes are a migration that somebody announced, or an intruder digging in.
export default {
  id: 'users-created-in-bulk',
  title: 'Many IAM users created',
  why: 'One identity made at least five IAM users within ten minutes. An intruder makes several, so that one is left when the others are found, and gives them names like those that are there. It is normal when people or programs move into the account, which is announced and rare: people should come through an identity provider, and programs through roles.',
  severity: 'medium',
  maps: {
    mitre: ['T1136.003'],
    cis: ['1.15'],
    nist: ['AC-2(1)', 'AC-2(4)', 'SI-4'],
    pci: ['8.2.4', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:CreateUser'],

  detect(activity) {
    const name = nameIn(activity);
    if (!name || activity.failed || activity.actor.via) return undefined;
    return { target: { kind: 'account' }, because: `${activity.actor.name} created user ${name}` };
  },

  count: {
    atLeast: 5,
    minutes: 10,
    distinct: nameIn,
    says: ({ actor }, count) => `${actor.name} created ${count} users within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory makes a user': {
      event: did(user('mallory'), 'iam:CreateUser', { userName: 'backup2' }),
      finds: 'mallory created user backup2',
    },
    'with a role that she stole': {
      event: did(role('web', 'session'), 'iam:CreateUser', { userName: 'support' }),
      finds: 'role web (session session) created user support',
    },
    'mallory may not: nothing was made': {
      event: did(user('mallory'), 'iam:CreateUser', { userName: 'backup2' }, { error: 'AccessDenied' }),
    },
    'a stack makes its user': {
      event: did({ ...user('alice'), invokedBy: 'cloudformation.amazonaws.com' }, 'iam:CreateUser', {
        userName: 'mail',
      }),
    },
    'a request without a name': {
      event: did(user('mallory'), 'iam:CreateUser', { userName: '' }),
    },
  },
} satisfies Rule;

function nameIn({ request }: Activity): string | undefined {
  return text(request, 'userName');
}
