import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { HIDDEN, text } from '../events/fields.ts';

// AWS writes to these people when something is wrong, and asks them who owns the account.
export default {
  id: 'account-contact-changed',
  title: 'Contact of the account changed',
  why: 'Whom AWS writes to or calls about the account was changed. The security contact hears of stolen keys and abuse; whoever takes its place reads the warnings and answers that all is well. The main contact counts when it comes to proving who owns the account. It is normal when people or offices change, mostly for all accounts at once.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1564'],
    cis: ['1.1', '1.2'],
    nist: ['AC-2', 'IR-6', 'IR-7'],
    pci: ['12.10.1', '12.10.3'],
    hipaa: ['164.308(a)(6)(ii)'],
    practice: 'contacts are shared mailboxes, set for all accounts from the management account',
  },
  on: ['account:PutAlternateContact', 'account:DeleteAlternateContact', 'account:PutContactInformation'],

  detect(activity) {
    const isMain = activity.name === 'account:PutContactInformation';
    const isGone = activity.name === 'account:DeleteAlternateContact';
    const kind = isMain ? 'main' : (text(activity.request, 'alternateContactType')?.toLowerCase() ?? 'alternate');
    const account = text(activity.request, 'accountId') ?? activity.account;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${isGone ? verb(activity, 'deleted', 'delete') : verb(activity, 'changed', 'change')} the ${kind} contact of account ${account}`,
      factors: [...kindFactors(kind), ...goneFactors(isGone), ...usualFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'mallory hears of the warnings herself': {
      event: did(user('mallory'), 'account:PutAlternateContact', {
        alternateContactType: 'SECURITY',
        emailAddress: HIDDEN,
        name: HIDDEN,
        phoneNumber: HIDDEN,
        title: HIDDEN,
      }),
      finds: 'mallory changed the security contact of account 111122223333',
    },
    'somebody else pays the bills now': {
      event: did(role('platform', 'ana'), 'account:PutAlternateContact', {
        accountId: '444455556666',
        alternateContactType: 'BILLING',
        emailAddress: HIDDEN,
      }),
      finds: 'role platform (session ana) changed the billing contact of account 444455556666',
    },
    'a build may not, and does not say which': {
      event: did(role('build', 'ci-42'), 'account:DeleteAlternateContact', {}, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to delete the alternate contact of account 111122223333',
    },
    'the main contact': {
      event: did(user('mallory'), 'account:PutContactInformation', { contactInformation: HIDDEN }),
      finds: 'mallory changed the main contact of account 111122223333',
    },
    'alice looks at one': {
      event: did(user('alice'), 'account:GetAlternateContact', { alternateContactType: 'SECURITY' }),
    },
  },
} satisfies Rule;

function kindFactors(kind: string): Factor[] {
  if (kind === 'security') return [{ id: 'security', points: 20, because: 'warnings about the account go there' }];
  if (kind === 'main') return [{ id: 'main', points: 15, because: 'it counts when AWS asks who owns the account' }];
  return kind === 'billing' || kind === 'operations'
    ? [{ id: 'minor', points: -10, because: 'no warnings about security go there' }]
    : [];
}

function goneFactors(isGone: boolean): Factor[] {
  return isGone ? [{ id: 'gone', points: 5, because: 'nobody is there in its place' }] : [];
}

/** Names and addresses are hidden in every such record. INVARIANT: what is hidden as a whole stays suspicious. */
function usualFactors({ hidden }: Activity): Factor[] {
  if (hidden.length === 0 || hidden.includes('requestParameters') || hidden.includes('userIdentity')) return [];
  return [{ id: 'usual', points: -15, because: 'CloudTrail always hides the names and addresses of this call' }];
}
