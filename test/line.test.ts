// What becomes of a record in the line, beside the invariants: modes, incidents, what is told and what is put off.
import { expect, test } from 'vitest';
import { detect } from '../core/guard.ts';
import { ACCOUNT, did, user } from '../events/did.ts';
import { type Fault, withFaults } from '../sandbox/faults.ts';
import { ADMINISTRATOR, attacks, POLICY } from './attacks.ts';
import { AUTO, approveAll, type World, world } from './world.ts';

const keyFor = (scene: World, UserName: string) =>
  scene.sandbox.as(user('mallory')).call('iam:CreateAccessKey', { UserName });

async function withUsers(scene: World, ...names: string[]): Promise<World> {
  for (const UserName of names) await scene.sandbox.as(user('ana')).call('iam:CreateUser', { UserName });
  scene.records.length = 0;
  return scene;
}

test('in mode observe and ask nothing is touched, and the record says what would have been done', async () => {
  for (const [mode, states, word] of [
    ['observe', [], 'alert instead of remediate'],
    ['ask', ['waiting'], 'approve instead of remediate'],
  ] as const) {
    const scene = await withUsers(world({ settings: { ...AUTO, mode } }), 'bob');
    await keyFor(scene, 'bob');
    const before = scene.sandbox.snapshot();
    const found = await scene.run();
    expect(found[0]?.reasons.join()).toContain(word);
    expect((await scene.changes()).map((each) => each.state)).toEqual(states);
    expect(scene.sandbox.snapshot()).toEqual(before);
  }
});

test('an incident takes in what its actor does within an hour, before or after', async () => {
  const scene = world();
  const at = (time: string, name: string) => did(user('mallory'), 'iam:CreateUser', { userName: name }, { time });
  scene.records.push(
    at('2026-11-20T03:00:00Z', 'a'),
    at('2026-11-20T03:59:00Z', 'b'),
    at('2026-11-20T02:10:00Z', 'c'),
    at('2026-11-20T06:00:00Z', 'd'),
  );
  const found = await scene.run();
  expect(new Set(found.map((each) => each.incident)).size).toBe(2);
  expect(found[0]?.incident).toBe(found[2]?.incident);
});

test('what an attacker can choose lowers nothing: user agents, session names, tags', async () => {
  const scores = await Promise.all(
    ['aws-cli', 'HashiCorp Terraform/1.9', 'cloudformation.amazonaws.com', 'iam-guardrail'].map(async (agent) => {
      const scene = world();
      scene.records.push(did(user('mallory'), 'iam:CreateAccessKey', { userName: 'bob' }, { agent }));
      return (await scene.run())[0]?.risk;
    }),
  );
  expect(new Set(scores).size).toBe(1);
});

test('approved changes are told with their outcome', async () => {
  const scene = world();
  const attack = attacks['a password for bob'];
  await attack?.before(scene.sandbox);
  scene.records.length = 0;
  await attack?.act(scene.sandbox);
  await scene.run();
  expect(scene.notices.map((each) => each.kind)).toContain('request');
  await approveAll(scene);
  expect(scene.notices.at(-1)).toMatchObject({ kind: 'outcome', change: { state: 'verified', account: ACCOUNT } });
});

test('a write whose request the record leaves out is a finding, though no rule can tell what was done', async () => {
  const scene = world();
  scene.records.push(
    did(user('mallory'), 'iam:PutUserPolicy', null, {
      record: { requestParameters: { omitted: true, reason: 'too large' } },
    }),
  );
  expect(await scene.run()).toMatchObject([
    { decision: 'alert', remedy: null, because: expect.stringContaining('does not show on what') },
  ]);
});

test('a policy that is known to have been attached before is not taken away without a person', async () => {
  const scene = await withUsers(world({ settings: { ...AUTO, mode: 'observe' } }), 'bob');
  const attach = (name: string) =>
    scene.sandbox.as(user(name)).call('iam:AttachUserPolicy', { UserName: 'bob', PolicyArn: ADMINISTRATOR });
  await attach('ana');
  await scene.run();
  scene.clock.pass(2 * 3_600_000);
  await attach('mallory');
  const [record] = scene.records.splice(0);
  const { fresh } = await detect(record, { ...scene.start(), settings: AUTO });
  expect(fresh).toMatchObject([
    {
      rule: 'policy-attached',
      decision: 'approve',
      reasons: [expect.anything(), expect.stringContaining('it was attached before')],
    },
  ]);
});

test('throttling for a while puts a change off, and loses nothing', async () => {
  const faults: Fault[] = [1, 2, 3].map((write) => ({ kind: 'throttled', write }));
  const scene = await withUsers(world({ account: (account) => withFaults(account, faults) }), 'bob');
  await keyFor(scene, 'bob');
  await expect(scene.run()).rejects.toThrow('Rate exceeded');
  expect((await scene.changes()).map((each) => each.state)).toEqual(['planned']);
  await scene.resume();
  expect((await scene.changes()).map((each) => each.state)).toEqual(['verified']);
});

test('a channel that is down puts a message off, and loses nothing', async () => {
  const scene = await withUsers(world(), 'bob');
  await keyFor(scene, 'bob');
  const line = scene.start();
  const broken = {
    ...line,
    ports: { ...line.ports, people: { tell: async () => Promise.reject(new Error('Slack is down')) } },
  };
  await expect(scene.run(broken)).rejects.toThrow('Slack is down');
  expect((await scene.changes()).map((each) => each.state)).toEqual(['verified']);
  await scene.resume();
  expect(scene.notices.map((each) => each.kind)).toEqual(['outcome']);
});

test('a policy that a protected principal has is asked about, though the event names only the policy', async () => {
  const scene = await withUsers(
    world({ settings: { ...AUTO, protected: ['arn:aws:iam::*:user/break-glass'] } }),
    'break-glass',
  );
  const ana = scene.sandbox.as(user('ana'));
  const document = (Action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  await ana.call('iam:CreatePolicy', { PolicyName: 'deploy', PolicyDocument: document('s3:Get*') });
  await ana.call('iam:AttachUserPolicy', { UserName: 'break-glass', PolicyArn: POLICY });
  scene.records.length = 0;
  await scene.sandbox
    .as(user('mallory'))
    .call('iam:CreatePolicyVersion', { PolicyArn: POLICY, PolicyDocument: document('*'), SetAsDefault: true });
  await scene.run();
  expect(await scene.changes()).toMatchObject([
    { state: 'waiting', reason: expect.stringContaining('user break-glass is protected') },
  ]);
});
