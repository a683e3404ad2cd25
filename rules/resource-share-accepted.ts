import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// What a stranger shares, the stranger controls: names that are resolved, networks that are joined.
export default {
  id: 'resource-share-accepted',
  title: 'Resources of another account accepted',
  why: 'The account accepted resources that another account shares with it. Invitations come only from outside of the organization; within it, sharing needs none. Resolver rules, gateways and networks of a stranger lead the traffic of this account past him. It is normal with a supplier whose account you know.',
  severity: 'low',
  maps: {
    mitre: ['T1199', 'T1557'],
    cis: [],
    nist: ['AC-4', 'AC-20', 'CM-3'],
    pci: ['1.4.1', '12.8.1'],
    hipaa: ['164.308(b)(1)'],
    practice: 'a policy that denies accepting shares from outside of the organization',
  },
  on: ['ram:AcceptResourceShareInvitation'],

  detect(activity, known) {
    const invitation = text(activity.request, 'resourceShareInvitationArn');
    const sender = senderIn(activity, invitation);
    return {
      target: resourceTarget('resource share invitation', invitation),
      because: `${activity.actor.name} ${verb(activity, 'accepted', 'accept')} what ${sender ? `account ${sender}` : 'an unknown account'} shares`,
      factors: senderFactors(sender, known),
    };
  },

  automatic: false,

  examples: {
    'mallory takes what a stranger shares': {
      event: did(
        user('mallory'),
        'ram:AcceptResourceShareInvitation',
        { resourceShareInvitationArn: 'arn:aws:ram:us-east-1:999988887777:resource-share-invitation/1' },
        { response: { resourceShareInvitation: { senderAccountId: '999988887777', status: 'ACCEPTED' } } },
      ),
      finds: 'mallory accepted what account 999988887777 shares',
    },
    'a build may not, and does not say what': {
      event: did(role('build', 'ci-42'), 'ram:AcceptResourceShareInvitation', {}, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to accept what an unknown account shares',
    },
    'an invitation is turned down': {
      event: did(user('alice'), 'ram:RejectResourceShareInvitation', {
        resourceShareInvitationArn: 'arn:aws:ram:us-east-1:999988887777:resource-share-invitation/1',
      }),
    },
  },
} satisfies Rule;

/** The answer says who; the invitation is a resource of the one who sent it. */
function senderIn({ response }: Activity, invitation: string | undefined): string | undefined {
  const said = text(inner(response, 'resourceShareInvitation'), 'senderAccountId');
  return said ?? /^arn:[^:]*:ram:[^:]*:(\d{12}):/.exec(invitation ?? '')?.[1];
}

function senderFactors(sender: string | undefined, known: Known): Factor[] {
  if (sender && known.accounts.has(sender))
    return [{ id: 'known', points: -15, because: 'the settings know the account' }];
  return sender ? [{ id: 'stranger', points: 10, because: 'the settings do not know the account' }] : [];
}
