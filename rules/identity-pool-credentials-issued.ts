import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// How users of an app get AWS credentials, and how strangers do where guests are let in.
export default {
  id: 'identity-pool-credentials-issued',
  title: 'Credentials issued by an identity pool',
  why: 'A Cognito identity pool gave somebody an identity, or temporary AWS credentials for it. That is what it is there for, and happens as often as people use the app. It is kept for the story: where guests are let in, anybody who reads the id of the pool out of the app gets credentials, and one who asks for a certain role tries how far they go.',
  severity: 'info',
  maps: {
    mitre: ['T1078.004', 'T1552'],
    cis: [],
    nist: ['AC-14', 'AU-2', 'IA-8'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(b)', '164.312(d)'],
    practice: 'no guests in identity pools',
  },
  on: ['cognito-identity:GetCredentialsForIdentity', 'cognito-identity:GetId'],

  detect(activity) {
    const pool = text(activity.request, 'identityPoolId');
    const identity = text(activity.request, 'identityId');
    const isPool = activity.name === 'cognito-identity:GetId';
    return {
      target: isPool ? resourceTarget('identity pool', pool) : resourceTarget('identity', identity),
      because: `${activity.actor.name} ${verb(activity, 'got', 'get')} ${isPool ? `an identity of ${called('identity pool', pool)}` : `credentials for ${called('identity', identity)}`}`,
      factors: [...roleFactors(activity), ...guestFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'a guest asks for the role of the users': {
      event: did(stranger(), 'cognito-identity:GetCredentialsForIdentity', {
        identityId: 'us-east-1:1',
        customRoleArn: 'arn:aws:iam::111122223333:role/app-users',
      }),
      finds: 'an unknown identity got credentials for identity us-east-1:1',
    },
    'a user of the app': {
      event: did(stranger(), 'cognito-identity:GetId', {
        identityPoolId: 'us-east-1:pool',
        logins: { 'cognito-idp.us-east-1.amazonaws.com/us-east-1_1': 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      }),
      finds: 'an unknown identity got an identity of identity pool us-east-1:pool',
    },
    'guests are not let in': {
      event: did(stranger(), 'cognito-identity:GetId', {}, { error: 'NotAuthorizedException' }),
      finds: 'an unknown identity tried to get an identity of an identity pool that the record does not name',
    },
    'a look at a pool': {
      event: did(role('deploy', 'ci-42'), 'cognito-identity:DescribeIdentityPool', {
        identityPoolId: 'us-east-1:pool',
      }),
    },
  },
} satisfies Rule;

function roleFactors({ request }: Activity): Factor[] {
  const wanted = text(request, 'customRoleArn');
  return wanted ? [{ id: 'role', points: 10, because: `it asked for ${wanted}` }] : [];
}

function guestFactors({ request }: Activity): Factor[] {
  if (Object.keys(inner(request, 'logins')).length > 0) return [];
  return [{ id: 'guest', points: 5, because: 'it was a guest, without any sign-in' }];
}

/** Whoever uses the app signs these calls with nothing. */
function stranger() {
  return { type: 'Unknown' };
}
