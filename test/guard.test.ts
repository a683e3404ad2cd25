import { describe, expect, test } from 'vitest';
import { BUDGETS } from '../core/budget.ts';
import { detect } from '../core/guard.ts';
import type { Rule } from '../core/rule.ts';
import { did, role, user } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { withFaults } from '../sandbox/faults.ts';
import { ADMINISTRATOR } from './attacks.ts';
import { AUTO, type World, world } from './world.ts';

const keyFor = (scene: World, UserName: string) =>
  scene.sandbox.as(user('mallory')).call('iam:CreateAccessKey', { UserName });

async function withUsers(scene: World, ...names: string[]): Promise<World> {
  for (const UserName of names) await scene.sandbox.as(user('ana')).call('iam:CreateUser', { UserName });
  scene.records.length = 0;
  return scene;
}

describe('INVARIANT 1: a rule that throws', () => {
  const broken: Rule = {
    ...(rules.find((each) => each.id === 'access-key-created') as Rule),
    id: 'broken',
    detect() {
      throw new Error('planted');
    },
  };

  test('becomes a finding, and silences no other', async () => {
    const scene = await withUsers(world({ rules: [broken, ...rules] }), 'bob');
    await keyFor(scene, 'bob');
    const found = await scene.run();
    expect(found.map((each) => each.rule).filter((each) => each === 'broken' || each === 'access-key-created')).toEqual(
      ['broken', 'access-key-created'],
    );
    expect(found[0]).toMatchObject({ decision: 'alert', remedy: null, because: expect.stringContaining('planted') });
  });
});

describe('INVARIANT 3: nothing is done twice', () => {
  test('50 that see the same event at once record one finding and make one change', async () => {
    const scene = await withUsers(world(), 'bob');
    await keyFor(scene, 'bob');
    const [record] = scene.records.splice(0);
    const seen = await Promise.all(Array.from({ length: 50 }, () => detect(record, scene.start())));
    expect(seen.flatMap((each) => each.fresh).length).toBe(1);
    await scene.run();
    expect((await scene.changes()).map((each) => each.state)).toEqual(['verified']);
    expect(scene.notices.length).toBe(1);
  });

  test('20 different events of one actor at once all find their place in one incident', async () => {
    const scene = world();
    const records = Array.from({ length: 20 }, (_, index) =>
      did(user('mallory'), 'iam:CreateUser', { userName: `new-${index}` }, { time: '2026-11-20T03:00:00Z' }),
    );
    const seen = await Promise.all(records.map((each) => detect(each, scene.start())));
    expect(new Set(seen.flatMap((each) => each.fresh).map((each) => each.incident)).size).toBe(1);
    const single = seen.flatMap((each) => each.fresh).filter(({ rule }) => rule === 'user-created');
    expect(single.length).toBe(20);
  });
});

describe('INVARIANT 4: protected principals', () => {
  test('a principal of the settings is asked about, not touched', async () => {
    const scene = await withUsers(
      world({ settings: { ...AUTO, protected: ['arn:aws:iam::*:user/break-glass'] } }),
      'break-glass',
    );
    await keyFor(scene, 'break-glass');
    await scene.run();
    expect((await scene.changes()).map((each) => each.state)).toEqual(['waiting']);
  });

  test('the last administrator is not contained, even where the rule may go without a person', async () => {
    const automatic = rules.map((each) =>
      each.id === 'login-profile-created' ? { ...each, automatic: true, severity: 'critical' as const } : each,
    );
    const scene = await withUsers(world({ rules: automatic }), 'bob');
    await scene.sandbox.as(user('ana')).call('iam:AttachUserPolicy', { UserName: 'bob', PolicyArn: ADMINISTRATOR });
    scene.records.length = 0;
    await scene.sandbox
      .as(user('mallory'))
      .call('iam:CreateLoginProfile', { UserName: 'bob', Password: 'long-enough-for-anybody-1' });
    await scene.run();
    expect(await scene.changes()).toMatchObject([
      { state: 'waiting', reason: 'user bob is the last one with AdministratorAccess' },
    ]);
  });

  test('a group without members is no other administrator, and a member of one is an administrator', async () => {
    const automatic = rules.map((each) =>
      each.id === 'login-profile-created' ? { ...each, automatic: true, severity: 'critical' as const } : each,
    );
    const scene = await withUsers(world({ rules: automatic }), 'bob');
    const ana = scene.sandbox.as(user('ana'));
    for (const GroupName of ['admins', 'nobody']) {
      await ana.call('iam:CreateGroup', { GroupName });
      await ana.call('iam:AttachGroupPolicy', { GroupName, PolicyArn: ADMINISTRATOR });
    }
    await ana.call('iam:AddUserToGroup', { GroupName: 'admins', UserName: 'bob' });
    scene.records.length = 0;
    await scene.sandbox
      .as(user('mallory'))
      .call('iam:CreateLoginProfile', { UserName: 'bob', Password: 'long-enough-for-anybody-1' });
    await scene.run();
    expect(await scene.changes()).toMatchObject([
      { state: 'waiting', reason: 'user bob is the last one with AdministratorAccess' },
    ]);
  });
});

