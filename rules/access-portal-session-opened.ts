import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { HIDDEN, text } from '../events/fields.ts';

// The everyday way in, kept for the story: which token, by which way, stood at its beginning.
export default {
  id: 'access-portal-session-opened',
  title: 'Session of the access portal opened',
  why: 'Somebody signed in to the access portal of IAM Identity Center, or a program got a token with which it acts as that person in all their accounts. It happens every day. It is kept so that what follows can be read together with it: a device code that a person approves on a page which an intruder sent is how tokens are stolen.',
  severity: 'info',
  maps: {
    mitre: ['T1078.004', 'T1528', 'T1550.001'],
    cis: [],
    nist: ['AC-2(12)', 'AU-2', 'IA-2'],
    pci: ['10.2.1.4', '10.2.1.5'],
    hipaa: ['164.308(a)(5)(ii)(C)', '164.312(b)'],
    practice: 'sign-ins by browser (PKCE) instead of device codes',
  },
  on: ['sso:Authenticate', 'sso:CreateToken', 'sso-oauth:CreateTokenWithIAM'],

  detect(activity) {
    const isPortal = activity.name === 'sso:Authenticate';
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${isPortal ? verb(activity, 'signed in to the access portal', 'sign in to the access portal') : verb(activity, 'got a token of Identity Center', 'get a token of Identity Center')}`,
      factors: isPortal ? [] : [...deviceFactors(activity), ...usualFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'a token for a device': {
      event: did(
        person(),
        'sso:CreateToken',
        {
          clientId: 'client-1',
          clientSecret: HIDDEN,
          grantType: 'urn:ietf:params:oauth:grant-type:device_code',
          deviceCode: HIDDEN,
        },
        { response: { accessToken: HIDDEN, tokenType: 'Bearer', expiresIn: 28800 } },
      ),
      finds: '906bob got a token of Identity Center',
    },
    'bob signs in': {
      event: did(person(), 'sso:Authenticate', null, { record: { eventType: 'AwsServiceEvent' } }),
      finds: '906bob signed in to the access portal',
    },
    'an application may not, and says nothing that can be read': {
      event: did(role('web', 'i-1'), 'sso-oauth:CreateTokenWithIAM', { grantType: [] }, { error: 'AccessDenied' }),
      finds: 'role web (session i-1) tried to get a token of Identity Center',
    },
    'a session ends': {
      event: did(person(), 'sso:Logout', null),
    },
    'a token of another service': {
      event: did(user('alice'), 'license-manager:CreateToken', {
        licenseArn: 'arn:aws:license-manager::1:license:l-1',
      }),
    },
  },
} satisfies Rule;

function deviceFactors({ request }: Activity): Factor[] {
  if (!text(request, 'grantType')?.endsWith(':device_code')) return [];
  return [{ id: 'device', points: 15, because: 'a device code can be approved on a page that somebody else sent' }];
}

/** Secrets and tokens are hidden in every such record. INVARIANT: what is hidden as a whole stays suspicious. */
function usualFactors({ hidden }: Activity): Factor[] {
  if (hidden.length === 0 || hidden.some((each) => /^(requestParameters|responseElements|userIdentity)$/.test(each)))
    return [];
  return [{ id: 'usual', points: -15, because: 'CloudTrail always hides the secrets of this call' }];
}

function person() {
  return {
    type: 'IdentityCenterUser',
    accountId: '111122223333',
    onBehalfOf: { userId: '906bob', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
  };
}
