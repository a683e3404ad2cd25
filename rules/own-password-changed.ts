import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { consoleUser, did, user } from '../events/did.ts';

// Who changes a password has to know the old one: a person at the console does, a program with a key rarely.
export default {
  id: 'own-password-changed',
  title: 'IAM user changed its own password',
  why: 'An IAM user changed its own console password, for which the old one is needed. It is normal at the first sign-in, and when the password policy asks for it. An intruder who found the password does it to keep the owner out; one who holds only an access key tries old passwords with it, so calls from a key weigh more.',
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1531'],
    cis: ['1.8'],
    nist: ['AC-2(4)', 'IA-5(1)'],
    pci: ['8.3.5', '10.2.1.5'],
    hipaa: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:ChangePassword'],

  detect(activity) {
    const { kind, name } = activity.actor;
    return {
      target: kind === 'user' ? { kind: 'principal', principal: { type: 'user', name } } : { kind: 'account' },
      because: `${name} ${verb(activity, 'changed', 'change')} their own password`,
      factors: [...keyFactors(activity), ...emptyFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'alice changes her password at the console': {
      event: did(consoleUser('alice', true), 'iam:ChangePassword', null),
      finds: 'alice changed their own password',
    },
    'a key changes it': {
      event: did(user('mallory'), 'iam:ChangePassword', null),
      finds: 'mallory changed their own password',
    },
    'a key does not know the old one': {
      event: did(user('mallory'), 'iam:ChangePassword', null, { error: 'AccessDenied' }),
      finds: 'mallory tried to change their own password',
    },
    'a password for somebody else: another rule': {
      event: did(user('alice'), 'iam:UpdateLoginProfile', { userName: 'bob' }),
    },
  },
} satisfies Rule;

function keyFactors({ actor }: Activity): Factor[] {
  return actor.longTerm ? [{ id: 'program', points: 15, because: 'an access key did it, and not the console' }] : [];
}

// CloudTrail leaves both passwords out, and there is nothing else in the request.
function emptyFactors({ hidden }: Activity): Factor[] {
  const isUsual = hidden.length === 1 && hidden[0] === 'requestParameters';
  return isUsual ? [{ id: 'usual', points: -15, because: 'of this call nothing more is ever shown' }] : [];
}