describe('INVARIANT 5: own changes', () => {
  const forged = { userName: 'bob', accessKeyId: 'AKIAEXAMPLE000000001', status: 'Inactive' };

  test('a call by the guardrail’s role that the journal does not hold is critical', async () => {
    const scene = world();
    scene.records.push(did(role('iam-guardrail-remediation', 'iam-guardrail'), 'iam:UpdateAccessKey', forged));
    expect(await scene.run()).toMatchObject([{ rule: 'guardrail-role-used', severity: 'critical', decision: 'alert' }]);
  });

  test('a call that claims the guardrail’s session name is nobody special', async () => {
    const scene = world();
    scene.records.push(did(role('deploy', 'iam-guardrail'), 'iam:CreateAccessKey', { userName: 'bob' }));
    const [found] = await scene.run();
    expect(found?.factors.map((each) => each.id)).not.toContain('own');
  });

  test('the reply was lost: the intent knows the call once, and no second one', async () => {
    const scene = await withUsers(
      world({ account: (account) => withFaults(account, [{ kind: 'lost', write: 1 }]) }),
      'bob',
    );
    await keyFor(scene, 'bob');
    const found = await scene.run();
    const own = found.filter((each) => each.rule === 'guardrail-role-used');
    expect(own.map((each) => each.decision)).toEqual(['observe', 'observe']);
    const [change] = await scene.changes();
    const call = { ...forged, accessKeyId: change?.target.kind === 'access-key' ? change.target.key : '' };
    scene.records.push(did(role('iam-guardrail-remediation', 'iam-guardrail'), 'iam:UpdateAccessKey', call));
    expect(await scene.run()).toMatchObject([{ rule: 'guardrail-role-used', severity: 'critical' }]);
  });
});

describe('INVARIANT 6: budgets', () => {
  test('a target is changed automatically a few times an hour, then people are asked', async () => {
    const scene = await withUsers(world(), 'bob');
    for (let flip = 0; flip < 10; flip += 1) {
      await scene.sandbox
        .as(user('mallory'))
        .call('iam:AttachUserPolicy', { UserName: 'bob', PolicyArn: ADMINISTRATOR });
      await scene.run();
    }
    const states = (await scene.changes()).map((each) => each.state);
    expect(states.filter((each) => each === 'verified').length).toBe(BUDGETS.target);
    expect(states).toContain('waiting');
  });

  test('the breaker opens after so many changes everywhere, says why, and shuts after its hour', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `user-${index}`);
    const scene = await withUsers(world({ settings: { ...AUTO } }), ...names);
    const budgets = BUDGETS as { account: number };
    const { account } = budgets;
    budgets.account = Number.POSITIVE_INFINITY;
    try {
      for (const each of names) {
        await keyFor(scene, each);
        await scene.run();
      }
      const changes = await scene.changes();
      expect(changes.filter((each) => each.state === 'verified').length).toBe(BUDGETS.everywhere);
      expect(changes.find((each) => each.state === 'waiting')).toMatchObject({
        state: 'waiting',
        reason: expect.stringContaining('the breaker is open until'),
      });
      scene.clock.pass(3_700_000);
      await keyFor(scene, 'user-0');
      await scene.run();
      expect((await scene.changes()).filter((each) => each.state === 'verified').length).toBe(BUDGETS.everywhere + 1);
    } finally {
      budgets.account = account;
    }
  });
});
