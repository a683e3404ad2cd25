// Whether a document adds anything to the one that it replaces, statement by statement and in time proportional to both.
import { isReadable, type PolicyDocument, type Statement, statementsOf } from './document.ts';

const LISTS = ['actions', 'resources', 'principals'] as const;
type List = (typeof LISTS)[number];

/**
 * Whether all that `after` allows was allowed by `before`, and all that `before` denied is denied still. True only where
 * the spelling shows it: an action, resource or principal left out of a list, or a statement left out; else false.
 */
export function addsNothing(after: PolicyDocument, before: PolicyDocument): boolean {
  if (!isReadable(after) || !isReadable(before)) return false;
  const [is, was] = [statementsOf(after), statementsOf(before)];
  const index = indexOf(was.filter((each) => each.effect === 'Allow'));
  const denied = new Set(is.filter((each) => each.effect === 'Deny').map((each) => signature(each)));
  return (
    is.every((each) => each.effect === 'Deny' || LISTS.some((list) => isWithin(each, list, index))) &&
    was.every((each) => each.effect === 'Allow' || denied.has(signature(each)))
  );
}

/** By everything else that a statement says: what it lists under one of the three. */
type Index = ReadonlyMap<string, ReadonlySet<string>>;

function indexOf(statements: Statement[]): Index {
  const index = new Map<string, Set<string>>();
  for (const each of statements)
    for (const list of LISTS) {
      const key = signature(each, list);
      const allowed = index.get(key) ?? new Set();
      for (const one of each[list]) allowed.add(one);
      index.set(key, allowed);
    }
  return index;
}

function isWithin(statement: Statement, list: List, index: Index): boolean {
  const allowed = index.get(signature(statement, list));
  // No list at all would mean everything where the other one had a list.
  return allowed !== undefined && statement[list].length > 0 && statement[list].every((each) => allowed.has(each));
}

/** What the statement says, but for one list; the order in lists does not matter. */
function signature(statement: Statement, but?: List): string {
  const parts = Object.entries(statement).filter(([part]) => part !== but);
  return JSON.stringify([but, parts.map(([part, value]) => [part, sorted(value)])]);
}

function sorted(value: Statement[keyof Statement]): unknown {
  if (typeof value === 'string') return value;
  return value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).sort();
}
