import type { Rule } from '../core/rule.ts';
import { called, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Session tokens that work in every region open the regions in which nobody looks.
export default {
  id: 'token-preferences-changed',
  title: 'Session token version changed',
  why: 'It was set in which regions the session tokens from the global endpoint of STS are valid: version 1 in those that are on by default, version 2 in all that the account has switched on. With version 2 an intruder can use stolen sessions where nobody works and few look. It is normal once, when a deployment starts to use a new region.',
  severity: 'low',
  maps: {
    mitre: ['T1535', 'T1550.001'],
    cis: [],
    nist: ['AC-3', 'CM-3', 'CM-7'],
    pci: ['2.2.6', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'regions out of use stay off',
  },
  on: ['iam:SetSecurityTokenServicePreferences'],

  detect(activity) {
    const version = text(activity.request, 'globalEndpointTokenVersion');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} the tokens of the global endpoint to ${called('version', version)}`,
      factors: version === 'v1Token' ? [] : [WIDER],
    };
  },

  automatic: false,

  examples: {
    'mallory makes sessions valid everywhere': {
      event: did(user('mallory'), 'iam:SetSecurityTokenServicePreferences', { globalEndpointTokenVersion: 'v2Token' }),
      finds: 'mallory set the tokens of the global endpoint to version v2Token',
    },
    'a deployment takes it back': {
      event: did(role('deploy', 'ci-42'), 'iam:SetSecurityTokenServicePreferences', {
        globalEndpointTokenVersion: 'v1Token',
      }),
      finds: 'role deploy (session ci-42) set the tokens of the global endpoint to version v1Token',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:SetSecurityTokenServicePreferences', null, { error: 'AccessDenied' }),
      finds: 'bob tried to set the tokens of the global endpoint to a version that the record does not name',
    },
    'alice looks at the summary of the account': {
      event: did(user('alice'), 'iam:GetAccountSummary', null),
    },
  },
} satisfies Rule;

const WIDER = { id: 'regions', points: 15, because: 'sessions are valid in regions that are off by default, too' };
