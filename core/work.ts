// What is to be done after a finding is recorded: written with it in one transaction, sent after, deleted when done.
import type { Fields } from '../events/activity.ts';
import type { Item, Store, Write } from './ports.ts';

/** One step for the `respond` function. Doing it twice has the effect of doing it once. */
export type Work = { id: string; incident: string } & (
  | { do: 'alert'; finding: string }
  | { do: 'change'; finding: string }
  | { do: 'carry'; change: string }
  | { do: 'undo'; change: string }
  | { do: 'expire'; change: string }
  | { do: 'tell'; change: string }
);

const PARTITION = 'work';

/** The write that records the work as due at `due` (ms since the epoch). */
export function workDue(work: Work, due: number): Write {
  return { partition: PARTITION, sort: sortOf(work), expect: 'any', value: { ...work, due } };
}

/** The write that records the work as done. */
export function workDone(work: Work): Write {
  return { partition: PARTITION, sort: sortOf(work), expect: 'any', value: null };
}

/** Work that was due at or before `until` and is not done; at most `limit`. */
export async function workLeft(store: Store, until: number, limit = 100): Promise<Work[]> {
  const items = await store.list(PARTITION);
  return items
    .filter((each) => Number(each.value.due) <= until)
    .sort(byUrgency)
    .slice(0, limit)
    .map(workOf);
}

export async function isLeft(store: Store, work: Work): Promise<boolean> {
  return (await store.get({ partition: PARTITION, sort: sortOf(work) })) !== undefined;
}

/** What was begun comes before what is only told, and the oldest first: a channel that is down must not starve an undo. */
function byUrgency(one: Item, other: Item): number {
  const isTold = (each: Item) => Number(each.value.do === 'alert' || each.value.do === 'tell');
  return isTold(one) - isTold(other) || Number(one.value.due) - Number(other.value.due);
}

function workOf(item: Item): Work {
  const { due: _, ...work } = item.value as Fields & { due: number };
  return work as unknown as Work;
}

function sortOf(work: Work): string {
  return work.id;
}
