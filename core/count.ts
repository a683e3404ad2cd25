// Bursts: matches that are nothing alone, counted over the records' own time, in whatever order they come and however often.
import type { Activity } from '../events/activity.ts';
import { short } from './key.ts';
import type { Clock, Item, Key, Store } from './ports.ts';
import type { Count, Rule } from './rule.ts';

/** A burst that a match belongs to: `place` is where its finding is told, once. */
export type Burst = { id: string; place: Key };

/** By a distinct value when it was first and last seen in the stretch of time, in ms since the epoch. */
type Stretch = { [value: string]: readonly [first: number, last: number] };

const DAY = 86_400;

/** So often somebody else may count at the same moment. */
const TRIES = 30;

/** Counts the match, and returns the bursts that it belongs to. It is one write, and none where it tells nothing new. */
export async function countIn(
  store: Store,
  clock: Pick<Clock, 'sleep'>,
  rule: Rule,
  count: Count,
  activity: Activity,
): Promise<Burst[]> {
  const per = count.per ? count.per(activity) : activity.actor.id;
  const value = count.distinct ? count.distinct(activity) : activity.id;
  if (per === undefined || value === undefined) return [];
  const length = count.minutes * 60_000;
  const number = Math.floor(activity.time / length);
  const placeOf = (stretch: number): Key => ({
    partition: short(`count#${activity.account}#${rule.id}#${stretch}#${per}`),
    sort: 'seen',
  });
  const expires = Math.floor((number + 2) * count.minutes * 60) + DAY;
  const place = { ...placeOf(number), expires };
  for (let tries = 0; !(await add(store, place, short(value), activity.time, count.atLeast)); tries += 1) {
    if (tries === TRIES)
      throw new Error(`Event ${activity.id} could not be counted by ${rule.id}: the store kept refusing`);
    await clock.sleep(5 * 2 ** Math.min(tries, 6));
  }
  // Read after the write: of two matches at the same moment at least one sees the other.
  const around = await Promise.all([-1, 0, 1].map(async (step) => stretchIn(await store.get(placeOf(number + step)))));
  return [0, 1]
    .filter((at) => isBurst(around[at] ?? {}, around[at + 1] ?? {}, length, count.atLeast))
    .map((at) => ({ ...placeOf(number - 1 + at), sort: 'found' }))
    .map((found) => ({ id: `${short(found.partition)}/${rule.id}`, place: found }));
}

/** Adds the value to its stretch; false where somebody else wrote it at the same moment. */
async function add(
  store: Store,
  { partition, sort, expires }: Key & { expires: number },
  value: string,
  time: number,
  atLeast: number,
): Promise<boolean> {
  const item = await store.get({ partition, sort });
  const before = stretchIn(item);
  const after = withSeen(before, value, time, atLeast);
  return after === before || store.write([{ partition, sort, expect: item?.version ?? 0, value: after, expires }]);
}

function stretchIn(item: Item | undefined): Stretch {
  return (item?.value ?? {}) as unknown as Stretch;
}

/** The stretch with the value seen once more; itself where that says nothing new. */
function withSeen(stretch: Stretch, value: string, time: number, atLeast: number): Stretch {
  const known = Object.hasOwn(stretch, value) ? stretch[value] : undefined;
  if (known && known[0] <= time && time <= known[1]) return stretch;
  const seen = known ? ([Math.min(known[0], time), Math.max(known[1], time)] as const) : ([time, time] as const);
  const kept = outermost({ ...stretch, [value]: seen }, atLeast);
  return Object.hasOwn(kept, value) ? kept : stretch;
}

/**
 * INVARIANT: what is kept is bounded. A window that reaches into a stretch holds its beginning or its end, so that of more
 * values than a burst takes only the earliest and the latest can matter.
 */
function outermost(stretch: Stretch, atLeast: number): Stretch {
  const all = Object.entries(stretch);
  if (all.length <= 2 * atLeast) return stretch;
  const earliest = all.toSorted(([, one], [, other]) => one[0] - other[0]).slice(0, atLeast);
  const latest = all.toSorted(([, one], [, other]) => other[1] - one[1]).slice(0, atLeast);
  return Object.fromEntries([...earliest, ...latest]);
}

/** So many values lie in a window of this length that begins with a match in the first stretch. */
function isBurst(stretch: Stretch, next: Stretch, length: number, atLeast: number): boolean {
  const starts = new Set(Object.values(stretch).flat());
  for (const start of starts) {
    const inside = Object.keys(stretch).filter((each) => (stretch[each]?.[1] ?? 0) >= start);
    const beyond = Object.keys(next).filter((each) => (next[each]?.[0] ?? 0) < start + length);
    if (new Set([...inside, ...beyond]).size >= atLeast) return true;
  }
  return false;
}
