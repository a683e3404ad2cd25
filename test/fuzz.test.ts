// INVARIANT 1, with records that nobody should send: every rule answers, and what one cannot bear silences no other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '../core/guard.ts';
import type { Rule } from '../core/rule.ts';
import type { CloudTrailRecord } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { changed, changes } from './mutations.ts';
import { world } from './world.ts';

const examples = rules.flatMap((each) => Object.values(each.examples).map((example) => example.event));

/** An example's record with a few of its fields, at any depth, turned into something else. */
const mutated = fc
  .tuple(fc.constantFrom(...examples), changes)
  .map(([event, all]) => changed<CloudTrailRecord>(event, all, 4));

const BATCH = 500;

/** The rules that could not judge a record, over so many mutated ones. */
async function failuresOf(all: readonly Rule[], runs: number): Promise<Set<string>> {
  const failed = new Set<string>();
  // A store in memory forgets what is too much for it: each batch has one of its own.
  for (let left = runs; left > 0; left -= BATCH) {
    const scene = world({ rules: all });
    const property = fc.asyncProperty(mutated, async (record) => {
      const { fresh } = await detect(record, scene.start());
      for (const each of fresh) if (each.because.includes('could not judge')) failed.add(each.rule);
    });
    await fc.assert(property, { numRuns: Math.min(left, BATCH) });
  }
  return failed;
}

test('no mutated record throws out of `detect`, and no rule chokes on one', async () => {
  expect(await failuresOf(rules, 100_000)).toEqual(new Set());
}, 300_000);

test('a rule that trusts a field is found, and the others go on', async () => {
  const planted: Rule = {
    ...(rules.find((each) => each.id === 'access-key-created') as Rule),
    id: 'planted',
    detect: ({ request }) => ({
      target: { kind: 'account' },
      because: `for ${(request.userName as string).toUpperCase()}`,
    }),
  };
  expect(await failuresOf([planted, ...rules], 4_000)).toEqual(new Set(['planted']));
});
