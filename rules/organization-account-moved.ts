import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Policies hang on organizational units: an account that is moved out of one is out of its policies.
export default {
  id: 'organization-account-moved',
  title: 'Account moved in the organization',
  why: 'An account was moved to another organizational unit, or to the root of the organization. Other service control policies limit it from that moment on, and perhaps none. Whoever is held back by a policy and can move the account has no need to change the policy. It is normal for new accounts, which start at the root, and when units are rearranged.',
  severity: 'medium',
  maps: {
    mitre: ['T1666'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'CM-3'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'accounts are moved by the account factory only',
  },
  on: ['organizations:MoveAccount'],

  detect(activity) {
    const account = text(activity.request, 'accountId');
    const [from, to] = [text(activity.request, 'sourceParentId'), text(activity.request, 'destinationParentId')];
    return {
      target: resourceTarget('account', account),
      because: `${activity.actor.name} ${verb(activity, 'moved', 'move')} ${called('account', account)} from ${from ?? 'an unknown place'} to ${to ?? 'an unknown place'}`,
      factors: placeFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory moves an account out of all units': {
      event: did(user('mallory'), 'organizations:MoveAccount', move('ou-ab12-prod', 'r-ab12')),
      finds: 'mallory moved account 444455556666 from ou-ab12-prod to r-ab12',
    },
    'ana moves it to another unit': {
      event: did(identityCenter('ana', 'Platform'), 'organizations:MoveAccount', move('ou-ab12-prod', 'ou-ab12-sand')),
      finds: 'ana moved account 444455556666 from ou-ab12-prod to ou-ab12-sand',
    },
    'the account factory puts a new account in its place': {
      event: did(role('factory', 'new'), 'organizations:MoveAccount', move('r-ab12', 'ou-ab12-prod')),
      finds: 'role factory (session new) moved account 444455556666 from r-ab12 to ou-ab12-prod',
    },
    'a build may not, and does not say where to': {
      event: did(role('build', 'ci-42'), 'organizations:MoveAccount', {}, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to move an account that the record does not name from an unknown place to an unknown place',
    },
    'somebody looks where it is': {
      event: did(user('alice'), 'organizations:ListParents', { childId: '444455556666' }),
    },
  },
} satisfies Rule;

/** Roots are `r-ab12`, units `ou-ab12-…`. */
function placeFactors({ request }: Activity): Factor[] {
  if (text(request, 'destinationParentId')?.startsWith('r-'))
    return [{ id: 'root', points: 15, because: 'at the root no policy of a unit limits it' }];
  if (text(request, 'sourceParentId')?.startsWith('r-'))
    return [{ id: 'placed', points: -25, because: 'in a unit it is limited by more policies than at the root' }];
  return [];
}

function move(sourceParentId: string, destinationParentId: string) {
  return { accountId: '444455556666', sourceParentId, destinationParentId };
}
