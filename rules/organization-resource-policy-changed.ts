import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { document } from '../events/fields.ts';
import { accountIn } from '../policy/exposure.ts';
import { outsidersOf } from '../policy/trust.ts';

// Which member accounts may read or write the policies of all others.
export default {
  id: 'organization-resource-policy-changed',
  title: 'Delegation policy of the organization written',
  why: 'The policy was written that lets member accounts do parts of the work of the management account, such as writing and attaching the policies of the organization. Whoever has such a member account can free every account from its guardrails. It is normal when policies are looked after outside of the management account, and rare: know each account that it names.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1666', 'T1484'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-5', 'AC-6', 'CM-3'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'one account for the policies of the organization, guarded like the management account',
  },
  on: ['organizations:PutResourcePolicy'],

  detect(activity, known) {
    const who = namedIn(activity);
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the delegation policy of the organization${who.length > 0 ? `, for ${who.slice(0, 3).join(', ')}` : ''}`,
      factors: strangers(who, known),
    };
  },

  automatic: false,

  examples: {
    'mallory delegates to an account that she has': {
      event: did(user('mallory'), 'organizations:PutResourcePolicy', { content: delegates('999988887777') }),
      finds: 'mallory wrote the delegation policy of the organization, for 999988887777',
    },
    'to everybody': {
      event: did(user('mallory'), 'organizations:PutResourcePolicy', { content: delegates('*') }),
      finds: 'mallory wrote the delegation policy of the organization, for *',
    },
    'a build may not, and the policy is none': {
      event: did(
        role('build', 'ci-42'),
        'organizations:PutResourcePolicy',
        { content: '{' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to write the delegation policy of the organization',
    },
    'a policy of another service': {
      event: did(user('alice'), 'secretsmanager:PutResourcePolicy', { secretId: 'db', resourcePolicy: delegates('*') }),
    },
  },
} satisfies Rule;

function namedIn({ request, account }: Activity): string[] {
  const policy = document(request, 'content');
  return policy ? [...new Set(outsidersOf(policy, account).map(({ name }) => name))] : [];
}

/** Everybody, or an account that the settings do not know, where they know any. */
function strangers(who: string[], known: Known): Factor[] {
  if (who.includes('*')) return [{ id: 'everybody', points: 30, because: 'it names nobody, and so everybody' }];
  const stranger = known.accounts.size > 0 && who.find((each) => !known.accounts.has(accountIn(each) ?? ''));
  return stranger ? [{ id: 'stranger', points: 15, because: `the settings do not know ${stranger}` }] : [];
}

function delegates(account: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: account },
    Action: 'organizations:UpdatePolicy',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
