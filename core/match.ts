// Which rules an event concerns, found by name: an event that no rule wants costs one look-up.
import type { EventName } from '../events/activity.ts';
import { envelopeOf, nameOf } from '../events/cloudtrail.ts';
import { compile, type EventPattern, type Matcher } from './pattern.ts';
import type { Rule } from './rule.ts';
import type { Settings } from './settings.ts';

export type RuleIndex = {
  byName: ReadonlyMap<EventName, readonly Rule[]>;
  /** `detail` looks at the record, which tells most of them apart; `rest` at the event around it. */
  byPattern: readonly { rule: Rule; detail: Matcher; rest: Matcher }[];
};

const NONE: readonly Rule[] = [];

/** The enabled rules, ready to be found. */
export function indexRules(rules: readonly Rule[], settings: Settings): RuleIndex {
  const enabled = rules.filter((each) => settings.rules[each.id]?.enabled !== false);
  const byName = new Map<EventName, Rule[]>();
  for (const rule of enabled) for (const name of namesOf(rule)) byName.set(name, [...(byName.get(name) ?? []), rule]);
  const patterned = enabled.filter((each) => !Array.isArray(each.on));
  return { byName, byPattern: patterned.map(compiled) };
}

function compiled(rule: Rule): RuleIndex['byPattern'][number] {
  const { detail = {}, ...rest } = rule.on as EventPattern;
  return { rule, detail: compile(detail as EventPattern), rest: compile(rest) };
}

/** The rules that a raw record concerns. */
export function rulesFor(index: RuleIndex, record: unknown): readonly Rule[] {
  const name = nameOf(record);
  if (!name) return NONE;
  const named = index.byName.get(name) ?? NONE;
  const patterned = index.byPattern.filter((each) => each.detail(record) && each.rest(envelopeOf(record)));
  return patterned.length === 0 ? named : [...named, ...patterned.map((each) => each.rule)];
}

/** The event names that a rule lists; none where it has a pattern. */
export function namesOf(rule: Rule): EventName[] {
  return Array.isArray(rule.on) ? (rule.on as EventName[]) : [];
}
