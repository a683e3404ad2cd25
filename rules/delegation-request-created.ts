import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The first half of a consent trick: the link looks like AWS's own, and the victim only has to say yes.
export default {
  id: 'delegation-request-created',
  title: 'Delegation request created',
  why: 'Somebody asked an account for temporary access to it, with a link that an administrator there only has to approve. Only companies that AWS has admitted as partners can make such requests; for them it is daily work, and elsewhere nobody should. An intruder in a partner account can ask its customers in its name.',
  severity: 'medium',
  maps: {
    mitre: ['T1199', 'T1566.002', 'T1548.005'],
    cis: [],
    nist: ['AC-2(2)', 'AC-3', 'AC-20'],
    pci: ['7.2.1', '8.2.7'],
    hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
    practice: 'access for suppliers is announced before it is asked for',
  },
  on: ['iam:CreateDelegationRequest'],

  detect(activity, known) {
    const owner = text(activity.request, 'ownerAccountId');
    return {
      target: resourceTarget('delegation request', text(activity.response, 'delegationRequestId')),
      because: `${activity.actor.name} ${verb(activity, 'asked', 'ask')} ${owner ? `account ${owner}` : 'whatever account opens the link'} for delegated access`,
      factors: ownerFactors(owner, activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory asks a customer in the name of her company': {
      event: did(
        user('mallory'),
        'iam:CreateDelegationRequest',
        { ownerAccountId: '999988887777', description: 'Set up monitoring', sessionDuration: 43200 },
        { response: { delegationRequestId: 'dr-0123456789abcdef0' } },
      ),
      finds: 'mallory asked account 999988887777 for delegated access',
    },
    'a request that anybody may accept': {
      event: did(role('onboarding', 'job-7'), 'iam:CreateDelegationRequest', { description: 'Set up monitoring' }),
      finds: 'role onboarding (session job-7) asked whatever account opens the link for delegated access',
    },
    'who is no partner is refused': {
      event: did(
        user('mallory'),
        'iam:CreateDelegationRequest',
        { ownerAccountId: '999988887777' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to ask account 999988887777 for delegated access',
    },
    'a request is rejected': {
      event: did(user('alice'), 'iam:RejectDelegationRequest', { delegationRequestId: 'dr-0123456789abcdef0' }),
    },
  },
} satisfies Rule;

function ownerFactors(owner: string | undefined, { account }: Activity, known: Known): Factor[] {
  const isOurs = owner === account || (owner !== undefined && known.accounts.has(owner));
  return isOurs ? [{ id: 'owner', points: -15, because: 'the account that is asked is one of the own' }] : [];
}
