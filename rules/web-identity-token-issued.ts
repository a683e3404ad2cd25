import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// A proof of identity for somebody outside: what is done with it stands in that service's logs, not in these.
export default {
  id: 'web-identity-token-issued',
  title: 'Web identity token issued for a service outside',
  why: 'A user or role of the account got a signed token with which it proves to a service outside who it is. Programs do that all day where the account allows it, with a role of their own. A token for a person or an IAM user is unusual, and so is an audience that nobody knows: an intruder carries the identity of the account elsewhere.',
  severity: 'info',
  maps: {
    mitre: ['T1550.001', 'T1528'],
    cis: [],
    nist: ['AC-4', 'AC-20', 'IA-9'],
    pci: ['7.2.5', '8.6.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'policies that name the audiences that may be asked for',
  },
  on: ['sts:GetWebIdentityToken'],

  detect(activity) {
    const audience = audienceIn(activity);
    return {
      target: resourceTarget('audience', audience),
      because: `${activity.actor.name} ${verb(activity, 'got', 'get')} an identity token for ${called('audience', audience)}`,
      factors: personFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'a stolen key carries an identity away': {
      event: did(user('alice'), 'sts:GetWebIdentityToken', {
        audience: ['https://collect.example.net'],
        signingAlgorithm: 'ES384',
      }),
      finds: 'alice got an identity token for audience https://collect.example.net',
    },
    'a program signs in to a supplier': {
      event: did(role('shop', 'i-0123'), 'sts:GetWebIdentityToken', {
        audience: ['https://api.example.com'],
        signingAlgorithm: 'RS256',
        durationSeconds: 300,
      }),
      finds: 'role shop (session i-0123) got an identity token for audience https://api.example.com',
    },
    'the account does not allow it': {
      event: did(
        role('shop', 'i-0123'),
        'sts:GetWebIdentityToken',
        { audience: null },
        { error: 'OutboundWebIdentityFederationDisabledException' },
      ),
      finds: 'role shop (session i-0123) tried to get an identity token for an audience that the record does not name',
    },
    'a token of Cognito: another service': {
      event: did(user('alice'), 'cognito-identity:GetOpenIdToken', { identityId: 'eu-west-1:0123' }),
    },
  },
} satisfies Rule;

function audienceIn({ request }: Activity): string | undefined {
  const list = at(request, 'audience');
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof first === 'string' && first !== '' ? first : text(request, 'audience');
}

function personFactors({ actor }: Activity): Factor[] {
  if (actor.kind === 'user' || actor.kind === 'root')
    return [
      { id: 'person', points: 25, because: 'it proves the identity of a user, and not of a program with a role' },
    ];
  return [];
}
