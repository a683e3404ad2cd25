// How a risk adds up, as data: one ordinary call, and one thing different at a time.
import { describe, expect, test } from 'vitest';
import { type Acquaintance, assess } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { ACCOUNT, consoleUser, identityCenter, OUTSIDE, role, root, service, user } from '../events/did.ts';
import { AUTO, account, activity, alice, RULE } from './call.ts';

const NEW = { days: 0, before: false };
const OLD = { days: 12, before: true };
const signIn = (mfa: string, response: Fields) =>
  activity(
    { ...user('alice'), accessKeyId: undefined },
    { extra: { MFAUsed: mfa }, response, record: { eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' } },
  );

type Change = {
  activity?: Activity;
  settings?: Partial<Settings>;
  rule?: Partial<Rule>;
  known?: Acquaintance;
  weighed?: number;
};

/** The factors but for the base, `id points`, and the score. */
function risk({ activity: act = alice, settings, rule, known = NEW, weighed = 0 }: Change) {
  const own = weighed === 0 ? [] : [{ id: 'weighed', points: weighed, because: 'the rule saw it' }];
  return assess(act, { ...RULE, ...rule }, own, { ...AUTO, ...settings }, known);
}

const RISKS: [title: string, change: Change, score: number, factors: string[]][] = [
  ['a long-term key', {}, 55, ['mfa 5']],
  ['a session without MFA', { activity: activity(consoleUser('alice', false)) }, 55, ['mfa 5']],
  ['a session with MFA', { activity: activity(consoleUser('alice', true)) }, 45, ['mfa -5']],
  ['a role session', { activity: activity(role('ci')) }, 55, ['mfa 5']],
  [
    'an Identity Center session: CloudTrail cannot tell',
    { activity: activity(identityCenter('ana', 'Admin')) },
    50,
    [],
  ],
  ['root', { activity: activity(root) }, 65, ['actor 15']],
  [
    'a service, for somebody',
    { activity: activity({ ...user('alice'), invokedBy: 'cloudformation.amazonaws.com' }) },
    40,
    ['via -15', 'mfa 5'],
  ],
  [
    'a role that only a service can use',
    { activity: activity(role('aws-service-role/ecs.amazonaws.com/ECS')) },
    40,
    ['actor -15', 'mfa 5'],
  ],
  ['from a network that is new', { known: { ...OLD, newNetwork: '198.51.0.0/16' } }, 65, ['mfa 5', 'network 10']],
  ['with a key that is new', { known: { ...OLD, newKey: 'AKIAEXAMPLE000000001' } }, 60, ['mfa 5', 'key 5']],
  ['a service', { activity: activity(service('sso.amazonaws.com')) }, 35, ['actor -15']],
  ['nobody', { activity: activity({ type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }) }, 70, ['actor 20']],
  ['nobody knows who', { activity: activity({}) }, 65, ['actor 15']],
  ['a type that is none', { activity: activity({ type: 'Robot' }) }, 65, ['actor 15']],
  ['an unknown account', { activity: activity(user('eve', OUTSIDE)) }, 75, ['actor 20', 'mfa 5']],
  [
    'an account that the settings know',
    { activity: activity(user('eve', OUTSIDE)), settings: account({}, OUTSIDE) },
    55,
    ['mfa 5'],
  ],
  [
    'an account called constructor',
    { activity: activity({ ...user('eve'), accountId: 'constructor' }) },
    75,
    ['actor 20', 'mfa 5'],
  ],
  [
    'automation',
    { activity: activity(role('deploy')), settings: { automation: [`arn:aws:iam::${ACCOUNT}:role/deploy`] } },
    25,
    ['actor -25'],
  ],
  [
    'automation, by a pattern',
    { activity: activity(role('deploy')), settings: { automation: ['arn:aws:iam::*:role/dep*'] } },
    25,
    ['actor -25'],
  ],
  [
    'a session that is called like automation',
    { activity: activity(role('ci', 'deploy')), settings: { automation: ['arn:aws:iam::*:role/deploy'] } },
    55,
    ['mfa 5'],
  ],
  [
    'automation of an unknown account',
    { activity: activity(role('deploy', 's', OUTSIDE)), settings: { automation: ['*'] } },
    70,
    ['actor 20'],
  ],
  ['root is no automation', { activity: activity(root), settings: { automation: ['*'] } }, 65, ['actor 15']],
  ['a known network', { settings: { networks: ['203.0.113.0/24'] } }, 45, ['mfa 5', 'source -10']],
  ['no known network', { settings: { networks: ['198.51.100.0/24', '2001:db8::/32'] } }, 65, ['mfa 5', 'source 10']],
  [
    'an address that is a service',
    {
      activity: activity(user('alice'), { source: 'cloudformation.amazonaws.com' }),
      settings: { networks: ['0.0.0.0/0'] },
    },
    55,
    ['mfa 5'],
  ],
  ['a failed call', { activity: activity(user('alice'), { error: 'AccessDenied' }) }, 25, ['mfa 5', 'failed -30']],
  ['a critical account', { settings: account({ tier: 'critical' }) }, 65, ['mfa 5', 'tier 10']],
  ['a standard account', { settings: account({ tier: 'standard' }) }, 55, ['mfa 5']],
  ['a sandbox account', { settings: account({ tier: 'sandbox' }) }, 40, ['mfa 5', 'tier -15']],
  ['for the first time in a week', { known: { days: 7.5, before: false } }, 65, ['mfa 5', 'first 10']],
  ['done before', { known: { days: 7.5, before: true } }, 55, ['mfa 5']],
  ['known for an hour', { known: { days: 0.04, before: false } }, 55, ['mfa 5']],
  ['a request that is missing', { activity: activity(user('alice'), {}, null) }, 70, ['mfa 5', 'hidden 15']],
  [
    'a field that is hidden',
    { activity: activity(user('alice'), {}, { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }) },
    70,
    ['mfa 5', 'hidden 15'],
  ],
  [
    'a request that is a text',
    { activity: activity(user('alice'), { record: { requestParameters: '{"userName":' } }) },
    70,
    ['mfa 5', 'hidden 15'],
  ],
  [
    'many fields hidden weigh as one',
    {
      activity: activity(user('alice'), {
        record: { requestParameters: 'cut', responseElements: 'cut', eventTime: 7 },
      }),
    },
    70,
    ['mfa 5', 'hidden 15'],
  ],
  ['a sign-in without MFA', { activity: signIn('No', { ConsoleLogin: 'Success' }) }, 70, ['mfa 20']],
  ['a sign-in with MFA', { activity: signIn('Yes', { ConsoleLogin: 'Success' }) }, 45, ['mfa -5']],
  [
    'a sign-in that failed before MFA was asked for',
    { activity: signIn('No', { ConsoleLogin: 'Failure' }) },
    20,
    ['failed -30'],
  ],
  ['what the rule saw', { weighed: 30 }, 85, ['weighed 30', 'mfa 5']],
  ['never above 100', { weighed: 500 }, 100, ['weighed 500', 'mfa 5']],
  ['never below 0', { weighed: -500 }, 0, ['weighed -500', 'mfa 5']],
  ['the base of the rule', { rule: { severity: 'critical' } }, 95, ['mfa 5']],
  ['the base in the settings', { settings: { rules: { example: { severity: 'info' } } } }, 15, ['mfa 5']],
];

describe('the risk', () => {
  test.each(RISKS)('%s', (_, change, score, factors) => {
    const found = risk(change);
    expect(found.factors.slice(1).map((each) => `${each.id} ${each.points}`)).toEqual(factors);
    expect(found.score).toBe(score);
    for (const each of found.factors) expect(each.because).toMatch(/^\S.*[^.\s]$/);
    if (score > 0 && score < 100) expect(found.factors.reduce((sum, each) => sum + each.points, 0)).toBe(score);
  });

  test.each([
    [19, 'info'],
    [20, 'low'],
    [39, 'low'],
    [40, 'medium'],
    [59, 'medium'],
    [60, 'high'],
    [79, 'high'],
    [80, 'critical'],
    [100, 'critical'],
  ])('%i is %s', (score, severity) => expect(risk({ weighed: score - 55 })).toMatchObject({ score, severity }));

  test('a user agent never changes it', () => {
    const agents = ['aws-cli/2', 'Terraform/1.9', 'cloudformation.amazonaws.com', 'kali', '', 'iam-guardrail'];
    const scores = agents.map((agent) => risk({ activity: activity(user('alice'), { agent }) }));
    for (const each of scores) expect(each).toEqual(risk({}));
  });

  test('neither do the names that the caller chooses', () => {
    const settings = { automation: ['arn:aws:iam::*:role/terraform'] };
    expect(risk({ activity: activity(role('ci', 'terraform')), settings }).score).toBe(55);
    const odd = { ...role('ci'), invokedBy: 'cloudformation' };
    expect(risk({ activity: activity(odd), settings }).score).toBe(55);
  });
});
