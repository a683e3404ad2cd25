import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// Guests are whoever reads the id of the pool, which stands in every copy of the app.
export default {
  id: 'identity-pool-opened',
  title: 'Identity pool opened to guests',
  why: 'A Cognito identity pool lets guests in: everybody in the world who knows its id gets AWS credentials with the role for guests, and the id stands in every copy of the app. It is normal for apps that show something before the sign-in, with a role that can do next to nothing. The classic flow beside it lets guests keep what AWS would take from the role.',
  severity: 'low',
  maps: {
    mitre: ['T1098.001', 'T1078.004'],
    cis: [],
    nist: ['AC-3', 'AC-14', 'CM-7'],
    pci: ['7.2.1', '8.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'no guests in identity pools, and no classic flow',
  },
  on: ['cognito-identity:CreateIdentityPool', 'cognito-identity:UpdateIdentityPool'],

  detect(activity) {
    if (flag(activity.request, 'allowUnauthenticatedIdentities') !== true) return undefined;
    const { request, response } = activity;
    const pool =
      text(request, 'identityPoolId') ?? text(response, 'identityPoolId') ?? text(request, 'identityPoolName');
    return {
      target: resourceTarget('identity pool', pool),
      because: `${activity.actor.name} ${verb(activity, 'opened', 'open')} ${called('identity pool', pool)} to guests`,
      factors: openFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory opens the pool of an app': {
      event: did(user('mallory'), 'cognito-identity:UpdateIdentityPool', {
        identityPoolId: 'us-east-1:pool',
        identityPoolName: 'app',
        allowUnauthenticatedIdentities: true,
        allowClassicFlow: true,
      }),
      finds: 'mallory opened identity pool us-east-1:pool to guests',
    },
    'a build may not, and names none': {
      event: did(
        role('build', 'ci-42'),
        'cognito-identity:CreateIdentityPool',
        { allowUnauthenticatedIdentities: 'true' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to open an identity pool that the record does not name to guests',
    },
    'a pool for users only': {
      event: did(role('deploy', 'ci-42'), 'cognito-identity:CreateIdentityPool', {
        identityPoolName: 'app',
        allowUnauthenticatedIdentities: false,
      }),
    },
    'a record without the switch': {
      event: did(user('alice'), 'cognito-identity:UpdateIdentityPool', { identityPoolName: 'app' }),
    },
  },
} satisfies Rule;

function openFactors({ name, request }: Activity): Factor[] {
  const isClassic = flag(request, 'allowClassicFlow') === true;
  const isChange = name === 'cognito-identity:UpdateIdentityPool';
  return [
    ...(isClassic ? [{ id: 'classic', points: 10, because: 'the classic flow hands out the whole role' }] : []),
    ...(isChange ? [{ id: 'change', points: 5, because: 'the pool is in use already' }] : []),
  ];
}
