// What is remembered of one actor in one account: its incidents' hours, since when it is known, and what it has done.
import { createHash } from 'node:crypto';
import type { Activity } from '../events/activity.ts';
import { isFields } from '../events/fields.ts';
import { short } from './key.ts';
import type { Item, Key, Store, Write } from './ports.ts';
import type { Acquaintance } from './risk.ts';

/** The time between the first and the last finding of an incident, in ms. */
export type Window = { incident: string; first: number; last: number };

export type ActorMemory = { since: number; names: { [event: string]: number }; windows: Window[] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOWS = 16;
const NAMES = 300;
const EXPIRES = 90 * DAY;

/** An actor's memory, and the version of the item that holds it. */
export type Recollection = { memory: ActorMemory | undefined; version: number };

/** What the store knows of the actor. */
export async function recollect(store: Store, activity: Activity): Promise<Recollection> {
  const item: Item | undefined = await store.get(keyOf(activity));
  return { memory: item && (item.value as unknown as ActorMemory), version: item?.version ?? 0 };
}

/** How well the actor is known, before this activity. */
export function acquaintance({ memory }: Recollection, activity: Activity): Acquaintance {
  if (!memory) return { days: 0, before: false };
  const names = isFields(memory.names) ? memory.names : {};
  return { days: Math.max(0, (activity.time - memory.since) / DAY), before: Object.hasOwn(names, activity.name) };
}

/** The incident that the activity belongs to: one whose hour it falls into, before or after, or a new one. */
export function incidentFor({ memory }: Recollection, activity: Activity): Window {
  const open = memory?.windows.find((each) => isWithin(each, activity.time));
  if (!open) return { incident: newId(activity), first: activity.time, last: activity.time };
  return {
    incident: open.incident,
    first: Math.min(open.first, activity.time),
    last: Math.max(open.last, activity.time),
  };
}

/** Within an hour of the window, before or after, and with it no longer than a day: an incident stays small. */
function isWithin({ first, last }: Window, time: number): boolean {
  const near = time >= first - HOUR && time <= last + HOUR;
  return near && Math.max(last, time) - Math.min(first, time) <= DAY;
}

/** The write that remembers the activity, and as familiar only what `ordinary` says was done and raised no alarm; it fails when somebody else remembered something meanwhile. */
export function rememberActor(
  { memory, version }: Recollection,
  activity: Activity,
  window: Window,
  ordinary: boolean,
): Write {
  const seen = ordinary ? { [activity.name]: Math.max(memory?.names[activity.name] ?? 0, activity.time) } : {};
  const names = latest({ ...memory?.names, ...seen });
  const windows = [...(memory?.windows ?? []).filter((each) => each.incident !== window.incident), window];
  const value: ActorMemory = {
    since: Math.min(memory?.since ?? activity.time, activity.time),
    names,
    windows: windows.sort((a, b) => a.last - b.last).slice(-WINDOWS),
  };
  return { ...keyOf(activity), expect: version, value, expires: Math.floor((activity.time + EXPIRES) / 1000) };
}

function latest(names: ActorMemory['names']): ActorMemory['names'] {
  const entries = Object.entries(names);
  return entries.length <= NAMES ? names : Object.fromEntries(entries.sort((a, b) => b[1] - a[1]).slice(0, NAMES));
}

function keyOf(activity: Activity): Key {
  return { partition: short(`actor#${activity.account}#${activity.actor.id}`), sort: 'memory' };
}

/** Short enough to read out: `i` and nine of 32 letters, from what the incident began with. */
function newId(activity: Activity): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([activity.account, activity.actor.id, activity.id]))
    .digest();
  return `i${[...bytes.subarray(0, 9)].map((each) => ALPHABET[each % 32]).join('')}`;
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789';
