// What is decided on a risk, as data: thresholds, modes and everything that holds the guardrail back.
import { describe, expect, test } from 'vitest';
import { decide } from '../core/decide.ts';
import type { DecisionName } from '../core/finding.ts';
import type { Match, Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import type { Target } from '../core/target.ts';
import type { Activity } from '../events/activity.ts';
import { ACCOUNT, OUTSIDE, role, root, user } from '../events/did.ts';
import { AUTO, account, activity, alice, RULE } from './call.ts';

type Situation = {
  activity?: Activity;
  settings?: Partial<Settings>;
  rule?: Partial<Rule>;
  target?: Target;
  score?: number;
};

const attached = (name: string, type: 'user' | 'role' | 'group' = 'user'): Target => ({
  kind: 'attached-policy',
  principal: { type, name },
  policy: 'arn:aws:iam::aws:policy/AdministratorAccess',
});
const exempt = (until: string, more = {}) => ({
  exemptions: [
    { principal: `arn:aws:iam::${ACCOUNT}:user/alice`, rules: ['example'], until, reason: 'migration', ...more },
  ],
});
const byRole = activity(role('aws-service-role/x.amazonaws.com/AWSServiceRoleForX'));

const DECISIONS: [title: string, situation: Situation, decision: DecisionName, reason: string][] = [
  ['below the first threshold', { score: 39 }, 'observe', 'risk 39 is below 40'],
  ['from the first threshold', { score: 40 }, 'alert', 'risk 40 is at least 40'],
  ['below the second', { score: 59 }, 'alert', 'risk 59 is at least 40'],
  ['from the second', { score: 60 }, 'approve', 'risk 60 is at least 60'],
  ['below the third', { score: 79 }, 'approve', 'risk 79 is at least 60'],
  ['from the third', { score: 80 }, 'remediate', 'risk 80 is at least 80'],
  [
    'not without a remedy',
    { score: 100, rule: { remedy: undefined as never, automatic: false } },
    'alert',
    'risk 100 is at least 40',
  ],
  ['a remedy that is not automatic', { score: 100, rule: { automatic: false } }, 'approve', 'risk 100 is at least 60'],
  [
    'other thresholds',
    { score: 50, settings: { thresholds: { alert: 10, approve: 20, remediate: 50 } } },
    'remediate',
    'risk 50 is at least 50',
  ],
  [
    'never remediate',
    { score: 100, settings: { thresholds: { alert: 40, approve: 60, remediate: 101 } } },
    'approve',
    'risk 100 is at least 60',
  ],
  [
    'never anything',
    { score: 100, settings: { thresholds: { alert: 101, approve: 101, remediate: 101 } } },
    'observe',
    'risk 100 is below 101',
  ],
  ['mode ask', { settings: { mode: 'ask' } }, 'approve', 'mode ask: approve instead of remediate'],
  ['mode observe', { settings: { mode: 'observe' } }, 'alert', 'mode observe: alert instead of remediate'],
  [
    'mode ask for the rule',
    { settings: { rules: { example: { mode: 'ask' } } } },
    'approve',
    'mode ask: approve instead of remediate',
  ],
  [
    'mode observe for the account',
    { settings: account({ mode: 'observe' }) },
    'alert',
    'mode observe: alert instead of remediate',
  ],
  [
    'mode auto for the rule does not lift the rest',
    { settings: { mode: 'ask', rules: { example: { mode: 'auto' } } } },
    'approve',
    'mode ask: approve instead of remediate',
  ],
  [
    'a mode for another account',
    { settings: account({ mode: 'observe' }, OUTSIDE) },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'the management account',
    { settings: account({ management: true }) },
    'alert',
    'the management account is alerted on only: alert instead of remediate',
  ],
  ['root', { activity: activity(root) }, 'alert', 'what root does is alerted on only: alert instead of remediate'],
  [
    'a failed call',
    { activity: activity(user('alice'), { error: 'AccessDenied' }) },
    'alert',
    'the call failed and left nothing to undo: alert instead of remediate',
  ],
  [
    'exempt',
    { settings: exempt('2026-11-30') },
    'observe',
    'exempt until 2026-11-30 (migration): observe instead of remediate',
  ],
  [
    'exempt to the end of the day',
    { settings: exempt('2026-11-20') },
    'observe',
    'exempt until 2026-11-20 (migration): observe instead of remediate',
  ],
  ['exempt until yesterday', { settings: exempt('2026-11-19') }, 'remediate', 'risk 100 is at least 80'],
  ['exempt until a day that is none', { settings: exempt('soon') }, 'remediate', 'risk 100 is at least 80'],
  [
    'exempt from another rule',
    { settings: exempt('2026-11-30', { rules: ['other'] }) },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'exempt by a pattern',
    { settings: exempt('2026-11-30', { principal: 'arn:aws:iam::*:user/al*' }) },
    'observe',
    'exempt until 2026-11-30 (migration): observe instead of remediate',
  ],
  [
    'somebody else is exempt',
    { settings: exempt('2026-11-30', { principal: 'arn:aws:iam::*:user/bob' }) },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'a protected user',
    { settings: { protected: [`arn:aws:iam::${ACCOUNT}:user/bob`] } },
    'approve',
    `user bob is protected in the settings (arn:aws:iam::${ACCOUNT}:user/bob): approve instead of remediate`,
  ],
  [
    'protected in every account',
    { settings: { protected: ['arn:aws:iam::*:user/b*'] } },
    'approve',
    'user bob is protected in the settings (arn:aws:iam::*:user/b*): approve instead of remediate',
  ],
  [
    'protected with a path, which events do not name',
    { settings: { protected: ['arn:aws:iam::*:user/ops/bob'] } },
    'approve',
    'user bob is protected in the settings (arn:aws:iam::*:user/ops/bob): approve instead of remediate',
  ],
  [
    'protected in China',
    { settings: { protected: [`arn:aws-cn:iam::${ACCOUNT}:user/bob`] } },
    'approve',
    `user bob is protected in the settings (arn:aws-cn:iam::${ACCOUNT}:user/bob): approve instead of remediate`,
  ],
  [
    'protected in another account',
    { settings: { protected: [`arn:aws:iam::${OUTSIDE}:user/bob`] } },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'a role of that name is protected',
    { settings: { protected: ['arn:aws:iam::*:role/bob'] } },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'a protected group',
    { target: attached('admins', 'group'), settings: { protected: ['arn:aws:iam::*:group/admins'] } },
    'approve',
    'group admins is protected in the settings (arn:aws:iam::*:group/admins): approve instead of remediate',
  ],
  [
    'everybody is protected',
    { settings: { protected: ['*'] } },
    'approve',
    'user bob is protected in the settings (*): approve instead of remediate',
  ],
  [
    'a protected actor',
    { settings: { protected: [`arn:aws:iam::${ACCOUNT}:user/alice`] } },
    'approve',
    'alice is protected in the settings, and did this: approve instead of remediate',
  ],
  [
    "the guardrail's own role",
    { target: attached('iam-guardrail-respond', 'role') },
    'approve',
    "role iam-guardrail-respond is the guardrail's own: approve instead of remediate",
  ],
  [
    'a role that is called nearly so',
    { target: attached('iam-guardrail-respond-2', 'role') },
    'remediate',
    'risk 100 is at least 80',
  ],
  ['a user that is called so', { target: attached('iam-guardrail-respond') }, 'remediate', 'risk 100 is at least 80'],
  [
    'a role of Identity Center, by its service',
    { activity: byRole, target: attached('AWSReservedSSO_Admin_0123456789abcdef', 'role') },
    'approve',
    'role AWSReservedSSO_Admin_0123456789abcdef belongs to an AWS service and cannot be edited: approve instead of remediate',
  ],
  [
    'a role that a user could edit, and so none of Identity Center',
    { target: attached('AWSReservedSSO_Admin_0123456789abcdef', 'role') },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'a path that looks like another resource is no other resource',
    { settings: { protected: ['arn:aws:iam::*:user/break-glass'] }, activity: activity(user('x:user/break-glass')) },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'a service-linked role, by its service',
    { activity: byRole, target: attached('AWSServiceRoleForX', 'role') },
    'approve',
    'role AWSServiceRoleForX belongs to an AWS service and cannot be edited: approve instead of remediate',
  ],
  [
    'a look-alike that a user could edit',
    { target: attached('AWSServiceRoleForX', 'role') },
    'remediate',
    'risk 100 is at least 80',
  ],
  [
    'an account is no principal',
    { target: { kind: 'account' }, settings: { protected: ['*:user/bob'] } },
    'remediate',
    'risk 100 is at least 80',
  ],
];

describe('the decision', () => {
  test.each(DECISIONS)('%s', (_, situation, decision, reason) => {
    const { activity: act = alice, target = attached('bob'), score = 100 } = situation;
    const match: Match = { target, because: 'alice did it' };
    const settings = { ...AUTO, ...situation.settings };
    const made = decide(
      act,
      { ...RULE, ...situation.rule },
      match,
      { score, severity: 'critical', factors: [] },
      settings,
    );
    expect(made.decision).toBe(decision);
    expect(made.because).toContain(reason);
  });

  test('every reason that held it back is told, from the last to the first step down', () => {
    const settings = { ...AUTO, mode: 'observe' as const, protected: ['*'] };
    const match: Match = { target: attached('bob'), because: 'alice did it' };
    expect(decide(alice, RULE, match, { score: 90, severity: 'critical', factors: [] }, settings).because).toEqual([
      'risk 90 is at least 80',
      'user bob is protected in the settings (*): approve instead of remediate',
      'mode observe: alert instead of approve',
    ]);
  });
});
