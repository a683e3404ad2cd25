// Bursts: what is counted is the same in any order, however often it comes, and no more is kept than a burst takes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../adapters/memory.ts';
import { countIn } from '../core/count.ts';
import { detect } from '../core/guard.ts';
import type { Store } from '../core/ports.ts';
import type { Count, Rule } from '../core/rule.ts';
import { ACCOUNT, type CloudTrailRecord, did, user } from '../events/did.ts';
import { activity, RULE } from './call.ts';
import { AUTO, world } from './world.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T03:00:00Z');

/** One read: of which secret, how many seconds behind the start. */
type Read = { secret: string; second: number };

const COUNT: Count = {
  atLeast: 4,
  minutes: 10,
  distinct: ({ request }) => String(request.secretId),
  says: ({ actor }, count) => `${actor.name} read ${count} secrets`,
};
const rule: Rule = {
  ...RULE,
  id: 'secrets-read',
  on: ['secretsmanager:GetSecretValue'],
  detect: ({ actor }) => ({ target: { kind: 'account' }, because: `${actor.name} read a secret` }),
  count: COUNT,
};

const readOf = ({ secret, second }: Read, who = 'mallory'): CloudTrailRecord =>
  did(user(who), 'secretsmanager:GetSecretValue', { secretId: secret }, { time: timeOf(second) });
const timeOf = (second: number) => new Date(START + second * 1000).toISOString();
const CLOCK = { sleep: async () => {} };
const storeOf = () => memoryStore({ clock: { now: () => START } });

/** The bursts that are told when the reads are counted one after the other. */
async function burstsIn(reads: readonly Read[], count = countIn, store: Store = storeOf()): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { secret, second } of reads) {
    const each = { ...activity(user('mallory'), { time: timeOf(second) }), request: { secretId: secret } };
    for (const burst of await count(store, CLOCK, rule, COUNT, each)) found.add(burst.place.partition);
  }
  return found;
}

/** By the definition: stretches of ten minutes in which some window of ten minutes begins that holds four secrets. */
function burstsByDefinition(reads: readonly Read[]): Set<string> {
  const times = reads.map(({ secret, second }) => ({ secret, time: START + second * 1000 }));
  const inside = (start: number) => times.filter(({ time }) => time >= start && time < start + 10 * MINUTE);
  const starts = times.filter(({ time }) => new Set(inside(time).map(({ secret }) => secret)).size >= COUNT.atLeast);
  return new Set(
    starts.map(
      ({ time }) =>
        `count#${ACCOUNT}#secrets-read#${Math.floor(time / (10 * MINUTE))}#arn:aws:iam::${ACCOUNT}:user/mallory`,
    ),
  );
}

const reads = fc.array(fc.record({ secret: fc.constantFrom(...'abcdefghij'), second: fc.nat(2400) }), {
  maxLength: 40,
});

describe('counting', () => {
  const isTold = (count: typeof countIn) =>
    fc.asyncProperty(reads, async (all) => {
      const told = await burstsIn(all, count);
      expect([...told].sort()).toEqual([...burstsByDefinition(all)].sort());
    });

  test('tells the bursts that there are, in any order and with repetitions', async () => {
    await fc.assert(isTold(countIn), { numRuns: 500 });
    await fc.assert(
      fc.asyncProperty(
        reads.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
        ),
        async ([all, shuffled]) => {
          expect(await burstsIn(shuffled)).toEqual(await burstsIn(all));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('planted: whoever looks only at the stretch of the event is found out', async () => {
    /** It never sees what stands in another stretch than the first one that it asks for. */
    const short: typeof countIn = async (store, clock, each, count, act) => {
      let own: string | undefined;
      const blind: Store = {
        ...store,
        async get(key) {
          own ??= key.partition;
          return key.partition === own ? store.get(key) : undefined;
        },
      };
      return countIn(blind, clock, each, count, act);
    };
    await expect(fc.assert(isTold(short), { numRuns: 500 })).rejects.toThrow();
  });

  test('keeps no more than the beginning and the end of a stretch', async () => {
    const store = storeOf();
    await burstsIn(
      Array.from({ length: 599 }, (_, at) => ({ secret: `s${(at * 7) % 599}`, second: (at * 7) % 599 })),
      countIn,
      store,
    );
    const sizes: number[] = [];
    const told = await burstsIn([{ secret: 'last', second: 300 }], countIn, {
      ...store,
      async get(key) {
        const item = await store.get(key);
        if (item) sizes.push(Object.keys(item.value).length);
        return item;
      },
    });
    expect(told.size).toBe(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * COUNT.atLeast);
  });
});

describe('in the line', () => {
  const settings = { ...AUTO, mode: 'auto' } as const;
  const scene = () => world({ rules: [rule], settings });
  const four = ['a', 'b', 'c', 'd'].map((secret, at) => readOf({ secret, second: at * 60 }));

  test('three are nothing, the fourth is one finding, and the fifth is the same burst', async () => {
    const { start } = scene();
    const found: string[][] = [];
    for (const each of [...four, readOf({ secret: 'e', second: 300 })])
      found.push((await detect(each, start())).fresh.map(({ because }) => because));
    expect(found).toEqual([[], [], [], ['mallory read 4 secrets'], []]);
  });

  test('somebody else counts apart', async () => {
    const { start } = scene();
    for (const each of four.slice(1)) await detect(each, start());
    const other = await detect(readOf({ secret: 'a', second: 0 }, 'bob'), start());
    expect(other.fresh).toEqual([]);
  });

  test('all at once: some process tells it, and one only', async () => {
    const { start } = scene();
    const all = [...four, ...four, ...four].map((each) => detect(each, start()));
    expect((await Promise.all(all)).flatMap((each) => each.fresh).length).toBe(1);
  });

  test('a match is one write, a repeated one none, and an event that the rule does not want neither', async () => {
    const counted = { writes: 0, reads: 0 };
    const counting = (store: Store): Store => ({
      async get(key) {
        counted.reads += 1;
        return store.get(key);
      },
      list: (partition, range) => store.list(partition, range),
      async write(writes) {
        counted.writes += 1;
        return store.write(writes);
      },
    });
    const { start } = world({
      rules: [{ ...rule, detect: (act) => (act.failed ? undefined : rule.detect(act, {} as never)) }],
      settings,
      store: counting,
    });
    await detect(four[0], start());
    expect(counted.writes).toBe(1);
    await detect(four[0], start());
    expect(counted.writes).toBe(1);
    const before = { ...counted };
    await detect({ ...four[1], errorCode: 'AccessDenied' }, start());
    expect(counted).toEqual(before);
  });
});
