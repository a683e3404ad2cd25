// INVARIANT 1, with records that nobody should send: every rule answers, and what one cannot bear silences no other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '../core/guard.ts';
import type { Rule } from '../core/rule.ts';
import type { CloudTrailRecord } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import { world } from './world.ts';

const examples = rules.flatMap((each) => Object.values(each.examples).map((example) => example.event));

let deep: unknown = 'bottom';
for (let level = 0; level < 20_000; level += 1) deep = [deep];

/** What a field may turn into. */
const junk = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  -1,
  true,
  '',
  'HIDDEN_DUE_TO_SECURITY_REASONS',
  '\ud800',
  'x'.repeat(200_000),
  [],
  {},
  [[]],
  deep,
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  '{"Statement":{"Effect":{},"Action":[null,[1]],"Principal":{"AWS":[{}]}}}',
  JSON.parse('{"__proto__":{"type":"Root"},"constructor":1}'),
);

/** An example's record with a few of its fields, at any depth, turned into something else. */
const mutated = fc
  .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 }))
  .map(([event, changes]) =>
    changes.reduce<CloudTrailRecord>((record, [at, value]) => changed(record, at, value), event),
  );

function changed(record: CloudTrailRecord, at: number, value: unknown): CloudTrailRecord {
  const paths = pathsOf(record, 4);
  const path = paths[at % paths.length] ?? [];
  return put(record, path, value) as CloudTrailRecord;
}

function pathsOf(value: unknown, levels: number): string[][] {
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.keys(value).flatMap((key) => [
    [key],
    ...pathsOf(value[key as never], levels - 1).map((rest) => [key, ...rest]),
  ]);
}

function put(value: unknown, [key, ...rest]: string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const fields = (typeof value === 'object' && value !== null ? value : {}) as { [key: string]: unknown };
  return { ...fields, [key]: put(fields[key], rest, leaf) };
}

/** The rules that could not judge a record, over so many mutated ones. */
async function failuresOf(all: readonly Rule[], runs: number): Promise<Set<string>> {
  const failed = new Set<string>();
  const scene = world({ rules: all });
  const property = fc.asyncProperty(mutated, async (record) => {
    const { fresh } = await detect(record, scene.start());
    for (const each of fresh) if (each.because.includes('could not judge')) failed.add(each.rule);
  });
  await fc.assert(property, { numRuns: runs });
  return failed;
}

test('no mutated record throws out of `detect`, and no rule chokes on one', async () => {
  expect(await failuresOf(rules, 4_000)).toEqual(new Set());
});

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
