// The store for replay: it lives as long as the process, and however much goes in, what it holds is bounded.
import type { Store, Write } from '../core/ports.ts';
import { byCodePoint, checked, isExpired, itemOf, type Now, storedKey, storedRange, storedText } from './stored.ts';

/** `items` and `characters` of JSON are the most that is held; beyond them what was written longest ago goes first. */
export type MemoryOptions = { clock: Now; items?: number; characters?: number };

type Held = { partition: string; sort: string; version: number; text: string; expires: number | undefined };

type Shelf = {
  partitions: Map<string, Map<string, Held>>;
  /** By the time of the last write, oldest first. */
  order: Set<Held>;
  characters: number;
  writes: number;
};

/** A store in memory. Values are held as text, so that nobody changes them from outside. */
export function memoryStore({ clock, items = 200_000, characters = 64_000_000 }: MemoryOptions): Store {
  const shelf: Shelf = { partitions: new Map(), order: new Set(), characters: 0, writes: 0 };
  return {
    async get(key) {
      const held = find(shelf, key, clock.now());
      return held && itemOf(key.partition, { ...held, sort: key.sort });
    },
    async list(partition, range) {
      const within = storedRange(range);
      const all = shelf.partitions.get(storedKey({ partition, sort: '' }).partition);
      if (!within || !all) return [];
      const { from, to, limit } = within;
      const now = clock.now();
      return [...all.values()]
        .filter(({ sort, expires }) => {
          if (from !== undefined && byCodePoint(sort, from) < 0) return false;
          return (to === undefined || byCodePoint(sort, to) <= 0) && !isExpired(expires, now);
        })
        .sort((a, b) => byCodePoint(a.sort, b.sort))
        .slice(0, limit)
        .map((held) => itemOf(partition, held));
    },
    async write(writes) {
      const now = clock.now();
      const steps = checked(writes).map((write) => ({ write, version: find(shelf, write, now)?.version ?? 0 }));
      if (steps.some(({ write, version }) => write.expect !== 'any' && write.expect !== version)) return false;
      const next = steps.map(({ write, version }) => heldOf(write, version + 1));
      for (const each of next) put(shelf, each);
      tidy(shelf, now, { items, characters });
      return true;
    },
  };
}

function find(shelf: Shelf, key: { partition: string; sort: string }, now: number): Held | undefined {
  const { partition, sort } = storedKey(key);
  const held = shelf.partitions.get(partition)?.get(sort);
  return held && !isExpired(held.expires, now) ? held : undefined;
}

/** What will be held; an empty text stands for a deletion. */
function heldOf(write: Write, version: number): Held {
  const text = write.value === null ? '' : storedText(write, write.value);
  return { ...storedKey(write), version, text, expires: write.expires };
}

function put(shelf: Shelf, held: Held): void {
  const before = shelf.partitions.get(held.partition)?.get(held.sort);
  if (before) drop(shelf, before);
  shelf.writes += 1;
  if (held.text === '') return;
  const partition = shelf.partitions.get(held.partition) ?? new Map<string, Held>();
  shelf.partitions.set(held.partition, partition.set(held.sort, held));
  shelf.order.add(held);
  shelf.characters += held.text.length;
}

function drop(shelf: Shelf, held: Held): void {
  const partition = shelf.partitions.get(held.partition);
  partition?.delete(held.sort);
  if (partition?.size === 0) shelf.partitions.delete(held.partition);
  shelf.order.delete(held);
  shelf.characters -= held.text.length;
}

/**
 * Evicts in rounds, not one by one: a round looks at everything, and comes after as many writes as there are items or
 * when an eighth has filled up again, so that a write costs the same however much is held.
 */
function tidy(shelf: Shelf, now: number, most: { items: number; characters: number }): void {
  const full = shelf.order.size > most.items || shelf.characters > most.characters;
  if (!full && shelf.writes < Math.max(1024, shelf.order.size)) return;
  shelf.writes = 0;
  for (const held of shelf.order) if (isExpired(held.expires, now)) drop(shelf, held);
  if (!full) return;
  for (const held of shelf.order) {
    if (shelf.order.size <= Math.ceil(most.items * 0.875) && shelf.characters <= most.characters * 0.875) return;
    if (shelf.order.size > 1) drop(shelf, held);
  }
}
