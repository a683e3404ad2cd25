// What policies allow of the actions that matter: on which resources, and by which statement, after all that denies.
import { arnsMeet } from './arn.ts';
import { addAll, type Bits, hasBit, noBits, onlyCommon, removeAll } from './bits.ts';
import type { Policy, Statement } from './document.ts';
import { bitsIn, type Interest } from './interest.ts';
import { leftBy, opened, type Place, type Reach, reachesOf } from './reach.ts';
import { canHold } from './satisfy.ts';
import { identityScope, type Keys, type Scope } from './scope.ts';
import { covers } from './wildcard.ts';

/** A grant: on what, by which statement of which of the policies, and whether conditions stand before it. */
export type Grant = Reach & { statement: Statement; policy: number; isConditional: boolean };

/** What identity policies together allow. */
export type Access = {
  interest: Interest;
  place: Place;
  now: number;
  entries: Entry[];
  /** Allowed on everything without conditions; denied on everything without conditions. */
  open: Bits;
  closed: Bits;
  /** Allowed, or denied, in some way that has to be looked at. */
  somewhere: Bits;
  objected: Bits;
  /** What must allow as well: a permissions boundary, the levels of an organization. */
  ceilings: readonly Access[];
  /** Grants that were looked up, by what keys can be and by action. */
  known: Map<Keys, Map<number, Grant[]>>;
};

export const NO_KEYS: Keys = {};

type Entry = { statement: Statement; policy: number; variables: boolean; bits: Bits; isSimple: boolean };

/** Reads the policies of one identity together, below its ceilings. `now`: milliseconds since the epoch. */
export function accessOf(
  policies: readonly Policy[],
  interest: Interest,
  place: Place,
  now: number,
  ceilings: readonly Access[] = [],
): Access {
  const size = interest.names.length;
  const access: Access = {
    interest,
    place,
    now,
    entries: [],
    open: noBits(size),
    closed: noBits(size),
    somewhere: noBits(size),
    objected: noBits(size),
    ceilings,
    known: new Map(),
  };
  for (const [at, policy] of policies.entries())
    for (const statement of policy.statements) addStatement(access, statement, at, policy.variables);
  return access;
}

function addStatement(access: Access, statement: Statement, policy: number, variables: boolean): void {
  const bits = bitsIn(statement, access.interest);
  const isSimple = statement.conditions.length === 0 && isOnEverything(statement);
  access.entries.push({ statement, policy, variables, bits, isSimple });
  if (statement.effect === 'Allow') addAll(isSimple ? access.open : access.somewhere, bits);
  else addAll(isSimple ? access.closed : access.objected, bits);
}

function isOnEverything({ resources, notResources }: Statement): boolean {
  return notResources.length === 0 && (resources.length === 0 || resources.includes('*'));
}

/** Whether the action may be allowed at all, before a closer look. */
function mayBe({ open, closed, somewhere }: Access, number: number): boolean {
  return !hasBit(closed, number) && (hasBit(open, number) || hasBit(somewhere, number));
}

/** The actions that may be allowed, before a closer look. */
export function allowedMaybe({ open, closed, somewhere, ceilings }: Access): Bits {
  const allowed = noBits(open.length * 32);
  addAll(allowed, open);
  addAll(allowed, somewhere);
  removeAll(allowed, closed);
  return ceilings.reduce((left, each) => onlyCommon(left, allowedMaybe(each)), allowed);
}

/** So many resources of an action, of each breadth, are looked at. */
const MOST = 32;

/**
 * The grants of an action: the first that reaches everything of its kind, alone, or else what is named. `keys` says more
 * about what the keys of this request can be.
 */
export function grantsOf(access: Access, number: number, keys: Keys = NO_KEYS): Grant[] {
  if (!mayBe(access, number)) return [];
  const known = access.known.get(keys) ?? new Map<number, Grant[]>();
  access.known.set(keys, known);
  const grants = known.get(number) ?? lookUp(access, number, keys);
  known.set(number, grants);
  return grants;
}

