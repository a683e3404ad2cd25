import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { HIDDEN, inner, text } from '../events/fields.ts';

// An invitation is all it takes to make an account of strangers one of us.
export default {
  id: 'organization-account-invited',
  title: 'Account invited into the organization',
  why: 'An account from outside was invited into the organization, or another organization was asked to take over the bill. Once it accepts, the account is inside of all that is shared with the organization by its id: buckets, images, keys and roles. An intruder invites one of his own. It is normal after a merger, and announced.',
  severity: 'medium',
  maps: {
    mitre: ['T1666', 'T1199'],
    cis: ['4.15'],
    nist: ['AC-2', 'AC-20', 'CM-3'],
    pci: ['7.2.1', '12.5.1'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'invitations are announced, with the owner of the account',
  },
  on: ['organizations:InviteAccountToOrganization', 'organizations:InviteOrganizationToTransferResponsibility'],

  detect(activity, known) {
    const id = text(inner(activity.request, 'target'), 'id');
    const isBill = activity.name === 'organizations:InviteOrganizationToTransferResponsibility';
    const who = id && id !== HIDDEN ? id : 'somebody that the record does not name';
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'invited', 'invite')} ${who} ${isBill ? 'to take over the bill of the organization' : 'into the organization'}`,
      factors: knownFactors(activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory invites her own account': {
      event: did(user('mallory'), 'organizations:InviteAccountToOrganization', invitation('999988887777')),
      finds: 'mallory invited 999988887777 into the organization',
    },
    'by its e-mail address, which is hidden': {
      event: did(role('platform', 'ana'), 'organizations:InviteAccountToOrganization', {
        target: { type: 'EMAIL', id: HIDDEN },
      }),
      finds: 'role platform (session ana) invited somebody that the record does not name into the organization',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'organizations:InviteAccountToOrganization', invitation('999988887777'), {
        error: 'AccessDeniedException',
      }),
      finds: 'role build (session ci-42) tried to invite 999988887777 into the organization',
    },
    'a person is invited to something else': {
      event: did(user('alice'), 'guardduty:InviteMembers', { accountIds: ['444455556666'] }),
    },
  },
} satisfies Rule;

function knownFactors({ request }: Activity, known: Known): Factor[] {
  if (!known.accounts.has(text(inner(request, 'target'), 'id') ?? '')) return [];
  return [{ id: 'known', points: -20, because: 'the settings know the account' }];
}

function invitation(id: string) {
  return { target: { type: 'ACCOUNT', id }, notes: 'welcome' };
}
