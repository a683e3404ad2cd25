// What policies newly allow, by the statements as they are written: what another wording allowed before is not new.
import { arnsMeet, completed } from './arn.ts';
import type { Policy, Principal, Statement } from './document.ts';
import { type Atom, says, signature } from './implication.ts';
import { isEverything } from './reach.ts';

/** All policies that say what an identity may do. Each ceiling (a boundary, a level of an organization) must allow as well. */
export type Identity = { policies: readonly Policy[]; ceilings: readonly (readonly Policy[])[] };

/** Actions, on resources, that were not allowed before; of which statement (of the new policies). */
export type Gained = { actions: string[]; resources: string[]; statement: Statement };

/** What is newly allowed, and of a statement of it what is new to some of those whom it names. */
export type News = { all: Gained[]; forSome(principals: Principal[], statement: Statement): string[] };

/** What the present policies allow and the former ones did not. */
export function newsIn(former: Wording, present: Wording): News {
  const budget = { left: MOST };
  const isHeld = (each: Statement) => isIn(each, present) || isDeniedStill(each, present.denies, budget);
  const lifted = former.denies.filter((each) => !isHeld(each));
  const look = { former, present, lifted, budget };
  const isSame = lifted.length === 0 && sameCeilings(former, present);
  const fresh = isSame ? present.allows.filter((each) => !isIn(each, former)) : present.allows;
  return {
    all: fresh.map((each) => gainOf(each, look)).filter((each) => each.actions.length > 0),
    forSome: (principals, statement) => gainOf({ ...statement, principals }, look).actions,
  };
}

/** So many comparisons are made; what is not compared any more counts as new. */
const MOST = 50_000;

type Budget = { left: number };
type Look = { former: Wording; present: Wording; lifted: Statement[]; budget: Budget };

/** Statements as they are written: of the ceilings what allows, of each by itself. */
export type Wording = {
  statements: Statement[];
  allows: Statement[];
  denies: Statement[];
  /** Denials without conditions. */
  refusals: Statement[];
  ceilings: Statement[][];
  /** Their signatures, from the first time that they are asked. */
  texts: Set<string> | undefined;
};

/** Reads what an identity has. */
export function wordingOf({ policies, ceilings }: Identity): Wording {
  const statements = policies.flatMap((each) => each.statements);
  const limits = ceilings.map((each) => each.flatMap((one) => one.statements));
  const denies = [...statements, ...limits.flat()].filter(({ effect }) => effect === 'Deny');
  return {
    statements,
    allows: statements.filter(({ effect }) => effect === 'Allow'),
    denies,
    refusals: denies.filter(({ conditions }) => conditions.length === 0),
    ceilings: limits.map((each) => each.filter(({ effect }) => effect === 'Allow')),
    texts: undefined,
  };
}

/** The statement is there in the same words. */
function isIn(statement: Statement, among: Wording): boolean {
  if (among.statements.length === 0) return false;
  among.texts ??= new Set(among.statements.map(signature));
  return among.texts.has(signature(statement));
}

function sameCeilings(one: Wording, other: Wording): boolean {
  const text = ({ ceilings }: Wording) => JSON.stringify(ceilings.map((each) => each.map(signature).sort()));
  return text(one) === text(other);
}

/** The actions and resources of the statement that were not allowed before. */
function gainOf(statement: Statement, { former, present, lifted, budget }: Look): Gained {
  const actions = new Set<string>();
  const resources = new Set<string>();
  for (const atom of atomsOf(statement)) {
    budget.left -= former.allows.length + former.denies.length + present.denies.length;
    if (budget.left > 0 && (isAllowed(atom, former, lifted) || isRefused(atom, present))) continue;
    actions.add(spelled(atom));
    resources.add(atom.resource);
  }
  return { actions: [...actions], resources: [...resources], statement };
}

/** With so many actions and resources only the lists as such are compared. */
const MOST_ATOMS = 400;

function atomsOf(statement: Statement): Atom[] {
  if ([...statement.notActions, ...statement.notResources].some(isEverything)) return [];
  const actions = statement.notActions.length > 0 ? ['*'] : statement.actions;
  const resources = statement.resources.length > 0 ? statement.resources.map(completed) : ['*'];
  if (actions.length * resources.length > MOST_ATOMS)
    return [
      ...actions.map((action) => ({ action, resource: '*', statement })),
      ...resources.map((resource) => ({ action: '*', resource, statement })),
    ];
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource, statement })));
}

function spelled({ action, statement }: Atom): string {
  if (statement.notActions.length > 0) return action;
  return statement.written[statement.actions.indexOf(action)] ?? action;
}

/** It was allowed before: by a statement, by every ceiling, and no denial that is gone now stood in its way. */
function isAllowed(atom: Atom, { allows, ceilings }: Wording, lifted: readonly Statement[]): boolean {
  return (
    allows.some((each) => says(each, atom)) &&
    ceilings.every((level) => level.some((each) => says(each, atom))) &&
    !lifted.some((each) => concerns(each, atom))
  );
}

/** It is not allowed now either: denied without conditions, or by no statement of some ceiling. */
function isRefused(atom: Atom, { refusals, ceilings }: Wording): boolean {
  return (
    refusals.some((each) => says(each, { ...atom, statement: { ...atom.statement, conditions: [] } })) ||
    ceilings.some((level) => !level.some((each) => concerns(each, atom)))
  );
}

/** A denial of another wording denies at least as much. */
function isDeniedStill(denial: Statement, denies: readonly Statement[], budget: Budget): boolean {
  return atomsOf(denial).every((atom) => {
    budget.left -= denies.length;
    return budget.left > 0 && denies.some((each) => says(each, atom));
  });
}

/** The statement has something to say about some of the atom. */
function concerns({ actions, notActions, resources, notResources }: Statement, { action, resource }: Atom): boolean {
  return (
    touches(actions, notActions, action) && touches(resources.map(completed), notResources.map(completed), resource)
  );
}

function touches(patterns: readonly string[], exceptions: readonly string[], inner: string): boolean {
  if (exceptions.length > 0) return !exceptions.includes(inner);
  return patterns.length === 0 || patterns.some((each) => arnsMeet(each, inner));
}
