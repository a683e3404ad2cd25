// What all stores do alike, so that each of them accepts, refuses, orders and returns the same.
import { createHash } from 'node:crypto';
import type { Item, Key, Write } from '../core/ports.ts';
import type { Fields } from '../events/activity.ts';

/** Milliseconds since the epoch. */
export type Now = { now(): number };

/** A range of stored sort keys; undefined bounds are open. */
export type StoredRange = { from: string | undefined; to: string | undefined; limit: number };

/**
 * DynamoDB's limits in bytes of UTF-8, and 25 writes as the port says.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const LONGEST = { partition: 2048, sort: 1024 };
const MOST_WRITES = 25;
/** A character that no ordinary key has: what carries it can only have been made here. */
const MARK = '\u0001';

/**
 * The key under which any key is kept. Events write parts of keys, and no store keeps an empty one, a very long one or
 * half a surrogate pair: those become their beginning and a digest, which no other key can be made to equal.
 */
export function storedKey({ partition, sort }: Key): Key {
  return { partition: storable(partition, LONGEST.partition), sort: storable(sort, LONGEST.sort) };
}

/** The range over stored sort keys; undefined where nothing can lie in it. */
export function storedRange(range: { from?: string; to?: string; limit?: number } = {}): StoredRange | undefined {
  const from = range.from ? storable(range.from, LONGEST.sort) : undefined;
  const to = range.to === undefined ? undefined : storable(range.to, LONGEST.sort);
  const limit = Math.floor(range.limit ?? Number.MAX_SAFE_INTEGER);
  const empty = limit < 1 || (from !== undefined && to !== undefined && byCodePoint(from, to) > 0);
  return empty ? undefined : { from, to, limit };
}

/** The value as JSON text, in which half a surrogate pair is escaped; with the sort key where that is kept as a digest. */
export function storedText({ sort }: Key, value: Fields): string {
  return JSON.stringify(isOrdinary(sort, LONGEST.sort) ? value : [sort, value]);
}

/** The item as the port gives it, from the partition that was asked for and what was kept. */
export function itemOf(partition: string, stored: { sort: string; version: number; text: string }): Item {
  const kept = JSON.parse(stored.text) as Fields | [string, Fields];
  const [sort, value] = Array.isArray(kept) ? (kept as [string, Fields]) : [stored.sort, kept as Fields];
  return { partition, sort, version: stored.version, value };
}

/** The writes with an `expires` in whole seconds. Throws where a write names a key twice, or there are more than 25. */
export function checked(writes: Write[]): Write[] {
  if (writes.length > MOST_WRITES) {
    throw new Error(`A store takes at most ${MOST_WRITES} writes at once; these are ${writes.length}`);
  }
  const seen = new Set<string>();
  for (const { partition, sort } of writes) {
    const name = JSON.stringify([partition, sort]);
    if (seen.has(name)) throw new Error(`A store writes a key once in a transaction; ${name} is written twice`);
    seen.add(name);
  }
  return writes.map(whole);
}

/** Expired items are gone at the second that they name, however late a store deletes them. */
export function isExpired(expires: number | undefined, now: number): boolean {
  return expires !== undefined && expires <= seconds(now);
}

export function seconds(now: number): number {
  return Math.floor(now / 1000);
}

/** The order of UTF-8, which SQLite and DynamoDB sort by: JavaScript's own puts emoji before U+E000 to U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function storable(text: string, longest: number): string {
  if (isOrdinary(text, longest)) return text;
  const digest = createHash('sha256').update(JSON.stringify(text)).digest('hex');
  return `${text.slice(0, 300).toWellFormed()}${MARK}${digest}`;
}

function isOrdinary(text: string, longest: number): boolean {
  if (text === '' || !text.isWellFormed() || text.includes(MARK)) return false;
  return text.length * 3 <= longest || Buffer.byteLength(text) <= longest;
}

function whole(write: Write): Write {
  if (write.expires === undefined) return write;
  if (!Number.isFinite(write.expires)) {
    throw new Error(
      `An item expires at a second since the epoch, not at ${write.expires}: ${JSON.stringify(write.sort)}`,
    );
  }
  return { ...write, expires: Math.ceil(write.expires) };
}
