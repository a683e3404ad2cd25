// Whether a statement allows nothing that another one did not: compared as written, so that no answer is ever too kind.
import { arnsMeet, completed } from './arn.ts';
import type { Condition, Principal, Statement } from './document.ts';
import { covers } from './wildcard.ts';

/** One action pattern on one resource pattern, for the principals and under the conditions of a statement. */
export type Atom = { action: string; resource: string; statement: Statement };

/** Whether the statement, of the same effect, says at least what the atom says. */
export function says(statement: Statement, { action, resource, statement: inner }: Atom): boolean {
  return (
    isWithin(statement.actions, statement.notActions, action, inner.notActions) &&
    isWithin(
      statement.resources.map(completed),
      statement.notResources.map(completed),
      resource,
      inner.notResources.map(completed),
    ) &&
    areNamed(inner, statement) &&
    areImplied(statement.conditions, inner.conditions)
  );
}

/** Every text of the inner pattern, but for its exceptions, is among the patterns, or none of it among the exceptions. */
function isWithin(
  patterns: readonly string[],
  exceptions: readonly string[],
  inner: string,
  innerExceptions: readonly string[],
): boolean {
  if (exceptions.length > 0)
    return exceptions.every((each) => !arnsMeet(each, inner) || innerExceptions.some((one) => covers(one, each)));
  return patterns.length === 0 || patterns.some((each) => covers(each, inner));
}

/** Whoever the inner statement names, the outer one names too. */
function areNamed(inner: Statement, outer: Statement): boolean {
  if (outer.principals.some(({ kind }) => kind === '*')) return true;
  if (outer.notPrincipals.length > 0)
    return inner.notPrincipals.length > 0 && outer.notPrincipals.every((each) => includes(inner.notPrincipals, each));
  return inner.notPrincipals.length === 0 && inner.principals.every((each) => includes(outer.principals, each));
}

function includes(principals: readonly Principal[], { kind, name }: Principal): boolean {
  return principals.some((each) => each.kind === kind && each.name === name);
}

/** Whatever meets the stricter conditions meets the looser ones: each of these stands there too, with no value more. */
export function areImplied(looser: readonly Condition[], stricter: readonly Condition[]): boolean {
  return looser.every((each) => stricter.some((one) => implies(one, each)));
}

function implies(stricter: Condition, looser: Condition): boolean {
  if (
    stricter.operator.toLowerCase() !== looser.operator.toLowerCase() ||
    stricter.key.toLowerCase() !== looser.key.toLowerCase()
  )
    return false;
  const [fewer, more] = looser.test?.negated ? [looser.values, stricter.values] : [stricter.values, looser.values];
  const all = new Set(more);
  return fewer.every((each) => all.has(each)) && (stricter.values.length > 0 || looser.values.length === 0);
}

/** What a statement says, but for its Sid and the order in its lists: equal for equal statements. */
export function signature(statement: Statement): string {
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  const named = (list: readonly Principal[]) => list.map(({ kind, name }) => `${kind} ${name}`).sort();
  const asked = conditions
    .map(({ operator, key, values }) => JSON.stringify([operator.toLowerCase(), key.toLowerCase(), values.toSorted()]))
    .sort();
  const lists = [actions, notActions, resources, notResources].map((each) => each.toSorted());
  return JSON.stringify([effect, lists, named(principals), named(notPrincipals), asked]);
}
