// What of an activity is new: INVARIANT 3, a rule that has judged it does not judge it again, and a burst is told once.
import type { Activity } from '../events/activity.ts';
import { countIn } from './count.ts';
import { type Finding, findingId } from './finding.ts';
import { findingById } from './incident.ts';
import { short } from './key.ts';
import type { Clock, Item, Key, Ports, Store, Write } from './ports.ts';
import type { Rule } from './rule.ts';

/** A rule that has not judged this yet, the id of what it will find, and where it will be told that it has. */
export type Sight = { rule: Rule; id: string; place: Key };

/** The findings that have been told already, and the rules that have not judged yet. */
export type Sights = { known: Finding[]; unseen: Sight[] };

export async function sightsOf(activity: Activity, rules: readonly Rule[], { store, clock }: Ports): Promise<Sights> {
  const single = rules.filter((each) => !each.count).map((rule) => sightOf(activity, rule));
  const bursts = await burstsOf(activity, rules, store, clock);
  const told = single.length > 0 ? await store.list(eventPartition(activity)) : [];
  const found = await Promise.all(bursts.map(({ place }) => store.get(place)));
  const all = [
    ...single.map((sight) => ({ sight, item: told.find((each) => each.sort === sight.place.sort) })),
    ...bursts.map((sight, at) => ({ sight, item: found[at] })),
  ];
  const known = await Promise.all(all.flatMap(({ item }) => (item ? [findingIn(item, store)] : [])));
  return {
    known: known.filter((each) => each !== undefined),
    unseen: all.filter(({ item }) => !item).map(({ sight }) => sight),
  };
}

/** The write that tells that the rule has judged. */
export function sightWrite({ place }: Sight, finding: Finding): Write {
  return { ...place, expect: 0, value: { incident: finding.incident, finding: finding.id } };
}

/** How a rule that does not count sees the activity. */
export function sightOf(activity: Activity, rule: Rule): Sight {
  return { rule, id: findingId(activity, rule.id), place: { partition: eventPartition(activity), sort: rule.id } };
}

async function burstsOf(activity: Activity, rules: readonly Rule[], store: Store, clock: Clock): Promise<Sight[]> {
  const sights: Sight[] = [];
  for (const rule of rules) {
    const bursts = rule.count ? await countIn(store, clock, rule, rule.count, activity) : [];
    sights.push(...bursts.map(({ id, place }) => ({ rule, id, place })));
  }
  return sights;
}

function findingIn(item: Item, store: Store): Promise<Finding | undefined> {
  return findingById(store, String(item.value.incident), String(item.value.finding));
}

function eventPartition(activity: Activity): string {
  return short(`event#${activity.account}#${activity.id}`);
}
