import type { Rule } from '../core/rule.ts';
import { called, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The alias is the name on the door of the sign-in page, and whoever takes it next gets the people who knock.
export default {
  id: 'account-alias-changed',
  title: 'Account alias changed',
  why: "The name in the account's sign-in address was set or given up. Bookmarks to the old address stop working, and a name that was given up is free for anybody: another account that takes it shows its own sign-in page to the people of this one. It is normal while an account is set up, and when a company changes its name.",
  severity: 'low',
  maps: {
    mitre: ['T1531', 'T1566.002'],
    cis: [],
    nist: ['CM-3', 'IA-4'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'account settings change in the open',
  },
  on: ['iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],

  detect(activity) {
    const deleted = activity.name === 'iam:DeleteAccountAlias';
    const alias = called('account alias', text(activity.request, 'accountAlias'));
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${deleted ? verb(activity, 'gave up', 'give up') : verb(activity, 'set', 'set')} ${alias}`,
      factors: deleted ? [{ id: 'free', points: 15, because: 'any account may take the name from now on' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory gives the name up': {
      event: did(user('mallory'), 'iam:DeleteAccountAlias', { accountAlias: 'acme-prod' }),
      finds: 'mallory gave up account alias acme-prod',
    },
    'a deployment sets up an account': {
      event: did(role('deploy', 'ci-42'), 'iam:CreateAccountAlias', { accountAlias: 'acme-dev' }),
      finds: 'role deploy (session ci-42) set account alias acme-dev',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:DeleteAccountAlias', { accountAlias: '' }, { error: 'AccessDenied' }),
      finds: 'bob tried to give up an account alias that the record does not name',
    },
    'an alias of a key: another service': {
      event: did(user('alice'), 'kms:DeleteAlias', { aliasName: 'alias/reports' }),
    },
  },
} satisfies Rule;
