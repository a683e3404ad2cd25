// Which rules an event concerns, found by name: an event that no rule wants costs one look-up.
import type { EventName } from '../events/activity.ts';
import { envelopeOf, nameOf } from '../events/cloudtrail.ts';
import { type EventPattern, matches } from './pattern.ts';
import type { Rule } from './rule.ts';
import type { Settings } from './settings.ts';

export type RuleIndex = { byName: ReadonlyMap<EventName, readonly Rule[]>; byPattern: readonly Rule[] };

/** The enabled rules, ready to be found. */
export function indexRules(rules: readonly Rule[], settings: Settings): RuleIndex {
  const enabled = rules.filter((each) => settings.rules[each.id]?.enabled !== false);
  const byName = new Map<EventName, Rule[]>();
  for (const rule of enabled) for (const name of namesOf(rule)) byName.set(name, [...(byName.get(name) ?? []), rule]);
  return { byName, byPattern: enabled.filter((each) => !Array.isArray(each.on)) };
}

/** The rules that a raw record concerns. */
export function rulesFor(index: RuleIndex, record: unknown): readonly Rule[] {
  const name = nameOf(record);
  if (!name) return [];
  const named = index.byName.get(name) ?? [];
  const patterned = index.byPattern.filter((each) => matches(each.on as EventPattern, envelopeOf(record)));
  return patterned.length === 0 ? named : [...named, ...patterned];
}

/** The event names that a rule lists; none where it has a pattern. */
export function namesOf(rule: Rule): EventName[] {
  return Array.isArray(rule.on) ? (rule.on as EventName[]) : [];
}
