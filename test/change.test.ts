import { describe, expect, test } from 'vitest';
import { approve, undoAs } from '../core/approval.ts';
import { carrying } from '../core/change-work.ts';
import { respond } from '../core/guard.ts';
import { incidentById } from '../core/incident.ts';
import { entriesOf, firstBreak } from '../core/journal.ts';
import { remediations } from '../remediations/index.ts';
import { type Fault, withFaults } from '../sandbox/faults.ts';
import { type Attack, attacks } from './attacks.ts';
import {
  AUTO,
  approveAll,
  crashingStore,
  RESPONDER,
  untilCrash,
  type World,
  type WorldOptions,
  world,
} from './world.ts';

/** The world in which the attack has just happened, and the account as the attack left it. */
async function staged(attack: Attack, options: WorldOptions = {}): Promise<{ scene: World; attacked: unknown }> {
  const scene = world(options);
  await attack.before(scene.sandbox);
  scene.records.length = 0;
  await attack.seen?.(scene.sandbox);
  await scene.run();
  await attack.act(scene.sandbox);
  return { scene, attacked: shape(scene) };
}

/** The account without what only time makes: when keys were last used, when a trail was started. */
function shape(scene: World): unknown {
  const drop = /^(lastUsed|started|stopped|startedAt|stoppedAt|updated|used)$/;
  return JSON.parse(
    JSON.stringify(scene.sandbox.snapshot(), (key, value: unknown) => (drop.test(key) ? undefined : value)),
  );
}

/** Everything that a process would do: judge, carry out, have it approved, and finish. */
async function answer(scene: World): Promise<void> {
  await scene.run();
  await approveAll(scene);
  await scene.run();
}

/** The same after a crash: later processes take up what is left. */
async function recover(scene: World): Promise<void> {
  await scene.resume();
  await approveAll(scene);
  await scene.resume();
}

async function journalIsWhole(scene: World): Promise<void> {
  for (const change of await scene.changes()) {
    const incident = await incidentById(scene.store, change.incident);
    const entries = await entriesOf(scene.store, change.incident);
    expect(incident && firstBreak(change.incident, entries, incident.value.head)).toBeUndefined();
  }
}

/** INVARIANT 2: before a call there is an entry with the calls and the undo. */
async function journalComesFirst(scene: World): Promise<void> {
  for (const change of await scene.changes()) {
    const kinds = (await entriesOf(scene.store, change.incident))
      .filter((each) => each.about.change === change.id)
      .map((each) => each.kind);
    const planned = kinds.findIndex((each) => each === 'planned' || each === 'approved');
    const called = kinds.indexOf('called');
    if (called !== -1) expect(planned, kinds.join()).toBeLessThan(called);
  }
}

test('there is an attack for every remediation', () => {
  expect(new Set(Object.values(attacks).map((each) => each.remediation))).toEqual(
    new Set(remediations.map((each) => each.id)),
  );
});

