// The same records in any order, repeated, and split over several processes give the same findings.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '../core/guard.ts';
import { did, user } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { world } from './world.ts';

/** Every firing example, and bursts among them. */
const records = [
  ...rules.flatMap((each) => Object.values(each.examples).filter(({ finds }) => finds)).map(({ event }) => event),
  ...Array.from({ length: 15 }, (_, at) =>
    did(
      user('mallory'),
      'secretsmanager:GetSecretValue',
      { secretId: `secret-${at}` },
      { time: `2026-11-20T03:${10 + at}:00Z` },
    ),
  ),
];

/** The ids of the findings, by a line of three processes that take turns. */
async function findingsIn(all: readonly unknown[]): Promise<string[]> {
  const scene = world();
  const lines = [scene.start(), scene.start(), scene.start()];
  const found: string[] = [];
  for (const [at, record] of all.entries()) {
    const line = lines[at % lines.length];
    if (line) found.push(...(await detect(record, line)).fresh.map(({ id }) => id));
  }
  return found.sort();
}

const once = await findingsIn(records);

test('each finding is told once, and bursts are among them', () => {
  expect(new Set(once).size).toBe(once.length);
  expect(once.some((each) => each.endsWith('/secrets-read-in-bulk'))).toBe(true);
});

test('shuffled and repeated', async () => {
  const shuffled = fc.shuffledSubarray([...records, ...records], { minLength: 2 * records.length });
  await fc.assert(
    fc.asyncProperty(shuffled, async (all) => {
      expect(await findingsIn(all)).toEqual(once);
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('planted: a record less is noticed', async () => {
  expect(await findingsIn(records.slice(1))).not.toEqual(once);
});
