// The part of the store's contract about writes: their conditions, transactions, and many at once.
import { describe, expect, test } from 'vitest';
import type { Store, Write } from '../core/ports.ts';
import type { MakeStore } from './store.model.ts';
import { at, fresh, KEY, put } from './store.place.ts';

export function oneWrite(makeStore: MakeStore): void {
  describe('one write', () => {
    const here = fresh(makeStore);
    test('what is not there reads as undefined', async () => {
      expect(await here.store.get(KEY)).toBeUndefined();
      expect(await here.store.list(KEY.partition)).toEqual([]);
    });

    test('expecting nothing, it creates once', async () => {
      expect(await here.store.write([put({ a: 1 }, 0)])).toBe(true);
      expect(await here.store.write([put({ a: 2 }, 0)])).toBe(false);
      expect(await here.store.get(KEY)).toEqual({ ...KEY, version: 1, value: { a: 1 } });
    });

    test('expecting a version, it replaces that one only', async () => {
      expect(await here.store.write([put({ a: 1 }, 1)])).toBe(false);
      await here.store.write([put({ a: 1 }, 0)]);
      expect(await here.store.write([put({ a: 2 }, 1)])).toBe(true);
      expect(await here.store.write([put({ a: 3 }, 1)])).toBe(false);
      expect(await here.store.get(KEY)).toEqual({ ...KEY, version: 2, value: { a: 2 } });
    });

    test('expecting anything, it counts up from what was there', async () => {
      for (const version of [1, 2, 3]) {
        expect(await here.store.write([put({ version }, 'any')])).toBe(true);
        expect(await here.store.get(KEY)).toEqual({ ...KEY, version, value: { version } });
      }
    });

    test('null deletes, under the same conditions; a version begins anew after it', async () => {
      await here.store.write([put({}, 'any')]);
      expect(await here.store.write([put(null, 0)])).toBe(false);
      expect(await here.store.write([put(null, 2)])).toBe(false);
      expect(await here.store.write([put(null, 1)])).toBe(true);
      expect(await here.store.get(KEY)).toBeUndefined();
      expect(await here.store.write([put(null, 1)])).toBe(false);
      expect(await here.store.write([put(null, 0)])).toBe(true);
      expect(await here.store.write([put(null, 'any')])).toBe(true);
      expect(await here.store.write([put({}, 0)])).toBe(true);
      expect(await here.store.get(KEY)).toMatchObject({ version: 1 });
    });

    test('what the caller does to its objects afterwards changes nothing', async () => {
      const value = { list: [1] };
      await here.store.write([put(value, 0)]);
      value.list.push(2);
      for (const seen of await here.store.list(KEY.partition)) (seen.value.list as number[]).push(3);
      expect((await here.store.get(KEY))?.value).toEqual({ list: [1] });
    });
  });
}

export function aTransaction(makeStore: MakeStore): void {
  describe('a transaction', () => {
    const here = fresh(makeStore);
    test('is all of its writes', async () => {
      await here.store.write([at('old', {}, 0), at('changed', { n: 1 }, 0)]);
      expect(
        await here.store.write([
          at('new', {}, 0),
          at('changed', { n: 2 }, 1),
          at('old', null, 1),
          at('any', {}, 'any'),
        ]),
      ).toBe(true);
      expect((await here.store.list('p')).map(({ sort, version }) => [sort, version])).toEqual([
        ['any', 1],
        ['changed', 2],
        ['new', 1],
      ]);
    });

    test.each([0, 1, 2, 3])('is none of them where number %i does not hold', async (bad) => {
      await here.store.write([at('there', { n: 1 }, 0)]);
      const good = [at('a', {}, 0), at('b', {}, 'any'), at('there', null, 1)];
      expect(await here.store.write(good.toSpliced(bad, 0, at('missing', {}, 7)))).toBe(false);
      expect(await here.store.list('p')).toEqual([{ partition: 'p', sort: 'there', version: 1, value: { n: 1 } }]);
    });

    test('spans partitions, and holds 25 writes', async () => {
      const writes = Array.from(
        { length: 25 },
        (_, index): Write => ({ partition: `p${index}`, sort: 's', expect: 0, value: {} }),
      );
      expect(await here.store.write(writes)).toBe(true);
      expect(await here.store.list('p24')).toHaveLength(1);
      await expect(here.store.write([...writes, at('more', {}, 0)])).rejects.toThrow(
        'at most 25 writes at once; these are 26',
      );
    });

    test('of nothing is done', async () => expect(await here.store.write([])).toBe(true));

    test('that names a key twice is refused, and says which', async () => {
      await expect(here.store.write([at('x', {}, 0), at('y', {}, 0), at('x', null, 'any')])).rejects.toThrow(
        '["p","x"] is written twice',
      );
      expect(await here.store.list('p')).toEqual([]);
    });
  });
}

export function manyAtOnce(makeStore: MakeStore): void {
  describe('many at once', () => {
    const here = fresh(makeStore);
    test('of 50 that create the same item, one wins', async () => {
      const won = await Promise.all(Array.from({ length: 50 }, (_, by) => here.store.write([put({ by }, 0)])));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await here.store.get(KEY))?.value).toEqual({ by: won.indexOf(true) });
    });

    test('of 20 transactions that share one item, one wins, and nothing of the others is left', async () => {
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, by) => here.store.write([at(`own${by}`, {}, 0), at('shared', { by }, 0)])),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await here.store.list('p')).map(({ sort }) => sort)).toEqual([`own${won.indexOf(true)}`, 'shared']);
    });

    test('counting by compare-and-swap loses nothing', async () => {
      await Promise.all(Array.from({ length: 10 }, () => countTo(here.store, 5)));
      expect(await here.store.get(KEY)).toEqual({ ...KEY, version: 50, value: { count: 50 } });
    });

    test('writes that expect anything are all counted', async () => {
      await Promise.all(Array.from({ length: 30 }, () => here.store.write([put({}, 'any')])));
      expect((await here.store.get(KEY))?.version).toBe(30);
    });
  });
}

async function countTo(store: Store, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const item = await store.get(KEY);
    const count = Number(item?.value.count ?? 0) + 1;
    if (await store.write([put({ count }, item?.version ?? 0)])) done += 1;
  }
}