describe.each(Object.entries(attacks))('%s', (_, attack) => {
  test('is answered, once, and undone exactly', async () => {
    const { scene, attacked } = await staged(attack);
    await scene.run();
    if (attack.asked) expect((await scene.changes()).map((each) => each.state)).toEqual(['waiting']);
    expect(attack.asked ? shape(scene) : undefined).toEqual(attack.asked ? attacked : undefined);
    await approveAll(scene);
    await scene.run();
    const [change, ...others] = await scene.changes();
    expect(others).toEqual([]);
    expect(change).toMatchObject({ remediation: attack.remediation, state: 'verified' });
    expect(shape(scene)).not.toEqual(attacked);
    const undone = await undoAs(change?.id ?? '', { by: 'ana', reason: 'test' }, scene.start());
    expect(undone).toMatchObject({ ok: true, value: { state: 'undone' } });
    expect(shape(scene)).toEqual(attacked);
    await journalIsWhole(scene);
    await journalComesFirst(scene);
  });

  test('what the guardrail does itself is known by the journal, and stays without an answer', async () => {
    const { scene } = await staged(attack);
    await answer(scene);
    const before = (await scene.changes()).length;
    const findings = await scene.run();
    expect(findings.filter((each) => each.decision !== 'observe')).toEqual([]);
    expect((await scene.changes()).length).toBe(before);
  });

  test('the same event again changes nothing', async () => {
    const { scene } = await staged(attack);
    const again = structuredClone(scene.records);
    await answer(scene);
    const end = shape(scene);
    scene.records.push(...again, ...again);
    expect(await scene.run()).toEqual([]);
    expect(shape(scene)).toEqual(end);
  });

  test.each(['before', 'after'] as const)('a crash %s any call is made good', async (when) => {
    for (let write = 1, crashed = true; crashed; write += 1) {
      const faults: Fault[] = [{ kind: 'crash', when, write }];
      const { scene, attacked } = await staged(attack, { account: (account) => withFaults(account, faults) });
      crashed = await untilCrash(() => answer(scene));
      faults.length = 0;
      await recover(scene);
      await madeGood(scene, attacked, `crash ${when} call ${write}`);
    }
  });

  test.each(['before', 'after'] as const)('a crash %s the call of an undo is made good', async (when) => {
    const faults: Fault[] = [];
    const { scene, attacked } = await staged(attack, { account: (account) => withFaults(account, faults) });
    await answer(scene);
    const [change] = await scene.changes();
    faults.push({ kind: 'crash', when, write: 2 });
    const undo = () => undoAs(change?.id ?? '', { by: 'ana', reason: 'test' }, scene.start());
    expect(await untilCrash(undo)).toBe(true);
    faults.length = 0;
    await scene.resume();
    expect(shape(scene)).toEqual(attacked);
    expect((await scene.changes()).map((each) => each.state)).toEqual(['undone']);
    await journalIsWhole(scene);
  });

  test.each(['before', 'after'] as const)('a crash %s any write of an undo is made good', async (when) => {
    for (let write = 1, crashed = true; crashed; write += 1) {
      const plan = { write: Number.POSITIVE_INFINITY };
      const { scene, attacked } = await staged(attack, { store: (store) => crashingStore(store, when, plan) });
      await answer(scene);
      const [change] = await scene.changes();
      const undo = () => undoAs(change?.id ?? '', { by: 'ana', reason: 'test' }, scene.start());
      plan.write = write;
      crashed = await untilCrash(undo);
      plan.write = Number.POSITIVE_INFINITY;
      await scene.resume();
      scene.clock.pass(120_000);
      await undo();
      expect(shape(scene), `crash ${when} write ${write}`).toEqual(attacked);
      expect((await scene.changes()).map((each) => each.state)).toEqual(['undone']);
      await journalIsWhole(scene);
      expect(write, 'the loop ends').toBeLessThan(30);
    }
  });

  test.each(['before', 'after'] as const)('a crash %s any write of the store is made good', async (when) => {
    for (let write = 1, crashed = true; crashed; write += 1) {
      const plan = { write: Number.POSITIVE_INFINITY };
      const { scene, attacked } = await staged(attack, { store: (store) => crashingStore(store, when, plan) });
      plan.write = write;
      crashed = await untilCrash(() => answer(scene));
      plan.write = Number.POSITIVE_INFINITY;
      await scene.run();
      await recover(scene);
      await madeGood(scene, attacked, `crash ${when} write ${write}`);
      expect(write, 'the loop ends').toBeLessThan(60);
    }
  });

  test.each([
    ['a lost reply', [{ kind: 'lost', write: 1 }]],
    [
      'throttling',
      [
        { kind: 'throttled', write: 1 },
        { kind: 'throttled', write: 2 },
      ],
    ],
    ['stale reads', [{ kind: 'stale', reads: 2 }]],
  ] as [string, Fault[]][])('%s is survived', async (_title, faults) => {
    const { scene, attacked } = await staged(attack, { account: (account) => withFaults(account, faults) });
    await answer(scene);
    await recover(scene);
    faults.length = 0;
    await madeGood(scene, attacked, 'in the end');
  });
});

