import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';

// From then on eight letters will do, for every user of the account.
export default {
  id: 'password-policy-deleted',
  title: 'Password policy deleted',
  why: "The account's rules for console passwords are gone, and AWS's own apply: eight characters, no end, and old passwords again. Passwords that are set from now on can be guessed, and an intruder who sets one for a user is no longer held to the rules. It is normal next to never: a policy is replaced, not deleted.",
  severity: 'medium',
  maps: {
    mitre: ['T1556', 'T1098'],
    cis: ['1.8', '1.9'],
    nist: ['AC-2(4)', 'IA-5(1)'],
    pci: ['8.3.6', '8.3.7', '10.2.1.5'],
    hipaa: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
    practice: 'long passwords, none of them twice',
  },
  on: ['iam:DeleteAccountPasswordPolicy'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} the password policy of the account`,
      factors: emptyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory lifts the rules': {
      event: did(user('mallory'), 'iam:DeleteAccountPasswordPolicy', null),
      finds: 'mallory deleted the password policy of the account',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'iam:DeleteAccountPasswordPolicy', null, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to delete the password policy of the account',
    },
    'a record with more than there should be': {
      event: did(user('mallory'), 'iam:DeleteAccountPasswordPolicy', { minimumPasswordLength: 14 }),
      finds: 'mallory deleted the password policy of the account',
    },
    'alice reads it': {
      event: did(user('alice'), 'iam:GetAccountPasswordPolicy', null),
    },
  },
} satisfies Rule;

function emptyFactors({ hidden }: Activity): Factor[] {
  const isUsual = hidden.length === 1 && hidden[0] === 'requestParameters';
  return isUsual ? [{ id: 'usual', points: -15, because: 'the call takes no parameters: nothing is hidden' }] : [];
}
