import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { HIDDEN, inner, text } from '../events/fields.ts';

// What belongs to the organization is trusted by it: by bucket policies, shares and roles that name only its id.
export default {
  id: 'organization-account-added',
  title: 'Account added to the organization',
  why: 'The organization got another account. A new one is everyday work of an account factory, though an intruder makes them, too, to mine or to hide in. One that was of somebody else before and came by invitation is now inside of everything that is shared with the organization: be sure that you know whose it was.',
  severity: 'info',
  maps: {
    mitre: ['T1136.003', 'T1666'],
    cis: ['4.15'],
    nist: ['AC-2', 'CM-3', 'CM-8'],
    pci: ['10.2.1.5', '12.5.1'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'accounts come from the account factory',
  },
  on: ['organizations:CreateAccount', 'organizations:CreateGovCloudAccount', 'organizations:AccountJoinedOrganization'],

  detect(activity) {
    const account = accountIn(activity);
    const joined = activity.name === 'organizations:AccountJoinedOrganization';
    return {
      target: resourceTarget('account', account),
      because: joined
        ? `${called('account', account)} joined the organization`
        : `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('account', account)} in the organization`,
      factors: wayFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'an account of somebody else comes in': {
      event: joined({ accountId: '999988887777', joinedMethod: 'INVITED' }),
      finds: 'account 999988887777 joined the organization',
    },
    'a new account, about which CloudTrail hides most': {
      event: did(
        role('factory', 'new'),
        'organizations:CreateAccount',
        { email: HIDDEN, accountName: HIDDEN },
        { response: { createAccountStatus: { id: 'car-1', state: 'IN_PROGRESS' } } },
      ),
      finds: 'role factory (session new) created an account that the record does not name in the organization',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'organizations:CreateAccount',
        { accountName: 'tests' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to create account tests in the organization',
    },
    'somebody asks how far it is': {
      event: did(role('factory', 'new'), 'organizations:DescribeCreateAccountStatus', {
        createAccountRequestId: 'car-1',
      }),
    },
  },
} satisfies Rule;

function accountIn({ request, response, extra }: Activity): string | undefined {
  const name = text(request, 'accountName');
  return (
    text(extra, 'accountId') ??
    text(extra, 'memberAccountId') ??
    text(inner(response, 'createAccountStatus'), 'accountId') ??
    (name === HIDDEN ? undefined : name)
  );
}

/** The service tells of it itself, which lowers the risk again. */
function wayFactors({ extra }: Activity): Factor[] {
  if (text(extra, 'joinedMethod')?.toUpperCase() !== 'INVITED') return [];
  return [{ id: 'invited', points: 45, because: 'it belonged to somebody before, and came by invitation' }];
}

function joined(serviceEventDetails: { [key: string]: string }) {
  return did({ invokedBy: 'organizations.amazonaws.com' }, 'organizations:AccountJoinedOrganization', null, {
    record: { eventType: 'AwsServiceEvent', serviceEventDetails },
  });
}
