// What the parts of the store's contract share: a fresh store before each test, and short words for writes.
import { beforeEach } from 'vitest';
import type { Key, Store, Write } from '../core/ports.ts';
import type { Fields } from '../events/activity.ts';
import type { MakeStore } from './store.model.ts';

export const KEY: Key = { partition: 'incident#i1', sort: 'change#1' };
export const START = 1_800_000_000;

/** A store and its clock (in seconds), new before each test of the block that asks for them. */
export function fresh(makeStore: MakeStore): { clock: { time: number }; readonly store: Store } {
  const clock = { time: START, now: () => clock.time * 1000 };
  let store: Store | undefined;
  beforeEach(async () => {
    clock.time = START;
    store = await makeStore(clock);
  });
  return {
    clock,
    get store() {
      if (!store) throw new Error('There is a store during a test only');
      return store;
    },
  };
}

export function put(value: Fields | null, expected: Write['expect']): Write {
  return { ...KEY, expect: expected, value };
}

export function at(sort: string, value: Fields | null, expected: Write['expect']): Write {
  return { partition: 'p', sort, expect: expected, value };
}
