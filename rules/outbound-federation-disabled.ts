import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';

// It closes a door, and whatever went through that door stands outside.
export default {
  id: 'outbound-federation-disabled',
  title: 'Outbound identity federation disabled',
  why: 'Users and roles of the account no longer get signed tokens for services outside. It narrows what an intruder could reach, and programs that signed in that way fail from now on, which somebody who wants to harm may want. It is normal when the feature was tried out or is out of use; elsewhere ask who depends on it.',
  severity: 'low',
  maps: {
    mitre: ['T1531', 'T1489'],
    cis: [],
    nist: ['AC-20', 'CM-3', 'IA-9'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'account settings change in the open',
  },
  on: ['iam:DisableOutboundWebIdentityFederation'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} outbound identity federation`,
      factors: emptyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory breaks the connections': {
      event: did(user('mallory'), 'iam:DisableOutboundWebIdentityFederation', null),
      finds: 'mallory disabled outbound identity federation',
    },
    'it is off already': {
      event: did(role('deploy', 'ci-42'), 'iam:DisableOutboundWebIdentityFederation', null, {
        error: 'FeatureDisabled',
      }),
      finds: 'role deploy (session ci-42) tried to disable outbound identity federation',
    },
    'a request with something in it': {
      event: did(user('mallory'), 'iam:DisableOutboundWebIdentityFederation', { force: null }),
      finds: 'mallory disabled outbound identity federation',
    },
    'it is switched on: another rule': {
      event: did(user('alice'), 'iam:EnableOutboundWebIdentityFederation', null, { response: {} }),
    },
  },
} satisfies Rule;

function emptyFactors({ hidden }: Activity): Factor[] {
  const isUsual = hidden.length === 1 && hidden[0] === 'requestParameters';
  return isUsual ? [{ id: 'usual', points: -15, because: 'the call takes no parameters: nothing is hidden' }] : [];
}
