// Whether conditions can hold at all for somebody, and whether the conditions of denials can be kept out of the way: by
// trying, with the evaluation itself, the values that the conditions name and a few others.
import { edgesOf } from './addresses.ts';
import { holds } from './conditions.ts';
import type { Condition } from './document.ts';
import { momentOf } from './moments.ts';
import { type Base, numberOf, takesPatterns, takesVariables } from './operators.ts';
import { isFree, type Scope, type Values } from './scope.ts';
import { hasVariable, variablesIn } from './variables.ts';
import { exampleOf } from './wildcard.ts';

/**
 * Whether a request exists for which all of `wanted` hold and none of `denials` does. Each denial is a list of conditions,
 * which apply together. Where there are too many values to try, the answer is yes: unknown is riskier than known.
 */
export function canHold(
  wanted: readonly Condition[],
  denials: readonly (readonly Condition[])[],
  scope: Scope,
  variables: boolean,
): boolean {
  if (denials.length === 0 && areFree(wanted, scope)) return true;
  if (denials.some((each) => each.length === 0)) return false;
  const isDecided = (each: Condition) => isDecidable(each, scope, variables);
  const known = wanted.filter(isDecided);
  const avoidable = denials.filter((each) => each.every(isDecided));
  const keys = new Map<string, KeyConditions>();
  for (const each of known) conditionsOn(keys, each).wanted.push(each);
  for (const each of avoidable) {
    const on = Map.groupBy(each, ({ key }) => key.toLowerCase());
    // A denial about one key has to be avoided together with all others about that key.
    if (on.size === 1) conditionsOn(keys, each[0] as Condition).unwanted.push(each);
  }
  for (const [key, each] of keys) if (!hasValue(key, each, scope, variables)) return false;
  return avoidable.every((each) => isAvoidable(each, keys, scope, variables));
}

/** What the conditions say about one key. */
type KeyConditions = { wanted: Condition[]; unwanted: (readonly Condition[])[] };

function conditionsOn(keys: Map<string, KeyConditions>, { key }: Condition): KeyConditions {
  const lower = key.toLowerCase();
  const known = keys.get(lower) ?? { wanted: [], unwanted: [] };
  keys.set(lower, known);
  return known;
}

/** What a variable stands for is mostly not known, and neither what an unknown operator does: both may hold and may not. */
function isDecidable({ test, values }: Condition, { fixed }: Scope, variables: boolean): boolean {
  if (test === undefined || !variables || !takesVariables(test)) return test !== undefined;
  return values.every((each) => !hasVariable(each) || variablesIn(each).every((one) => fixed.has(one.toLowerCase())));
}

/** A denial about several keys: one of them has a value for which it does not hold, and what is wanted does. */
function isAvoidable(
  denial: readonly Condition[],
  keys: ReadonlyMap<string, KeyConditions>,
  scope: Scope,
  variables: boolean,
): boolean {
  const on = Map.groupBy(denial, ({ key }) => key.toLowerCase());
  if (on.size === 1) return true; // tried with the others about its key
  return [...on].some(([key, unwanted]) =>
    hasValue(key, { wanted: keys.get(key)?.wanted ?? [], unwanted: [unwanted] }, scope, variables),
  );
}

/** The key has a value, or can be left out, so that the wanted conditions on it hold and each denial fails. */
function hasValue(key: string, { wanted, unwanted }: KeyConditions, scope: Scope, variables: boolean): boolean {
  const values = scope.valuesOf(key);
  const context = new Map(scope.fixed);
  const setting = { context, variables };
  const isMet = (each: Condition) => holds(each, setting, IGNORED);
  const fulfils = (given: readonly string[]) => {
    if (given.length > 0) context.set(key, given);
    else context.delete(key);
    return wanted.every(isMet) && !unwanted.some((each) => each.every(isMet));
  };
  if (values.absent && fulfils(NOTHING)) return true;
  const conditions = [...wanted, ...unwanted.flat()];
  const named = candidates(conditions, values);
  if (named.slice(0, MOST).some((each) => fulfils([each]))) return true;
  const samples = conditions.some(isOfBoolean) ? NOTHING : values.samples;
  if (samples.some((each) => fulfils([each]))) return true;
  return named.length > MOST || (isOfMany(conditions) && fulfils([...named, ...samples]));
}

/** What is compared as a boolean is one, and nothing else. */
function isOfBoolean({ test }: Condition): boolean {
  return test?.base === 'bool';
}

const NOTHING: readonly string[] = [];
/** Nobody asks which keys are missing. */
const IGNORED = { add() {} };

/** A condition is about several values of the key together. */
function isOfMany(conditions: readonly Condition[]): boolean {
  return conditions.some(({ test }) => test?.set !== 'one');
}

/** Each is about another key, which may be any text. */
function areFree(conditions: readonly Condition[], scope: Scope): boolean {
  if (conditions.length > 3) return false;
  for (let at = 0; at < conditions.length; at += 1) {
    const { key } = conditions[at] as Condition;
    if (!isText(conditions[at] as Condition) || !isFree(scope.valuesOf(key.toLowerCase()))) return false;
    for (let before = 0; before < at; before += 1)
      if (conditions[before]?.key.toLowerCase() === key.toLowerCase()) return false;
  }
  return true;
}

/** One condition about a text that may be anything can hold, unless it names no value. */
function isText({ test, values }: Condition): boolean {
  return test !== undefined && /^(string|arn)/.test(test.base) && (test.negated || values.length > 0);
}

/** So many of the values that conditions name are tried; where none of them will do, others might. */
const MOST = 24;

/** The values that conditions name, or that lie beside those, as far as the scope accepts them. */
function candidates(conditions: readonly Condition[], values: Values): string[] {
  const found = new Set<string>();
  for (const { test, values: named } of conditions)
    for (const value of named)
      for (const each of around(value, test?.base, values)) if (values.accepts(each)) found.add(each);
  return [...found];
}

/** Values at the edge of what the condition compares with: some satisfy it, some do not. */
function around(value: string, base: Base | undefined, { adapt }: Values): string[] {
  if (base === undefined || base === 'null') return [];
  if (base.startsWith('numeric')) return [-1, 0, 1].map((each) => String(numberOf(value) + each));
  if (base.startsWith('date')) return momentsAround(momentOf(value));
  if (base === 'bool') return ['true', 'false'];
  if (base === 'ipaddress') return edgesOf(value);
  if (!takesPatterns({ base })) return [value];
  return [exampleOf(value, 'x'), exampleOf(value, ''), ...(adapt ? [exampleOf(adapt(value), 'x')] : [])];
}

function momentsAround(moment: number): string[] {
  return [-1000, 0, 1000]
    .map((each) => moment + each)
    .filter((each) => Math.abs(each) < 8e15)
    .map((each) => new Date(each).toISOString());
}
