import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, federatedUser, identityCenter, role } from '../events/did.ts';

// Credentials on the command line become a link, and whoever opens the link is in the console.
export default {
  id: 'console-link-issued',
  title: 'Sign-in link to the console issued',
  why: "The credentials of a session were turned into a sign-in token, of which a link is made that opens the console. Portals of organizations and the start page of Identity Center do that all day. Made with a user's key, or by a script, it is how an intruder goes from a stolen credential to the console, where the session no longer shows the key.",
  severity: 'info',
  maps: {
    mitre: ['T1550.001', 'T1078.004', 'T1021.007'],
    cis: ['1.10', '1.21'],
    nist: ['AC-17', 'IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '10.2.1.4'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['signin:GetSigninToken'],

  detect(activity) {
    const { kind, name } = activity.actor;
    if (kind === 'identity-center' || kind === 'service') return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'made', 'make')} a sign-in link to the console`,
      factors: makerFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'a stolen key on the way to the console': {
      event: did(federatedUser('support', 'alice'), 'signin:GetSigninToken', null, {
        response: { GetSigninToken: 'Success' },
        extra: { MobileVersion: 'No', MFAUsed: 'No' },
        agent: 'python-requests/2.32.3',
      }),
      finds: 'federated user support of alice made a sign-in link to the console',
    },
    'a script with a role': {
      event: did(role('build', 'ci-42'), 'signin:GetSigninToken', null, {
        response: { GetSigninToken: 'Success' },
        agent: 'curl/8.9.1',
      }),
      finds: 'role build (session ci-42) made a sign-in link to the console',
    },
    'a portal, of which the agent is not shown': {
      event: did(role('portal', 'ana'), 'signin:GetSigninToken', null, {
        response: { GetSigninToken: 'Success' },
        extra: { MobileVersion: 'No', MFAUsed: 'No' },
        record: { userAgent: null },
      }),
      finds: 'role portal (session ana) made a sign-in link to the console',
    },
    'credentials that have run out': {
      event: did(federatedUser('support', 'alice'), 'signin:GetSigninToken', null, {
        response: { GetSigninToken: 'Failure' },
      }),
      finds: 'federated user support of alice tried to make a sign-in link to the console',
    },
    'the start page of Identity Center': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'signin:GetSigninToken', null, {
        response: { GetSigninToken: 'Success' },
      }),
    },
  },
} satisfies Rule;

const SCRIPT = /^(python|aws-cli|boto3|botocore|curl|wget|httpie|go-http-client|powershell|ruby|node|axios)|boto/i;

function makerFactors({ actor, agent }: Activity): Factor[] {
  if (actor.kind !== 'role' && actor.kind !== 'saml' && actor.kind !== 'web-identity')
    return [{ id: 'maker', points: 30, because: 'behind the session stands a key, which alone opens no console' }];
  return SCRIPT.test(agent) ? [{ id: 'maker', points: 30, because: `a script made it (${agent.slice(0, 60)})` }] : [];
}