/** Nothing half done: one change, verified, explained by a whole journal, and its undo gives back what the attack left. */
async function madeGood(scene: World, attacked: unknown, about: string): Promise<void> {
  const [change, ...others] = await scene.changes();
  expect(others, about).toEqual([]);
  expect(change?.state, `${about}: ${change?.reason}`).toBe('verified');
  expect(shape(scene), about).not.toEqual(attacked);
  await journalIsWhole(scene);
  await journalComesFirst(scene);
  expect(await undoAs(change?.id ?? '', { by: 'ana', reason: 'test' }, scene.start()), about).toMatchObject({
    ok: true,
  });
  expect(shape(scene), about).toEqual(attacked);
}

test('an undo of what somebody has changed since is refused with the difference', async () => {
  const { scene } = await staged(attacks['a key for bob'] as Attack);
  await scene.run();
  const [change] = await scene.changes();
  const key = change?.target.kind === 'access-key' ? change.target.key : '';
  await scene.sandbox.account.write({
    call: 'iam:UpdateAccessKey',
    input: { UserName: 'bob', AccessKeyId: key, Status: 'Active' },
  });
  const undone = await undoAs(change?.id ?? '', { by: RESPONDER.name, reason: 'test' }, scene.start());
  expect(undone).toEqual({
    ok: false,
    reason: `access key ${key} of bob has changed meanwhile: status was Inactive and is Active`,
  });
});

test('two that carry the same change out at once make one call', async () => {
  const { scene } = await staged(attacks['a password for bob'] as Attack);
  await scene.run();
  const [change] = await scene.changes();
  const answered = await approve(change?.id ?? '', { by: 'ana', reason: '' }, scene.start());
  if (!answered.ok) throw new Error(answered.reason);
  const lines = Array.from({ length: 8 }, () => scene.start());
  scene.records.length = 0;
  await Promise.all(lines.map((each) => respond(carrying(answered.value), each)));
  const writes = scene.records.filter((each) => each.eventName === 'PutUserPolicy');
  expect(writes.length).toBe(1);
});

test('of many answers at once one counts', async () => {
  const { scene } = await staged(attacks['a password for bob'] as Attack);
  await scene.run();
  const [change] = await scene.changes();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => approve(change?.id ?? '', { by: 'ana', reason: '' }, scene.start())),
  );
  expect(answers.filter((each) => each.ok).length).toBe(1);
});

test.each([
  ['somebody who is not a responder', AUTO, 'eve', 'eve is not among the responders in the settings'],
  [
    'the actor',
    { ...AUTO, responders: [{ name: 'mallory', principals: ['arn:aws:iam::111122223333:user/mallory'] }] },
    'mallory',
    'mallory is the actor of this incident, and cannot answer for it',
  ],
  ['anybody, where nobody is named', { ...AUTO, responders: [] }, 'ana', 'the settings name no responders'],
])('%s cannot approve', async (_title, settings, by, reason) => {
  const { scene } = await staged(attacks['a password for bob'] as Attack, { settings });
  await scene.run();
  const [change] = await scene.changes();
  expect(await approve(change?.id ?? '', { by, reason: '' }, scene.start())).toEqual({ ok: false, reason });
});

test('a request that nobody answers expires, and cannot be answered any more', async () => {
  const { scene } = await staged(attacks['a password for bob'] as Attack);
  await scene.run();
  scene.clock.pass(13 * 3_600_000);
  await scene.resume();
  const [change] = await scene.changes();
  expect(change).toMatchObject({ state: 'expired', reason: 'nobody answered in time' });
  expect(await approve(change?.id ?? '', { by: 'ana', reason: '' }, scene.start())).toMatchObject({ ok: false });
  expect(scene.notices.at(-1)).toMatchObject({ kind: 'outcome', change: { state: 'expired' } });
});
