import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../core/judge.ts';
import { indexRules, namesOf, rulesFor } from '../core/match.ts';
import type { Rule, RuleExample } from '../core/rule.ts';
import { DEFAULTS } from '../core/settings.ts';
import { sightOf } from '../core/sight.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { rules } from '../rules/index.ts';

/** What the rule alone finds on the example, through the same matching and judging as the line. */
function findingsOf(rule: Rule, example: RuleExample) {
  const reading = activityOf(example.event, 0);
  if (!reading.ok) throw new Error(reading.reason);
  const mine = rulesFor(indexRules([rule], DEFAULTS), example.event);
  const documents = new Map(Object.entries(example.documents ?? {}));
  const holdings = new Map(Object.entries(example.holdings ?? {}));
  const around = { documents, holdings, own: undefined, acquaintance: { days: 0, before: false }, incident: 'i' };
  const sights = mine.map((each) => sightOf(reading.activity, alone(each)));
  return { activity: reading.activity, findings: judge(reading.activity, sights, around, DEFAULTS) };
}

/** An example is one event: of a burst a single match, which alone would be nothing. */
function alone({ count: _, ...rule }: Rule): Rule {
  return rule;
}

describe('conventions', () => {
  test('every file is in the index, and ids equal file names', () => {
    const files = readdirSync(new URL('../rules', import.meta.url)).filter((each) => each !== 'index.ts');
    expect(rules.map((each) => each.id)).toEqual(files.map((each) => each.replace(/\.ts$/, '')).sort());
  });

  test.each(rules.map((each) => [each.id, each] as const))('%s', (_, rule) => {
    const examples = Object.values(rule.examples);
    expect(
      examples.some((each) => each.finds),
      'has a firing example',
    ).toBe(true);
    expect(
      examples.some((each) => !each.finds),
      'has a silent example',
    ).toBe(true);
    expect(Object.keys(rule)).toEqual(ORDER.filter((each) => each in rule));
    expect(rule.why.length, 'why tells the person woken at night').toBeGreaterThan(120);
    expect(rule.remedy ? true : !rule.automatic, 'nothing automatic without a remedy').toBe(true);
    expect(Array.isArray(rule.on) ? namesOf(rule).length : 1).toBeGreaterThan(0);
  });
});

const ORDER = [
  'id',
  'title',
  'why',
  'severity',
  'maps',
  'on',
  'documents',
  'whose',
  'detect',
  'count',
  'remedy',
  'automatic',
  'examples',
];

describe.each(rules.map((each) => [each.id, each] as const))('%s', (_, rule) => {
  test.each(Object.entries(rule.examples))('%s', (_title, example) => {
    const { activity, findings } = findingsOf(rule, example);
    expect(findings.map((each) => each.because)).toEqual(example.finds ? [example.finds] : []);
    const asked = rule.documents?.(activity) ?? [];
    for (const reference of Object.keys(example.documents ?? {})) expect(asked).toContain(reference);
    const isWhole = findings[0] && !findings[0].event.failed && activity.hidden.length === 0;
    if (isWhole && rule.remedy)
      expect(findings[0]?.remedy, 'the target is one that the remedy can act on').toBe(rule.remedy.id);
  });
});
