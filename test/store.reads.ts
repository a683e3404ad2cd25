// The part of the store's contract about what is found again: lists, hostile text, and what expires.
import { beforeEach, describe, expect, test } from 'vitest';
import { storedKey } from '../adapters/stored.ts';
import type { Fields } from '../events/activity.ts';
import type { MakeStore } from './store.model.ts';
import { at, fresh, KEY, put, START } from './store.place.ts';

export function aList(makeStore: MakeStore): void {
  describe('a list', () => {
    const here = fresh(makeStore);
    const sorts = async (range?: { from?: string; to?: string; limit?: number }) =>
      (await here.store.list('p', range)).map(({ sort }) => sort);
    beforeEach(async () => {
      await here.store.write(['b', 'a', 'a#2', 'a#10', 'B', '🔑', '～', 'é'].map((sort) => at(sort, { sort }, 0)));
      await here.store.write([{ partition: 'p2', sort: 'a', expect: 0, value: {} }]);
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
      for (let index = 0; index < 5; index += 1)
        await here.store.write([{ partition: 'big', sort: `${index}`, expect: 0, value: { text } }]);
      expect((await here.store.list('big')).map(({ value }) => value.text === text)).toEqual([
        true,
        true,
        true,
        true,
        true,
      ]);
      expect(await here.store.list('big', { from: '1', limit: 4 })).toHaveLength(4);
    });
  });
}

export function whatEventsWrite(makeStore: MakeStore): void {
  describe('what events write', () => {
    const here = fresh(makeStore);
    const odd = [
      '',
      '\ud800',
      '\udfff',
      '\ud801',
      '\u0000',
      'a\u0000',
      '\u0001',
      '\ufffd',
      '__proto__',
      'constructor',
      "' OR 1=1 --",
      '🔑',
    ];
    const long = ['x'.repeat(5000), `${'x'.repeat(4999)}y`, '🔑'.repeat(600), '\ud800'.repeat(3000)];

    test('may be a key: each is found under itself and listed as itself', async () => {
      const all = [...odd, ...long];
      for (const text of all) {
        expect(await here.store.write([{ partition: text, sort: 's', expect: 0, value: { text } }])).toBe(true);
        expect(await here.store.write([{ partition: 'p', sort: text, expect: 0, value: { text } }])).toBe(true);
      }
      for (const text of all) {
        expect(await here.store.get({ partition: text, sort: 's' })).toEqual({
          partition: text,
          sort: 's',
          version: 1,
          value: { text },
        });
        expect(await here.store.list(text)).toEqual([{ partition: text, sort: 's', version: 1, value: { text } }]);
        expect(await here.store.get({ partition: 'p', sort: text })).toEqual({
          partition: 'p',
          sort: text,
          version: 1,
          value: { text },
        });
      }
      expect(new Set((await here.store.list('p')).map(({ sort }) => sort))).toEqual(new Set(all));
    });

    test('cannot be made to equal the key that stands for another', async () => {
      const forged = storedKey({ partition: 'p', sort: '\ud800' }).sort;
      await here.store.write([at('\ud800', { is: 'half a pair' }, 0)]);
      expect(await here.store.get({ partition: 'p', sort: forged })).toBeUndefined();
      expect(await here.store.write([at(forged, { is: 'forged' }, 0)])).toBe(true);
      expect((await here.store.get({ partition: 'p', sort: '\ud800' }))?.value).toEqual({ is: 'half a pair' });
    });

    test('may be a value, down to the last code unit', async () => {
      const value = JSON.parse(
        `{"__proto__":{"admin":true},"constructor":1,"":"","half":"\\ud800","deep":[[[{"a":null}]]],"n":-1.5e-7}`,
      ) as Fields;
      await here.store.write([put(value, 0)]);
      const seen = (await here.store.get(KEY))?.value;
      expect(JSON.stringify(seen)).toBe(JSON.stringify(value));
      expect(Object.getPrototypeOf(seen)).toBe(Object.prototype);
    });

    test('may be large: 300 kB, in three-byte characters too', async () => {
      const texts = { ascii: 'x'.repeat(300_000), wide: '～'.repeat(100_000) };
      for (const [sort, text] of Object.entries(texts)) {
        expect(await here.store.write([at(sort, { text }, sort === 'wide' ? 0 : 'any')])).toBe(true);
        expect((await here.store.get({ partition: 'p', sort }))?.value.text === text).toBe(true);
      }
    });
  });
}

export function anItemThatExpires(makeStore: MakeStore): void {
  describe('an item that expires', () => {
    const here = fresh(makeStore);
    beforeEach(async () => {
      await here.store.write([{ ...put({ a: 1 }, 0), expires: START + 10 }, at('stays', {}, 0)]);
    });

    test('is there until its second, and then gone from reads and lists', async () => {
      here.clock.time = START + 9;
      expect(await here.store.get(KEY)).toMatchObject({ version: 1 });
      here.clock.time = START + 10;
      expect(await here.store.get(KEY)).toBeUndefined();
      expect(await here.store.list(KEY.partition)).toEqual([]);
      expect(await here.store.list('p')).toHaveLength(1);
    });

    test('counts as none for what is expected', async () => {
      here.clock.time = START + 10;
      expect(await here.store.write([put({ a: 2 }, 1)])).toBe(false);
      expect(await here.store.write([put(null, 1)])).toBe(false);
      expect(await here.store.write([put({ a: 2 }, 0)])).toBe(true);
      expect(await here.store.get(KEY)).toEqual({ ...KEY, version: 1, value: { a: 2 } });
    });

    test('may be written over by whoever expects anything, in a transaction too', async () => {
      here.clock.time = START + 10;
      expect(await here.store.write([put({ a: 2 }, 'any'), at('stays', {}, 1)])).toBe(true);
      expect((await here.store.get(KEY))?.value).toEqual({ a: 2 });
    });

    test('stays for good when written again without an end', async () => {
      await here.store.write([put({ a: 2 }, 'any')]);
      here.clock.time = START + 1000;
      expect(await here.store.get(KEY)).toMatchObject({ version: 2, value: { a: 2 } });
    });

    test('does not use up the limit of a list', async () => {
      await here.store.write(['1', '2', '3'].map((sort) => ({ ...at(sort, {}, 0), expires: START + 5 })));
      here.clock.time = START + 5;
      expect(await here.store.list('p', { limit: 1 })).toMatchObject([{ sort: 'stays' }]);
    });

    test('has a second that is a number, in whole seconds or not', async () => {
      await expect(here.store.write([{ ...at('x', {}, 0), expires: Number.NaN }])).rejects.toThrow('not at NaN: "x"');
      await here.store.write([{ ...at('x', {}, 0), expires: START + 0.5 }]);
      expect(await here.store.get({ partition: 'p', sort: 'x' })).toBeDefined();
    });
  });
}
