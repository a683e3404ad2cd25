// Whether the conditions of a statement hold for a request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
import type { Context } from './context.ts';
import type { Condition } from './document.ts';
import { BASES, type Operator, type Test, takesVariables } from './operators.ts';
import { hasVariable, literally, resolved } from './variables.ts';

/** Collects the keys that the request does not say. */
export type Missing = { add(key: string): unknown };

/** Where a condition is looked at: the request's context, and whether its policy knows variables. */
export type Setting = { context: Context; variables: boolean };

/** Whether all of them hold. Keys that the request does not say, and that were asked for, are added to `missing`. */
export function allHold(conditions: readonly Condition[], setting: Setting, missing: Missing): boolean {
  let hold = true;
  for (const each of conditions) if (!holds(each, setting, missing)) hold = false;
  return hold;
}

/** Whether the condition holds. One with an unknown operator does not. */
export function holds(condition: Condition, setting: Setting, missing: Missing): boolean {
  const { test, key } = condition;
  if (!test) return false;
  const given = setting.context.get(key.toLowerCase()) ?? [];
  if (test.base === 'null')
    return condition.values.some((each) => (each.toLowerCase() === 'true') === (given.length === 0));
  if (given.length > 0) return compares(test, given, testsOf(condition, test, setting, missing));
  missing.add(key);
  return withoutKey(test);
}

/** AWS: a missing key satisfies what is negated, what says IfExists and what is asked of all its values. */
function withoutKey({ ifExists, set, negated }: Operator): boolean {
  return ifExists || set === 'all' || (set === 'one' && negated);
}

function compares({ set, negated }: Operator, given: readonly string[], tests: readonly Test[]): boolean {
  const like = (value: string) => tests.some((each) => each(value));
  if (set === 'all') return given.every((each) => like(each) !== negated);
  if (set === 'any') return given.some((each) => like(each) !== negated);
  return given.some(like) !== negated;
}

/** The tests of the values, made once; those with variables are made anew for each request. */
function testsOf(
  condition: Condition,
  test: Operator,
  { context, variables }: Setting,
  missing: Missing,
): readonly Test[] {
  if (condition.tests) return condition.tests;
  const expands = variables && takesVariables(test) && condition.values.some(hasVariable);
  const tests = condition.values.map((each) =>
    expands && hasVariable(each) ? variableTest(each, test, context, missing) : BASES[test.base](each),
  );
  if (!expands) condition.tests = tests;
  return tests;
}

function variableTest(value: string, test: Operator, context: Context, missing: Missing): Test {
  const wanted = resolved(value, context, missing);
  if (wanted === undefined) return () => false;
  const compare = BASES[test.base](wanted);
  return (given) => compare(literally(given));
}
