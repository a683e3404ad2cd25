// Whether conditions can hold at all for somebody, and whether the conditions of denials can be kept out of the way: by
// trying, with the evaluation itself, the values that the conditions name and a few others.
import { edgesOf } from './addresses.ts';
import { holds } from './conditions.ts';
import type { Condition } from './document.ts';
import { momentOf } from './moments.ts';
import { type Base, numberOf, takesPatterns, takesVariables } from './operators.ts';
import { isFree, type Scope, type Values } from './scope.ts';
import { hasVariable, variablesIn } from './variables.ts';
import { exampleOf, isPlain } from './wildcard.ts';

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
  const [first] = wanted;
  if (first && wanted.length === 1 && denials.length === 0)
    return (
      !isDecidable(first, scope, variables) ||
      hasValue(first.key.toLowerCase(), { wanted: [first], unwanted: [] }, scope, variables)
    );
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
  const joint = avoidable.filter(isAboutSeveral);
  return joint.length === 0 || areAvoidable(joint, keys, scope, variables);
}

/** Its conditions are about more than one key. */
function isAboutSeveral(denial: readonly Condition[]): boolean {
  return denial.some(({ key }) => key.toLowerCase() !== denial[0]?.key.toLowerCase());
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

/** So many combinations of values are tried; with more, some may do. */
const MOST_TOGETHER = 4096;

/** Denials about several keys: the keys have values together for which what is wanted holds and no denial does. */
function areAvoidable(
  denials: readonly (readonly Condition[])[],
  keys: ReadonlyMap<string, KeyConditions>,
  scope: Scope,
  variables: boolean,
): boolean {
  const about = Map.groupBy(denials.flat(), ({ key }) => key.toLowerCase());
  const choices = [...about].map(([key, conditions]) => {
    const { wanted, unwanted } = keys.get(key) ?? { wanted: [], unwanted: [] };
    const all = givensOf([...wanted, ...unwanted.flat(), ...conditions], scope.valuesOf(key));
    return { key, givens: all.filter(fulfilment(key, { wanted, unwanted }, scope, variables)) };
  });
  if (choices.reduce((product, { givens }) => product * givens.length, 1) > MOST_TOGETHER) return true;
  const context = new Map(scope.fixed);
  const isMet = (each: Condition) => holds(each, { context, variables }, IGNORED);
  const isFree = (at: number): boolean => {
    const choice = choices[at];
    if (!choice) return !denials.some((each) => each.every(isMet));
    return choice.givens.some((given) => {
      setIn(context, choice.key, given);
      return isFree(at + 1);
    });
  };
  return isFree(0);
}

/** The key has a value, or can be left out, so that the wanted conditions on it hold and each denial fails. */
function hasValue(key: string, conditions: KeyConditions, scope: Scope, variables: boolean): boolean {
  const values = scope.valuesOf(key);
  const fulfils = fulfilment(key, conditions, scope, variables);
  if (values.absent && fulfils(NOTHING)) return true;
  const all = conditions.unwanted.length > 0 ? conditions.wanted.concat(...conditions.unwanted) : conditions.wanted;
  const tried = new Set<string>();
  for (const each of candidates(all, values)) {
    if (tried.has(each)) continue;
    tried.add(each);
    if (tried.size > MOST || fulfils([each])) return true;
  }
  return tried.size > 1 && isOfMany(all) && fulfils([...tried]);
}

/** Tells of a value of the key (or several, or none) whether what is wanted holds and each denial fails. */
function fulfilment(
  key: string,
  { wanted, unwanted }: KeyConditions,
  scope: Scope,
  variables: boolean,
): (given: readonly string[]) => boolean {
  const context = new Map(scope.fixed);
  const isMet = (each: Condition) => holds(each, { context, variables }, IGNORED);
  return (given) => {
    setIn(context, key, given);
    return wanted.every(isMet) && !unwanted.some((each) => each.every(isMet));
  };
}

function setIn(context: Map<string, readonly string[]>, key: string, given: readonly string[]): void {
  if (given.length > 0) context.set(key, given);
  else context.delete(key);
}

/** What the key may be, to be tried: nothing, single values, and all of these together. */
function givensOf(conditions: readonly Condition[], values: Values): (readonly string[])[] {
  const singles = [...new Set(candidates(conditions, values))];
  return [
    ...(values.absent ? [NOTHING] : []),
    ...singles.map((each) => [each]),
    ...(isOfMany(conditions) && singles.length > 1 ? [singles] : []),
  ];
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

/** So many values are tried; where none of them will do, others might. */
const MOST = 128;

/** The values that conditions name, or that lie beside those, as far as the scope accepts them; and samples. */
function* candidates(conditions: readonly Condition[], values: Values): Generator<string> {
  for (const { test, values: named } of conditions)
    for (const value of named)
      for (const each of around(value, test?.base, values)) if (values.accepts(each)) yield each;
  // What is compared as a boolean is one, and nothing else.
  if (!conditions.some(({ test }) => test?.base === 'bool')) yield* values.samples;
}

/** Values at the edge of what the condition compares with: some satisfy it, some do not. */
function around(value: string, base: Base | undefined, { adapt }: Values): Iterable<string> {
  if (base === undefined || base === 'null') return NOTHING;
  if (base.startsWith('numeric')) return [-1, 0, 1].map((each) => String(numberOf(value) + each));
  if (base.startsWith('date')) return momentsAround(momentOf(value));
  if (base === 'bool') return BOOLEANS;
  if (base === 'ipaddress') return edgesOf(value);
  return takesPatterns({ base }) && !isPlain(value) ? examplesOf(value, adapt) : [value];
}

const BOOLEANS: readonly string[] = ['true', 'false'];

function* examplesOf(pattern: string, adapt: Values['adapt']): Generator<string> {
  for (const each of FILLERS) yield exampleOf(pattern, each);
  const adapted = adapt?.(pattern);
  if (adapted !== undefined) yield adapted;
}

/** What wildcards are filled with: another one may do where one is excepted. */
const FILLERS = ['x', '', 'q', '7'];

function momentsAround(moment: number): string[] {
  return [-1000, 0, 1000]
    .map((each) => moment + each)
    .filter((each) => Math.abs(each) < 8e15)
    .map((each) => new Date(each).toISOString());
}
