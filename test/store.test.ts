// The stores that need nothing but Node, under the contract; and what each of them promises beyond it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { memoryStore } from '../adapters/memory.ts';
import { type SqliteStore, sqliteStore } from '../adapters/sqlite.ts';
import type { Store, Write } from '../core/ports.ts';
import { storeContract } from './store.contract.ts';
import { behavesLikeTheModel } from './store.model.ts';

const folder = mkdtempSync(join(tmpdir(), 'guardrail-store-'));
const opened: SqliteStore[] = [];
let files = 0;

afterAll(() => {
  for (const each of opened) each.close();
  rmSync(folder, { recursive: true });
});

function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

function openSqlite(file: string, clock?: { now(): number }): SqliteStore {
  const store = sqliteStore(file, clock && { clock });
  opened.push(store);
  return store;
}

storeContract('the store in memory', (clock) => memoryStore({ clock }));
storeContract('the store in SQLite', (clock) => openSqlite(':memory:', clock));

function item(sort: string, value: Write['value'] = {}, expires?: number): Write {
  return { partition: 'p', sort, expect: 'any', value, ...(expires !== undefined && { expires }) };
}

describe('the property finds a store that', () => {
  const real = (clock: { now(): number }) => memoryStore({ clock });
  const planted: { [bug: string]: (store: Store) => Store } = {
    'ignores what is expected': (store) => ({
      ...store,
      write: (writes) => store.write(writes.map((each) => ({ ...each, expect: 'any' }))),
    }),
    'writes the first half of what it refuses': (store) => ({
      ...store,
      write: async (writes) => (await Promise.all(writes.map((each) => store.write([each])))).every(Boolean),
    }),
    'lists without the upper bound': (store) => ({
      ...store,
      list: (partition, range) =>
        store.list(partition, range?.to === undefined ? range : { ...range, to: '\u{10ffff}' }),
    }),
    'sorts as JavaScript does': (store) => ({
      ...store,
      list: async (...of) => (await store.list(...of)).sort((a, b) => (a.sort < b.sort ? -1 : 1)),
    }),
    'never forgets': (store) => ({
      ...store,
      write: (writes) => store.write(writes.map(({ expires: _, ...each }) => each)),
    }),
  };

  test.each(Object.entries(planted))('%s', async (_, plant) => {
    const found = await fc.check(
      behavesLikeTheModel((clock) => plant(real(clock))),
      { numRuns: 2000, seed: 7 },
    );
    expect(found.failed).toBe(true);
  });
});

describe('the store in memory', () => {
  const clock = { time: 1_800_000_000, now: () => clock.time * 1000 };
  const held = async (store: Store) => (await store.list('p')).map(({ sort }) => Number(sort));

  test('holds no more items than it may, and lets go of those written longest ago', async () => {
    const store = memoryStore({ clock, items: 100 });
    for (let index = 1; index < 1000; index += 1)
      await store.write([item(String(index).padStart(4, '0')), item('0000')]);
    const left = await held(store);
    expect(left.length).toBeGreaterThanOrEqual(87);
    expect(left.length).toBeLessThanOrEqual(100);
    expect(left.slice(0, 2)).toEqual([0, 1000 - left.length + 1]);
  });

  test('holds no more text than it may, but always what was written last', async () => {
    const store = memoryStore({ clock, characters: 10_000 });
    for (let index = 0; index < 50; index += 1) await store.write([item(`${index}`, { text: 'x'.repeat(1000) })]);
    expect((await held(store)).length).toBeLessThan(10);
    await store.write([item('99', { text: 'x'.repeat(20_000) })]);
    expect(await held(store)).toEqual([99]);
  });

  test('lets go of what has expired, not only hides it', async () => {
    const store = memoryStore({ clock });
    await store.write([item('1', {}, clock.time + 1)]);
    clock.time += 1;
    for (let index = 0; index < 2000; index += 1) await store.write([item('2')]);
    clock.time -= 1;
    expect(await held(store)).toEqual([2]);
  });

  test('takes as long for a write when it is full as when it is empty', async () => {
    const store = memoryStore({ clock, items: 20_000 });
    const took = async (from: number) => {
      const start = performance.now();
      for (let index = from; index < from + 20_000; index += 1)
        await store.write([{ ...item('s'), partition: `p${index}` }]);
      return performance.now() - start;
    };
    const empty = await took(0);
    const full = Math.min(await took(20_000), await took(40_000), await took(60_000));
    expect(full / empty).toBeLessThan(5);
  });
});

describe('the store in SQLite', () => {
  test('creates its folder, and finds again what it held when it was closed', async () => {
    const file = join(folder, 'deep', 'er', 'state.db');
    const first = sqliteStore(file);
    await first.write([item('a', { n: 1 }), item('b', {}, 1)]);
    first.close();
    const again = openSqlite(file);
    expect(await again.list('p')).toEqual([{ partition: 'p', sort: 'a', version: 1, value: { n: 1 } }]);
  });

  test('two handles on a file see each other, and of two that race one wins', async () => {
    const file = newFile();
    const [one, other] = [openSqlite(file), openSqlite(file)];
    for (let round = 1; round <= 20; round += 1) {
      const writes = [{ ...item('lease', { round }), expect: round - 1 }];
      expect((await Promise.all([one.write(writes), other.write(writes)])).filter(Boolean)).toHaveLength(1);
      expect(await one.list('p')).toEqual(await other.list('p'));
    }
  });

  test('processes that open a new file at once and count in it lose nothing', async () => {
    const file = newFile();
    const program = join(import.meta.dirname, 'store.counter.ts');
    const exits = Array.from({ length: 6 }, () => once(fork(program, [file, '50']), 'exit'));
    expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await openSqlite(file).get({ partition: 'p', sort: 'n' })).toMatchObject({
      version: 300,
      value: { count: 300 },
    });
  });

  test('says which file it cannot open, and why', () => {
    const text = newFile();
    writeFileSync(text, 'This is a text, and long enough that it is no database header.'.repeat(20));
    expect(() => sqliteStore(text)).toThrow(`Cannot open the state file ${text}: file is not a database`);
    expect(() => sqliteStore(folder)).toThrow(`Cannot open the state file ${folder}: unable to open database file`);
    expect(() => sqliteStore(join(text, 'state.db'))).toThrow(`Cannot open the state file ${join(text, 'state.db')}: `);
  });
});
