// What is remembered of one actor in one account: its incidents' hours, since when it is known, and what it has done.
import { createHash } from 'node:crypto';
import type { Activity } from '../events/activity.ts';
import { isFields } from '../events/fields.ts';
import { short } from './key.ts';
import { networkOf } from './network.ts';
import type { Item, Key, Store, Write } from './ports.ts';
import type { Acquaintance } from './risk.ts';

/** The time between the first and the last finding of an incident, in ms. */
export type Window = { incident: string; first: number; last: number };

/** When something was last seen, in ms since the epoch. */
type Seen = { [what: string]: number };

/** `names`: of events; `networks`: as `networkOf` says; `keys`: ids of long-term access keys. */
export type ActorMemory = { since: number; names: Seen; networks: Seen; keys: Seen; windows: Window[] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOWS = 16;
const MOST = 300;
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
  if (!memory) return { days: 0, before: false, newNetwork: undefined, newKey: undefined };
  const network = networkOf(activity.source);
  const key = longTermKey(activity);
  return {
    days: Math.max(0, (activity.time - memory.since) / DAY),
    before: isIn(memory.names, activity.name),
    newNetwork: network && !isIn(memory.networks, network) ? network : undefined,
    newKey: key && !isIn(memory.keys, key) ? key : undefined,
  };
}

function isIn(seen: unknown, what: string): boolean {
  return isFields(seen) && Object.hasOwn(seen, what);
}

/** A session's key is new each time. */
function longTermKey({ actor }: Activity): string | undefined {
  return actor.longTerm ? actor.key : undefined;
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
  const seenIn = (seen: Seen | undefined, what: string | undefined) =>
    ordinary && what ? latest({ ...seen, [what]: Math.max(seen?.[what] ?? 0, activity.time) }) : (seen ?? {});
  const windows = [...(memory?.windows ?? []).filter((each) => each.incident !== window.incident), window];
  const value: ActorMemory = {
    since: Math.min(memory?.since ?? activity.time, activity.time),
    names: seenIn(memory?.names, activity.name),
    networks: seenIn(memory?.networks, networkOf(activity.source)),
    keys: seenIn(memory?.keys, longTermKey(activity)),
    windows: windows.sort((a, b) => a.last - b.last).slice(-WINDOWS),
  };
  return { ...keyOf(activity), expect: version, value, expires: Math.floor((activity.time + EXPIRES) / 1000) };
}

function latest(seen: Seen): Seen {
  const entries = Object.entries(seen);
  return entries.length <= MOST ? seen : Object.fromEntries(entries.sort((a, b) => b[1] - a[1]).slice(0, MOST));
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
