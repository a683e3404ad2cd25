// The store as a plain map, and the property that every store behaves like it through any sequence of steps.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Item, Key, Store, Write } from '../core/ports.ts';
import type { Fields } from '../events/activity.ts';

/** Makes an empty store that reads the time from `clock`. */
export type MakeStore = (clock: { now(): number }) => Promise<Store> | Store;

type Range = { from?: string; to?: string; limit?: number };
type Step =
  | { do: 'write'; writes: Write[] }
  | { do: 'get'; key: Key }
  | { do: 'list'; partition: string; range: Range }
  | { do: 'pass'; seconds: number };

/** Well-formed, and such that UTF-8 and JavaScript sort them differently: U+FF5E comes before the emoji. */
const SORTS = ['a', 'b', 'b#1', '__proto__', 'constructor', '～', '🔑', 'ä', 'a\u0000b', ' '];
const PARTITIONS = ['p', '__proto__'];
const START = 1_800_000_000;

const key = fc.record({ partition: fc.constantFrom(...PARTITIONS), sort: fc.constantFrom(...SORTS) });
const value: fc.Arbitrary<Fields> = fc.oneof(
  fc.dictionary(fc.constantFrom('a', '', '__proto__', 'toString', '\ud800'), fc.jsonValue({ maxDepth: 2 })),
  fc.record({ text: fc.constantFrom('', '\udfff', '\u0000', "'; DROP TABLE item; --", '🔑') }),
);
const write: fc.Arbitrary<Write> = fc
  .record({
    key,
    expect: fc.oneof({ weight: 3, arbitrary: fc.constant('any' as const) }, fc.nat(3)),
    value: fc.option(value, { freq: 4 }),
    expires: fc.option(fc.integer({ min: START - 1, max: START + 9 }), { nil: undefined, freq: 2 }),
  })
  .map(({ key, expect, value, expires }) => ({ ...key, expect, value, ...(expires !== undefined && { expires }) }));

const bound = fc.option(fc.constantFrom('', ...SORTS), { nil: undefined });
const range: fc.Arbitrary<Range> = fc
  .record({ from: bound, to: bound, limit: fc.option(fc.nat(4), { nil: undefined }) })
  .map((each) => JSON.parse(JSON.stringify(each)) as Range);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      writes: fc.uniqueArray(write, { minLength: 1, maxLength: 4, selector: nameOf }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('get' as const), key }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('list' as const), partition: fc.constantFrom(...PARTITIONS), range }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 4 }) }) },
);

/** Any sequence of steps has the same answers, and leaves the same behind, as on the model. */
export function behavesLikeTheModel(makeStore: MakeStore) {
  return fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
    const clock = { time: START, now: () => clock.time * 1000 };
    const store = await makeStore(clock);
    const model = new Map<string, Held>();
    for (const each of steps) await take(each, store, model, clock);
    for (const partition of PARTITIONS) {
      expect(shown(await store.list(partition))).toEqual(shown(listed(model, partition, {}, clock.time)));
    }
  });
}

type Held = Item & { expires: number };

async function take(step: Step, store: Store, model: Map<string, Held>, clock: { time: number }): Promise<void> {
  if (step.do === 'pass') {
    clock.time += step.seconds;
  } else if (step.do === 'get') {
    const held = live(model, step.key, clock.time);
    const found = await store.get(step.key);
    expect(shown(found ? [found] : [])).toEqual(shown(held ? [held] : []));
  } else if (step.do === 'list') {
    const found = await store.list(step.partition, step.range);
    expect(shown(found)).toEqual(shown(listed(model, step.partition, step.range, clock.time)));
  } else if (!step.writes.some((each) => mayCountOn(model, each, clock.time))) {
    expect(await store.write(step.writes)).toBe(written(model, step.writes, clock.time));
  }
}

/** Over an expired item that is not yet deleted, `any` may count on or begin anew: the model cannot know. */
function mayCountOn(model: Map<string, Held>, write: Write, time: number): boolean {
  return write.expect === 'any' && model.has(nameOf(write)) && !live(model, write, time);
}

function written(model: Map<string, Held>, writes: Write[], time: number): boolean {
  const versions = writes.map((each) => live(model, each, time)?.version ?? 0);
  if (writes.some((each, index) => each.expect !== 'any' && each.expect !== versions[index])) return false;
  writes.forEach((each, index) => {
    const { partition, sort, value, expires = Number.POSITIVE_INFINITY } = each;
    if (value === null) model.delete(nameOf(each));
    else model.set(nameOf(each), { partition, sort, version: (versions[index] ?? 0) + 1, value, expires });
  });
  return true;
}

function live(model: Map<string, Held>, key: Key, time: number): Held | undefined {
  const held = model.get(nameOf(key));
  return held && held.expires > time ? held : undefined;
}

function listed(model: Map<string, Held>, partition: string, { from, to, limit }: Range, time: number): Item[] {
  return [...model.values()]
    .filter((each) => each.partition === partition && each.expires > time)
    .filter(
      ({ sort }) => (from === undefined || inBytes(sort, from) >= 0) && (to === undefined || inBytes(sort, to) <= 0),
    )
    .sort((a, b) => inBytes(a.sort, b.sort))
    .slice(0, limit);
}

function inBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** As text: comparing objects would miss an own `__proto__`. */
function shown(items: Item[]): string[] {
  return items.map(({ partition, sort, version, value }) => JSON.stringify([partition, sort, version, value]));
}

function nameOf({ partition, sort }: Key): string {
  return JSON.stringify([partition, sort]);
}
