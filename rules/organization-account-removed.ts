import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Out of the organization means out of its rules, its records and its reach.
export default {
  id: 'organization-account-removed',
  title: 'Account removed from the organization',
  why: 'An account is no member of the organization any more: its policies do not limit it, its trail does not record it, and nobody in the security account sees what happens there. Whoever removes it can go on in it unobserved. It is normal when an account is handed over or closed for good; removed ones come back only by invitation.',
  severity: 'high',
  maps: {
    mitre: ['T1666', 'T1562.008'],
    cis: ['4.15'],
    nist: ['AC-3', 'AU-9', 'CM-3'],
    pci: ['7.2.1', '10.3.2', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(B)', '164.312(b)'],
    practice: 'accounts leave the organization only after a decision on record',
  },
  on: ['organizations:RemoveAccountFromOrganization', 'organizations:AccountDepartedOrganization'],

  detect(activity) {
    const account = accountIn(activity);
    const departed = activity.name === 'organizations:AccountDepartedOrganization';
    return {
      target: resourceTarget('account', account),
      because: departed
        ? `${called('account', account)} is out of the organization`
        : `${activity.actor.name} ${verb(activity, 'removed', 'remove')} ${called('account', account)} from the organization`,
      factors: wayFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory removes an account from under its rules': {
      event: did(user('mallory'), 'organizations:RemoveAccountFromOrganization', { accountId: '444455556666' }),
      finds: 'mallory removed account 444455556666 from the organization',
    },
    'an account took itself out': {
      event: departed({ accountId: '444455556666', departureMethod: 'LEFT' }),
      finds: 'account 444455556666 is out of the organization',
    },
    'a closed account is gone for good, and the record does not name it': {
      event: departed({ departureMethod: 'CLEANED' }),
      finds: 'an account that the record does not name is out of the organization',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'organizations:RemoveAccountFromOrganization',
        { accountId: '444455556666' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to remove account 444455556666 from the organization',
    },
    'an account joins: another rule': {
      event: did({ invokedBy: 'organizations.amazonaws.com' }, 'organizations:AccountJoinedOrganization', null, {
        record: { eventType: 'AwsServiceEvent', serviceEventDetails: { accountId: '444455556666' } },
      }),
    },
  },
} satisfies Rule;

function accountIn({ request, extra }: Activity): string | undefined {
  return text(request, 'accountId') ?? text(extra, 'accountId') ?? text(extra, 'memberAccountId');
}

/** `LEFT`: by itself; `REMOVED`: by the management account; `CLEANED`: 90 days after it was closed. */
function wayFactors({ extra }: Activity): Factor[] {
  const way = text(extra, 'departureMethod')?.toUpperCase();
  if (way === 'LEFT') return [{ id: 'left', points: 15, because: 'it took itself out' }];
  return way === 'CLEANED' ? [{ id: 'closed', points: -40, because: 'it was closed long ago' }] : [];
}

function departed(serviceEventDetails: { [key: string]: string }) {
  return did({ invokedBy: 'organizations.amazonaws.com' }, 'organizations:AccountDepartedOrganization', null, {
    record: { eventType: 'AwsServiceEvent', serviceEventDetails },
  });
}
