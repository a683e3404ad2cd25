// What the line may rely on, whichever store it runs on: one suite, run against every driver.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fields } from '../events/activity.ts';
import type { Key, Store, Write } from '../core/ports.ts';
import { behavesLikeTheModel, type MakeStore } from './store.model.ts';

const KEY: Key = { partition: 'incident#i1', sort: 'change#1' };
const START = 1_800_000_000;

/** `runs` is how many sequences are tried against the model. */
export function storeContract(name: string, makeStore: MakeStore, { runs = 200 } = {}): void {
  describe(name, () => {
    const clock = { time: START, now: () => clock.time * 1000 };
    let store: Store;

    beforeEach(async () => {
      clock.time = START;
      store = await makeStore(clock);
    });

    describe('one write', () => {
      test('what is not there reads as undefined', async () => {
        expect(await store.get(KEY)).toBeUndefined();
        expect(await store.list(KEY.partition)).toEqual([]);
      });

      test('expecting nothing, it creates once', async () => {
        expect(await store.write([put({ a: 1 }, 0)])).toBe(true);
        expect(await store.write([put({ a: 2 }, 0)])).toBe(false);
        expect(await store.get(KEY)).toEqual({ ...KEY, version: 1, value: { a: 1 } });
      });

      test('expecting a version, it replaces that one only', async () => {
        expect(await store.write([put({ a: 1 }, 1)])).toBe(false);
        await store.write([put({ a: 1 }, 0)]);
        expect(await store.write([put({ a: 2 }, 1)])).toBe(true);
        expect(await store.write([put({ a: 3 }, 1)])).toBe(false);
        expect(await store.get(KEY)).toEqual({ ...KEY, version: 2, value: { a: 2 } });
      });

      test('expecting anything, it counts up from what was there', async () => {
        for (const version of [1, 2, 3]) {
          expect(await store.write([put({ version }, 'any')])).toBe(true);
          expect(await store.get(KEY)).toEqual({ ...KEY, version, value: { version } });
        }
      });

      test('null deletes, under the same conditions; a version begins anew after it', async () => {
        await store.write([put({}, 'any')]);
        expect(await store.write([put(null, 0)])).toBe(false);
        expect(await store.write([put(null, 2)])).toBe(false);
        expect(await store.write([put(null, 1)])).toBe(true);
        expect(await store.get(KEY)).toBeUndefined();
        expect(await store.write([put(null, 1)])).toBe(false);
        expect(await store.write([put(null, 0)])).toBe(true);
        expect(await store.write([put(null, 'any')])).toBe(true);
        expect(await store.write([put({}, 0)])).toBe(true);
        expect(await store.get(KEY)).toMatchObject({ version: 1 });
      });

      test('what the caller does to its objects afterwards changes nothing', async () => {
        const value = { list: [1] };
        await store.write([put(value, 0)]);
        value.list.push(2);
        const seen = await store.get(KEY);
        (seen?.value.list as number[]).push(3);
        expect((await store.get(KEY))?.value).toEqual({ list: [1] });
      });
    });

    describe('a transaction', () => {
      test('is all of its writes', async () => {
        await store.write([at('old', {}, 0), at('changed', { n: 1 }, 0)]);
        expect(await store.write([at('new', {}, 0), at('changed', { n: 2 }, 1), at('old', null, 1), at('any', {}, 'any')])).toBe(true);
        expect((await store.list('p')).map(({ sort, version }) => [sort, version])).toEqual([['any', 1], ['changed', 2], ['new', 1]]);
      });

      test.each([0, 1, 2, 3])('is none of them where number %i does not hold', async (bad) => {
        await store.write([at('there', { n: 1 }, 0)]);
        const good = [at('a', {}, 0), at('b', {}, 'any'), at('there', null, 1)];
        expect(await store.write(good.toSpliced(bad, 0, at('missing', {}, 7)))).toBe(false);
        expect(await store.list('p')).toEqual([{ partition: 'p', sort: 'there', version: 1, value: { n: 1 } }]);
      });

      test('spans partitions, and holds 25 writes', async () => {
        const writes = Array.from({ length: 25 }, (_, index): Write => ({ partition: `p${index}`, sort: 's', expect: 0, value: {} }));
        expect(await store.write(writes)).toBe(true);
        expect(await store.list('p24')).toHaveLength(1);
        await expect(store.write([...writes, at('more', {}, 0)])).rejects.toThrow('at most 25 writes at once; these are 26');
      });

      test('of nothing is done', async () => expect(await store.write([])).toBe(true));

      test('that names a key twice is refused, and says which', async () => {
        await expect(store.write([at('x', {}, 0), at('y', {}, 0), at('x', null, 'any')])).rejects.toThrow('["p","x"] is written twice');
        expect(await store.list('p')).toEqual([]);
      });
    });

    describe('a list', () => {
      const sorts = async (range?: { from?: string; to?: string; limit?: number }) => (await store.list('p', range)).map(({ sort }) => sort);
      beforeEach(async () => {
        await store.write(['b', 'a', 'a#2', 'a#10', 'B', '🔑', '～', 'é'].map((sort) => at(sort, { sort }, 0)));
        await store.write([{ partition: 'p2', sort: 'a', expect: 0, value: {} }]);
      });

      test('is one partition in the order of UTF-8', async () => {
        expect(await sorts()).toEqual(['B', 'a', 'a#10', 'a#2', 'b', 'é', '～', '🔑']);
      });

      test('has both bounds in it, and either may be open', async () => {
        expect(await sorts({ from: 'a', to: 'a#2' })).toEqual(['a', 'a#10', 'a#2']);
        expect(await sorts({ from: 'a#', to: 'a#~' })).toEqual(['a#10', 'a#2']);
        expect(await sorts({ from: 'é' })).toEqual(['é', '～', '🔑']);
        expect(await sorts({ to: 'a' })).toEqual(['B', 'a']);
        expect(await sorts({ from: '～', to: '🔑' })).toEqual(['～', '🔑']);
        expect(await sorts({ from: '', to: 'B' })).toEqual(['B']);
        expect(await sorts({ from: 'b', to: 'a' })).toEqual([]);
        expect(await sorts({ to: '' })).toEqual([]);
      });

      test('ends at its limit', async () => {
        expect(await sorts({ limit: 2 })).toEqual(['B', 'a']);
        expect(await sorts({ from: 'a', limit: 2 })).toEqual(['a', 'a#10']);
        expect(await sorts({ limit: 0 })).toEqual([]);
        expect(await sorts({ limit: 100 })).toHaveLength(8);
      });

      test('is whole where it is more than a megabyte, the most that DynamoDB returns at once', async () => {
        const text = 'x'.repeat(300_000);
        for (let index = 0; index < 5; index += 1) await store.write([{ partition: 'big', sort: `${index}`, expect: 0, value: { text } }]);
        expect((await store.list('big')).map(({ value }) => value.text === text)).toEqual([true, true, true, true, true]);
        expect(await store.list('big', { from: '1', limit: 4 })).toHaveLength(4);
      });
    });

    describe('what events write', () => {
      const odd = ['', '\ud800', '\udfff', '\ud801', '\u0000', 'a\u0000', '\u0001', '\ufffd', '__proto__', 'constructor', "' OR 1=1 --", '🔑'];
      const long = ['x'.repeat(5000), `${'x'.repeat(4999)}y`, '🔑'.repeat(600), '\ud800'.repeat(3000)];

      test('may be a key: each is found under itself and listed as itself', async () => {
        const all = [...odd, ...long];
        for (const text of all) {
          expect(await store.write([{ partition: text, sort: 's', expect: 0, value: { text } }])).toBe(true);
          expect(await store.write([{ partition: 'p', sort: text, expect: 0, value: { text } }])).toBe(true);
        }
        for (const text of all) {
          expect(await store.get({ partition: text, sort: 's' })).toEqual({ partition: text, sort: 's', version: 1, value: { text } });
          expect(await store.list(text)).toEqual([{ partition: text, sort: 's', version: 1, value: { text } }]);
          expect(await store.get({ partition: 'p', sort: text })).toEqual({ partition: 'p', sort: text, version: 1, value: { text } });
        }
        expect(new Set((await store.list('p')).map(({ sort }) => sort))).toEqual(new Set(all));
      });

      test('cannot be made to equal the key that stands for another', async () => {
        await store.write([at('\ud800', { from: 'half a pair' }, 0)]);
        const [digest] = ['\ufffd\u00012d4d5c2a', '\ufffd'];
        expect(await store.get({ partition: 'p', sort: digest ?? '' })).toBeUndefined();
      });

      test('may be a value, down to the last code unit', async () => {
        const value = JSON.parse(`{"__proto__":{"admin":true},"constructor":1,"":"","half":"\\ud800","deep":[[[{"a":null}]]],"n":-1.5e-7}`) as Fields;
        await store.write([put(value, 0)]);
        const seen = (await store.get(KEY))?.value;
        expect(JSON.stringify(seen)).toBe(JSON.stringify(value));
        expect(Object.getPrototypeOf(seen)).toBe(Object.prototype);
      });

      test('may be large: 300 kB, in three-byte characters too', async () => {
        for (const text of ['x'.repeat(300_000), '～'.repeat(100_000)]) {
          expect(await store.write([put({ text }, 'any')])).toBe(true);
          expect((await store.get(KEY))?.value.text === text).toBe(true);
        }
      });
    });

    describe('many at once', () => {
      test('of 50 that create the same item, one wins', async () => {
        const won = await Promise.all(Array.from({ length: 50 }, (_, by) => store.write([put({ by }, 0)])));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect((await store.get(KEY))?.value).toEqual({ by: won.indexOf(true) });
      });

      test('of 20 transactions that share one item, one wins, and nothing of the others is left', async () => {
        const won = await Promise.all(Array.from({ length: 20 }, (_, by) => store.write([at(`own${by}`, {}, 0), at('shared', { by }, 0)])));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect((await store.list('p')).map(({ sort }) => sort)).toEqual([`own${won.indexOf(true)}`, 'shared']);
      });

      test('counting by compare-and-swap loses nothing', async () => {
        await Promise.all(Array.from({ length: 10 }, () => countTo(store, 5)));
        expect(await store.get(KEY)).toEqual({ ...KEY, version: 50, value: { count: 50 } });
      });

      test('writes that expect anything are all counted', async () => {
        await Promise.all(Array.from({ length: 30 }, () => store.write([put({}, 'any')])));
        expect((await store.get(KEY))?.version).toBe(30);
      });
    });

    describe('an item that expires', () => {
      beforeEach(async () => {
        await store.write([{ ...put({ a: 1 }, 0), expires: START + 10 }, at('stays', {}, 0)]);
      });

      test('is there until its second, and then gone from reads and lists', async () => {
        clock.time = START + 9;
        expect(await store.get(KEY)).toMatchObject({ version: 1 });
        clock.time = START + 10;
        expect(await store.get(KEY)).toBeUndefined();
        expect(await store.list(KEY.partition)).toEqual([]);
        expect(await store.list('p')).toHaveLength(1);
      });

      test('counts as none for what is expected', async () => {
        clock.time = START + 10;
        expect(await store.write([put({ a: 2 }, 1)])).toBe(false);
        expect(await store.write([put(null, 1)])).toBe(false);
        expect(await store.write([put({ a: 2 }, 0)])).toBe(true);
        expect(await store.get(KEY)).toEqual({ ...KEY, version: 1, value: { a: 2 } });
      });

      test('may be written over by whoever expects anything, in a transaction too', async () => {
        clock.time = START + 10;
        expect(await store.write([put({ a: 2 }, 'any'), at('stays', {}, 1)])).toBe(true);
        expect((await store.get(KEY))?.value).toEqual({ a: 2 });
      });

      test('stays for good when written again without an end', async () => {
        await store.write([put({ a: 2 }, 'any')]);
        clock.time = START + 1000;
        expect(await store.get(KEY)).toMatchObject({ version: 2, value: { a: 2 } });
      });

      test('does not use up the limit of a list', async () => {
        await store.write(['1', '2', '3'].map((sort) => ({ ...at(sort, {}, 0), expires: START + 5 })));
        clock.time = START + 5;
        expect(await store.list('p', { limit: 1 })).toMatchObject([{ sort: 'stays' }]);
      });

      test('has a second that is a number, in whole seconds or not', async () => {
        await expect(store.write([{ ...at('x', {}, 0), expires: Number.NaN }])).rejects.toThrow('not at NaN: "x"');
        await store.write([{ ...at('x', {}, 0), expires: START + 0.5 }]);
        expect(await store.get({ partition: 'p', sort: 'x' })).toBeDefined();
      });
    });

    test('any sequence of steps has the answers of a plain map', async () => {
      await fc.assert(behavesLikeTheModel(makeStore), { numRuns: runs });
    });
  });
}

function put(value: Fields | null, expected: Write['expect']): Write {
  return { ...KEY, expect: expected, value };
}

function at(sort: string, value: Fields | null, expected: Write['expect']): Write {
  return { partition: 'p', sort, expect: expected, value };
}

async function countTo(store: Store, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const item = await store.get(KEY);
    const count = Number(item?.value.count ?? 0) + 1;
    if (await store.write([put({ count }, item?.version ?? 0)])) done += 1;
  }
}
