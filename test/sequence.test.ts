// Weak findings that are an attack together: told as one story, in the order of time, whatever the order of arrival.
import { expect, test } from 'vitest';
import { detect } from '../core/guard.ts';
import { incidents } from '../core/incident.ts';
import type { Rule } from '../core/rule.ts';
import { completedBy, SEQUENCES } from '../core/sequence.ts';
import { did, user } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { RULE } from './call.ts';
import { AUTO, world } from './world.ts';

/** Each step by itself is a finding of low severity. */
const weak = (id: string, name: `${string}:${string}`): Rule => ({
  ...RULE,
  id,
  severity: 'low',
  on: [name],
  detect: ({ actor }) => ({ target: { kind: 'account' }, because: `${actor.name} did ${id}` }),
});
const WEAK = [
  weak('user-created', 'iam:CreateUser'),
  weak('access-key-created', 'iam:CreateAccessKey'),
  weak('policy-attached', 'iam:AttachUserPolicy'),
];
const STEPS = ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'] as const;
const record = (name: (typeof STEPS)[number], minute: number, who = 'mallory') =>
  did(user(who), name, { userName: 'backup' }, { time: `2026-11-20T03:0${minute}:00Z` });

test.each([[[0, 1, 2]], [[2, 0, 1]], [[1, 2, 0]]])(
  'in the order %j they are one alert, which tells them in order',
  async (order) => {
    const scene = world({ rules: WEAK, settings: AUTO });
    for (const at of order) scene.records.push(record(STEPS[at] ?? STEPS[0], at));
    const found = await scene.run();
    expect(found.map((each) => each.decision)).toEqual(['observe', 'observe', 'observe']);
    expect(scene.notices).toMatchObject([
      {
        kind: 'alert',
        story: {
          says: 'a user was made, given a credential and given permissions',
          sentences: ['mallory did user-created', 'mallory did access-key-created', 'mallory did policy-attached'],
        },
      },
    ]);
    expect(await incidents(scene.store, 10)).toMatchObject([{ risk: 55, severity: 'medium' }]);
  },
);

test('two of three are none, and neither are those of different people', async () => {
  const scene = world({ rules: WEAK, settings: AUTO });
  for (const each of [record(STEPS[0], 0), record(STEPS[1], 1), record(STEPS[2], 2, 'bob')])
    await detect(each, scene.start());
  await scene.resume();
  expect(scene.notices).toEqual([]);
});

test('a story is completed once, and by rules that there are', () => {
  expect(completedBy(['user-created', 'access-key-created'], ['policy-attached'])?.id).toBe('user-with-power');
  expect(completedBy(['user-created', 'access-key-created', 'policy-attached'], ['inline-policy-put'])).toBeUndefined();
  const known = rules.map(({ id }) => id);
  for (const { steps } of SEQUENCES)
    for (const step of steps) expect(step.filter((each) => !known.includes(each))).toEqual([]);
});
