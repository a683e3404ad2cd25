import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at } from '../events/fields.ts';

// The call replaces the whole policy: what it does not name falls back to next to nothing.
export default {
  id: 'password-policy-weakened',
  title: 'Weak password policy set',
  why: "The account's rules for console passwords were replaced by weak ones: shorter than 14 characters, or with old passwords allowed again. A call that leaves a rule out takes it away. Weak passwords are guessed; an intruder also lowers the rules to set a password at ease. It is normal with deployments of many years ago: raise the numbers there.",
  severity: 'low',
  maps: {
    mitre: ['T1556', 'T1098'],
    cis: ['1.8', '1.9'],
    nist: ['AC-2(4)', 'IA-5(1)'],
    pci: ['8.3.6', '8.3.7', '10.2.1.5'],
    hipaa: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
    practice: 'long passwords, none of them twice',
  },
  on: ['iam:UpdateAccountPasswordPolicy'],

  detect(activity) {
    const factors = [...lengthFactors(activity.request), ...reuseFactors(activity.request)];
    if (factors.length === 0) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} a weak password policy: ${factors.map((each) => each.because).join(', and ')}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lowers everything': {
      event: did(user('mallory'), 'iam:UpdateAccountPasswordPolicy', { minimumPasswordLength: 6 }),
      finds:
        'mallory set a weak password policy: 6 characters suffice, and nothing keeps users from their old passwords',
    },
    'an old deployment': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateAccountPasswordPolicy', {
        minimumPasswordLength: '12',
        passwordReusePrevention: 24,
      }),
      finds: 'role deploy (session ci-42) set a weak password policy: 12 characters suffice',
    },
    'a request of the wrong shape counts as empty': {
      event: did(user('bob'), 'iam:UpdateAccountPasswordPolicy', { minimumPasswordLength: [14] }, { error: 'Denied' }),
      finds:
        'bob tried to set a weak password policy: 6 characters suffice, and nothing keeps users from their old passwords',
    },
    'alice sets what the benchmark asks for': {
      event: did(user('alice'), 'iam:UpdateAccountPasswordPolicy', {
        minimumPasswordLength: 14,
        requireSymbols: true,
        passwordReusePrevention: 24,
      }),
    },
  },
} satisfies Rule;

function lengthFactors(request: Fields): Factor[] {
  const length = numberAt(request, 'minimumPasswordLength') ?? 6;
  if (length >= 14) return [];
  return [{ id: 'length', points: length < 10 ? 20 : 10, because: `${length} characters suffice` }];
}

function reuseFactors(request: Fields): Factor[] {
  if ((numberAt(request, 'passwordReusePrevention') ?? 0) > 0) return [];
  return [{ id: 'reuse', points: 10, because: 'nothing keeps users from their old passwords' }];
}

function numberAt(fields: Fields, key: string): number | undefined {
  const value = at(fields, key);
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
