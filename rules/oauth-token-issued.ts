import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { consoleUser, did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The way back from the console to the command line: a browser session becomes credentials that a tool keeps and renews.
export default {
  id: 'oauth-token-issued',
  title: 'Console session handed to a tool',
  why: 'Somebody who was signed in to the console let a command line or an application have credentials of that session. It is how developers work without keys. With a code that was entered on another machine, the one who reads the code out need not be the one who gets the credentials: that is how people are talked into signing somebody else in.',
  severity: 'info',
  maps: {
    mitre: ['T1528', 'T1550.001', 'T1566.002'],
    cis: [],
    nist: ['AC-2', 'AC-17', 'IA-5'],
    pci: ['8.4.2', '8.6.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'people sign in on the machine on which they work',
  },
  on: ['signin:CreateOAuth2Token'],

  detect(activity) {
    if (said(activity, 'grantType', 'grant_type') === 'refresh_token') return undefined;
    const client = said(activity, 'clientId', 'client_id');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'let', 'let')} ${client ?? 'a tool that the record does not name'} have their console session`,
      factors: clientFactors(client),
    };
  },

  automatic: false,

  examples: {
    'a code is entered on another machine': {
      event: did(consoleUser('alice', true), 'signin:CreateOAuth2Token', {
        tokenInput: { clientId: 'arn:aws:signin:::devtools/cross-device', grantType: 'authorization_code' },
      }),
      finds: 'alice let arn:aws:signin:::devtools/cross-device have their console session',
    },
    'alice signs in on her own machine': {
      event: did(consoleUser('alice', true), 'signin:CreateOAuth2Token', {
        clientId: 'arn:aws:signin:::devtools/same-device',
        grantType: 'authorization_code',
      }),
      finds: 'alice let arn:aws:signin:::devtools/same-device have their console session',
    },
    'a code that was used before': {
      event: did(user('mallory'), 'signin:CreateOAuth2Token', null, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to let a tool that the record does not name have their console session',
    },
    'the tool renews what it has': {
      event: did(role('engineer', 'ana'), 'signin:CreateOAuth2Token', {
        clientId: 'arn:aws:signin:::devtools/same-device',
        grantType: 'refresh_token',
      }),
    },
  },
} satisfies Rule;

/** The API takes the fields in two spellings, as JSON and as a form. */
function said({ request }: Activity, ...keys: string[]): string | undefined {
  const places = [request, inner(request, 'tokenInput')];
  return places.flatMap((each) => keys.map((key) => text(each, key))).find((each) => each !== undefined);
}

function clientFactors(client = ''): Factor[] {
  if (client.endsWith('/cross-device'))
    return [{ id: 'client', points: 20, because: 'the code went to another machine than the sign-in' }];
  if (!client.includes(':external-client/')) return [];
  return [{ id: 'client', points: 20, because: 'the application registered itself, and is not one of AWS' }];
}
