import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// By accepting, the account gets a new master: the management account may do anything in it.
export default {
  id: 'organization-handshake-answered',
  title: 'Invitation of an organization answered',
  why: 'An account accepted, declined or took back an invitation or another agreement between accounts. Accepting one puts the account under a management account that can take over its root and pay or not pay its bill; an intruder moves a stolen account into his own organization that way. It is normal when accounts are brought together, and announced.',
  severity: 'medium',
  maps: {
    mitre: ['T1666', 'T1199'],
    cis: ['4.15'],
    nist: ['AC-2', 'AC-20', 'CM-3'],
    pci: ['7.2.1', '12.5.1'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'accounts change hands only after a decision on record',
  },
  on: ['organizations:AcceptHandshake', 'organizations:DeclineHandshake', 'organizations:CancelHandshake'],

  detect(activity) {
    const handshake = text(activity.request, 'handshakeId');
    return {
      target: resourceTarget('handshake', handshake),
      because: `${activity.actor.name} ${doing(activity)} ${called('handshake', handshake)}`,
      factors: kindFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory brings the account into an organization of her own': {
      event: did(
        user('mallory'),
        'organizations:AcceptHandshake',
        { handshakeId: 'h-1' },
        { response: { handshake: { id: 'h-1', action: 'INVITE', state: 'ACCEPTED' } } },
      ),
      finds: 'mallory accepted handshake h-1',
    },
    'the account agrees to use all features': {
      event: did(
        role('platform', 'ana'),
        'organizations:AcceptHandshake',
        { handshakeId: 'h-2' },
        { response: { handshake: { id: 'h-2', action: 'APPROVE_ALL_FEATURES' } } },
      ),
      finds: 'role platform (session ana) accepted handshake h-2',
    },
    'an invitation is declined': {
      event: did(user('alice'), 'organizations:DeclineHandshake', { handshakeId: 'h-3' }),
      finds: 'alice declined handshake h-3',
    },
    'a build may not, and does not say which': {
      event: did(role('build', 'ci-42'), 'organizations:AcceptHandshake', null, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to accept a handshake that the record does not name',
    },
    'alice looks at it': {
      event: did(user('alice'), 'organizations:DescribeHandshake', { handshakeId: 'h-3' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'organizations:AcceptHandshake') return verb(activity, 'accepted', 'accept');
  return activity.name === 'organizations:DeclineHandshake'
    ? verb(activity, 'declined', 'decline')
    : verb(activity, 'cancelled', 'cancel');
}

function kindFactors({ name, response }: Activity): Factor[] {
  if (name !== 'organizations:AcceptHandshake') return [{ id: 'refused', points: -40, because: 'nothing comes of it' }];
  const isFeatures = /ALL_FEATURES/i.test(text(inner(response, 'handshake'), 'action') ?? '');
  return isFeatures ? [{ id: 'features', points: -25, because: 'the account is in the organization already' }] : [];
}
