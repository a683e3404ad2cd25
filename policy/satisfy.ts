// Whether conditions can hold at all for somebody, and whether the conditions of denials can be kept out of the way: by
// trying, with the evaluation itself, the values that the conditions name and a few others.
import { edgesOf } from './addresses.ts';
import { holds } from './conditions.ts';
import type { Condition } from './document.ts';
import { momentOf } from './moments.ts';
import { type Base, numberOf, takesPatterns, takesVariables } from './operators.ts';
import type { Scope, Values } from './scope.ts';
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
  const { tried, isAll } = candidates([...wanted, ...unwanted.flat()], values);
  const ignored = new Set<string>();
  const fulfils = (given: readonly string[]) => {
    const setting = {
      context: new Map([...scope.fixed, ...(given.length > 0 ? [[key, given] as const] : [])]),
      variables,
    };
    return (
      wanted.every((each) => holds(each, setting, ignored)) &&
      unwanted.every((each) => !each.every((one) => holds(one, setting, ignored)))
    );
  };
  return !isAll || tried.some(fulfils);
}

/** So many values of each condition are tried. */
const MOST = 12;

function candidates(conditions: readonly Condition[], values: Values): { tried: string[][]; isAll: boolean } {
  const named = conditions.flatMap((each) =>
    each.values.slice(0, MOST).flatMap((value) => around(value, each.test?.base, values)),
  );
  const single = [...new Set([...named.filter(values.accepts), ...values.samples])];
  const together = conditions.some((each) => each.test?.set !== 'one') && single.length > 1 ? [single] : [];
  const isAll = conditions.every((each) => each.values.length <= MOST);
  return { tried: [...(values.absent ? [[]] : []), ...single.map((each) => [each]), ...together], isAll };
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
