// The append-only record: each entry holds the hash of the one before it, one chain per incident.
import { createHash } from 'node:crypto';
import type { Fields } from '../events/activity.ts';
import { isFields } from '../events/fields.ts';
import type { Store, Write } from './ports.ts';

export const ENTRY_KINDS = [
  'finding',
  'planned',
  'asked',
  'approved',
  'denied',
  'expired',
  'called',
  'carried',
  'verified',
  'failed',
  'refused',
  'undoing',
  'undone',
  'told',
] as const;

export type Entry = {
  incident: string;
  /** 1, 2, 3 … without a gap. */
  number: number;
  /** ISO 8601. */
  at: string;
  kind: (typeof ENTRY_KINDS)[number];
  about: Fields;
  /** The hash of the entry before; of the first, `''`. */
  previous: string;
  hash: string;
};

/** Where a chain ends: kept in the incident, so that a chain cut short shows. */
export type Head = { number: number; hash: string };

export const NO_HEAD: Head = { number: 0, hash: '' };

/** The entry that comes after `head`, and the write that appends it. */
export function append(
  incident: string,
  head: Head,
  kind: Entry['kind'],
  about: Fields,
  now: number,
): { head: Head; write: Write } {
  const body = {
    incident,
    number: head.number + 1,
    at: new Date(now).toISOString(),
    kind,
    about: plain(about),
    previous: head.hash,
  };
  const entry: Entry = { ...body, hash: hashOf(body) };
  return {
    head: { number: entry.number, hash: entry.hash },
    write: { partition: partitionOf(incident), sort: sortOf(entry.number), expect: 0, value: entry },
  };
}

/** The entries of an incident, in order. */
export async function entriesOf(store: Store, incident: string): Promise<Entry[]> {
  const items = await store.list(partitionOf(incident), { from: sortOf(0), to: 'entry#~' });
  return items.map((each) => each.value as unknown as Entry);
}

/** The first entry that does not hold, and why; undefined where the chain is whole and ends at `head`. */
export function firstBreak(
  incident: string,
  entries: Entry[],
  head: Head,
): { number: number; reason: string } | undefined {
  let last = NO_HEAD;
  for (const entry of entries) {
    const number = last.number + 1;
    const { hash, ...body } = entry;
    if (entry.number !== number) return { number, reason: `entry ${number} is missing` };
    if (entry.incident !== incident) return { number, reason: `entry ${number} belongs to incident ${entry.incident}` };
    if (entry.previous !== last.hash) return { number, reason: `entry ${number} does not follow the one before it` };
    if (hashOf(body) !== hash) return { number, reason: `entry ${number} was changed after it was written` };
    last = { number, hash };
  }
  if (last.number < head.number)
    return { number: last.number + 1, reason: `entry ${last.number + 1} is missing at the end` };
  return last.hash === head.hash
    ? undefined
    : { number: last.number, reason: `entry ${last.number} is not the one that the incident ends with` };
}

/** JSON with sorted keys: the same content has the same text, whichever store it went through. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value)
    .filter((each) => value[each] !== undefined)
    .sort();
  return `{${keys.map((each) => `${JSON.stringify(each)}:${canonical(value[each])}`).join(',')}}`;
}

/** What is left of a value after a round trip through JSON. */
export function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function hashOf(body: Omit<Entry, 'hash'>): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

function partitionOf(incident: string): string {
  return `incident#${incident}`;
}

function sortOf(number: number): string {
  return `entry#${String(number).padStart(8, '0')}`;
}