function lookUp(access: Access, number: number, keys: Keys): Grant[] {
  const below = (grants: Grant[], ceiling: Access) =>
    grants.length === 0 ? grants : grants.flatMap((each) => meetings(each, grantsOf(ceiling, number, keys)));
  return access.ceilings.reduce(below, grantedBy(access, number, keys));
}

/** What is left of a grant below a ceiling that grants these. */
function meetings(grant: Grant, ceiling: Grant[]): Grant[] {
  const met = ceiling.filter((each) => meets(grant, each));
  return met.map(({ breadth, resource, within, isConditional }) => {
    const isConditionalToo = grant.isConditional || isConditional;
    const isNarrower = breadth !== 'all' && (grant.breadth === 'all' || !covers(opened(within), opened(grant.within)));
    return { ...grant, ...(isNarrower ? { breadth, resource, within } : {}), isConditional: isConditionalToo };
  });
}

/** Some resource is in both. */
export function meets(one: Grant, other: Grant): boolean {
  return one.breadth === 'all' || other.breadth === 'all' || arnsMeet(opened(one.within), opened(other.within));
}

function grantedBy(access: Access, number: number, keys: Keys): Grant[] {
  const allows = access.entries.filter(({ statement, bits }) => statement.effect === 'Allow' && hasBit(bits, number));
  const simple = allows.find((each) => each.isSimple);
  if (simple && !hasBit(access.objected, number)) return [everything(simple)];
  const denials = access.entries.filter(({ statement, bits }) => statement.effect === 'Deny' && hasBit(bits, number));
  const scope = identityScope(access.place.account, access.now, keys);
  return looked(allows, denials, number, access, scope);
}

function everything({ statement, policy }: Entry): Grant {
  return { breadth: 'all', resource: '*', within: '*', statement, policy, isConditional: false };
}

function looked(allows: Entry[], denials: Entry[], number: number, access: Access, scope: Scope): Grant[] {
  const formats = access.interest.formats[number] ?? [];
  const found: Grant[] = [];
  for (const { entry, reach } of widestFirst(allows, formats, access.place, scope)) {
    const left = survivors(entry, reach, denials, formats, access.place, scope).map((each) => granted(entry, each));
    const all = left.find((each) => each.breadth === 'all');
    if (all) return [all];
    found.push(...left);
  }
  return found;
}

/** INVARIANT: decoys hide nothing. What reaches everything comes first, and of what is named only so many are looked at. */
function widestFirst(
  allows: Entry[],
  formats: readonly string[],
  place: Place,
  scope: Scope,
): { entry: Entry; reach: Reach }[] {
  const wide: { entry: Entry; reach: Reach }[] = [];
  const named: { entry: Entry; reach: Reach }[] = [];
  for (const entry of allows) {
    if (!canHold(entry.statement.conditions, [], scope, entry.variables)) continue;
    for (const reach of reachesOf(entry.statement, formats, entry.variables, place))
      (reach.breadth === 'all' ? wide : named).push({ entry, reach });
  }
  return [...wide.slice(0, MOST), ...named.slice(0, MOST)];
}

function granted({ statement, policy }: Entry, reach: Reach): Grant {
  return { ...reach, statement, policy, isConditional: statement.conditions.length > 0 };
}

/** What the denials leave of a reach: those that cannot be avoided take away, all others do not. */
function survivors(
  { statement, variables }: Entry,
  reach: Reach,
  denials: readonly Entry[],
  formats: readonly string[],
  place: Place,
  scope: Scope,
): Reach[] {
  let left = [reach];
  const conditional: Entry[] = [];
  for (const denial of denials) {
    if (denial.statement.conditions.length > 0) conditional.push(denial);
    else left = left.flatMap((each) => leftBy(denial.statement, each, formats, denial.variables, place));
    if (left.length === 0) return left;
  }
  return left.flatMap((each) => {
    const objecting = conditional.filter(
      (one) => leftBy(one.statement, each, formats, one.variables, place).length === 0,
    );
    const conditions = objecting.map((one) => one.statement.conditions);
    return objecting.length === 0 || canHold(statement.conditions, conditions, scope, variables) ? [each] : [];
  });
}
