// On what an action is allowed: every allowance of it, after all that denies and below all ceilings.
import { type Access, type Entry, looksOf, simpleGrant } from './access.ts';
import { hasBit } from './bits.ts';
import type { Statement } from './document.ts';
import type { Format } from './format.ts';
import { kept } from './kept.ts';
import { leftBy, meet, openExtent, type Place, type Reach, reachesOf, reachesWhole } from './reach.ts';
import { canHold } from './satisfy.ts';
import { identityScope, type Keys, NO_KEYS, type Scope } from './scope.ts';
import { covers } from './wildcard.ts';

/** A grant: on what, by which statement of which of the policies, and whether conditions stand before it. */
export type Grant = Reach & { statement: Statement; policy: number; isConditional: boolean };

/**
 * The grants of an action: one that reaches everything of its kind, alone, or else all that there are, the widest first. `keys` says more
 * about what the keys of this request can be.
 */
export function grantsOf(access: Access, number: number, keys = keysFor(access, number)): Grant[] {
  if (!hasBit(access.maybe, number)) return NONE;
  if (access.simple && hasBit(access.open, number) && !hasBit(access.objected, number)) return access.simple;
  const relevant = relevantOf(access, keys);
  const known = kept(access.known, relevant, () => new Map<number, Grant[]>());
  return kept(known, number, () => lookUp(access, number, relevant));
}

const NONE: Grant[] = [];

function keysFor({ basis }: Access, number: number): Keys {
  return basis.interest.keys[number] ?? NO_KEYS;
}

/** The keys, or none where no statement asks about those of which they say more. */
function relevantOf(access: Access, keys: Keys): Keys {
  if (access.asked.size === 0 && access.ceilings.length === 0) return NO_KEYS;
  return kept(access.relevant, keys, () => (isAsked(access, keys) ? keys : NO_KEYS));
}

/** Some condition is about one of the keys, here or in a ceiling. */
function isAsked({ asked, ceilings, basis }: Access, keys: Keys): boolean {
  for (const each of asked) if (keys.valuesOf(each, basis.place.account)) return true;
  return ceilings.some((each) => isAsked(each, keys));
}

/** The grant of the action on everything of its kind. */
export function wideGrant(access: Access, number: number, keys = keysFor(access, number)): Grant | undefined {
  if (!hasBit(access.maybeWide, number)) return undefined;
  if (access.simple && hasBit(access.open, number) && !hasBit(access.objected, number)) return access.simple[0];
  const formats = access.basis.interest.formats[number] ?? [];
  const isAny = access.allows.some((each) => hasBit(each.bits, number) && mayReachAll(each, formats, access));
  return isAny ? grantsOf(access, number, keys).find(isWide) : undefined;
}

/** A quick look before the closer one, which also finds what is named. */
function mayReachAll(entry: Entry, formats: readonly Format[], { basis }: Access): boolean {
  if (entry.isSimple) return true;
  return kept(looksOf(entry).wide, formats, () => reachesWhole(looksOf(entry).on, formats, basis.place));
}

export function isWide({ breadth }: Grant): boolean {
  return breadth === 'all';
}

function isWhole(grant: Grant | undefined): boolean {
  return grant !== undefined && isWide(grant) && grant.but.length === 0;
}

function lookUp(access: Access, number: number, keys: Keys): Grant[] {
  let grants = granted(access, number, keys);
  for (const each of access.ceilings) {
    if (grants.length === 0) break;
    grants = limited(grants, grantsOf(each, number, keys), access.basis.place);
  }
  return grants;
}

/** What is left of the grants below a ceiling that grants these; all, where there are too many to compare. */
function limited(grants: Grant[], ceiling: Grant[], place: Place): Grant[] {
  if (ceiling.length === 0) return NONE;
  return areMany(grants, ceiling) ? grants : grants.flatMap((each) => below(each, ceiling, place));
}

function areMany(some: readonly Grant[], others: readonly Grant[]): boolean {
  return some.length * others.length > MOST;
}

function below(grant: Grant, ceiling: Grant[], place: Place): Grant[] {
  const met = ceiling.filter((each) => meet(grant, each, place));
  return met.map((each) => {
    const isNarrower = !isWide(each) && (isWide(grant) || !covers(openExtent(each, place), openExtent(grant, place)));
    const { breadth, pattern, format } = isNarrower ? each : grant;
    const but = grant.but.concat(each.but);
    return { ...grant, breadth, pattern, format, but, isConditional: grant.isConditional || each.isConditional };
  });
}

/** Those grants that share a resource with one of the others; all, where there are too many to compare. */
export function touching(grants: Grant[], others: Grant[], place: Place): Grant[] {
  if (isWhole(others[0]) || areMany(grants, others)) return grants;
  return grants.filter((each) => others.some((other) => meet(each, other, place)));
}

function granted(access: Access, number: number, keys: Keys): Grant[] {
  const allows = access.allows.filter(({ bits }) => hasBit(bits, number));
  const simple = hasBit(access.objected, number) ? undefined : allows.find((each) => each.isSimple);
  if (simple) return [simpleGrant(simple)];
  const denials = access.denials.filter(({ bits }) => hasBit(bits, number));
  // What leaves only exceptions comes first, so that the others may take those away.
  denials.sort((one, other) => exceptionsIn(other) - exceptionsIn(one));
  return looked(allows, denials, { access, keys, formats: access.basis.interest.formats[number] ?? [] });
}

function exceptionsIn({ statement }: Entry): number {
  return statement.notResources.length;
}

function grantBy({ statement, policy }: Entry, reach: Reach): Grant {
  return { ...reach, statement, policy, isConditional: statement.conditions.length > 0 };
}

/** What a look at an action needs. */
type Look = { access: Access; keys: Keys; formats: readonly Format[] };

function scopeOf({ access, keys }: Look): Scope {
  if (keys === NO_KEYS) return access.scope;
  const { place, now } = access.basis;
  return kept(access.scopes, keys, () => identityScope(place.account, now, keys));
}

/** INVARIANT: decoys hide nothing. What reaches everything comes first, and of what is named only what denials leave counts. */
function looked(allows: Entry[], denials: Entry[], look: Look): Grant[] {
  const found: Grant[] = [];
  const budget = { left: MOST };
  for (const { entry, reach } of widestFirst(allows, look)) {
    const left = denials.length === 0 ? [reach] : survivors(entry, reach, denials, look, budget);
    for (const each of left) {
      const grant = grantBy(entry, each);
      if (isWhole(grant)) return [grant];
      found.push(grant);
    }
  }
  return found;
}

/** So many pairs of an allowance with a denial or with another allowance are looked at for an action. */
const MOST = 10_000;

type Candidate = { entry: Entry; reach: Reach };

function widestFirst(allows: Entry[], look: Look): Candidate[] {
  const [wide, named]: [Candidate[], Candidate[]] = [[], []];
  for (const entry of allows) {
    if (!isPossible(entry, look)) continue;
    for (const reach of reachesIn(entry, look)) (reach.breadth === 'all' ? wide : named).push({ entry, reach });
  }
  return wide.length === 0 ? named : named.length === 0 ? wide : wide.concat(named);
}

function isPossible(entry: Entry, look: Look): boolean {
  const { conditions } = entry.statement;
  // Without more said about keys, it was found out when the statement was read.
  if (conditions.length === 0 || look.keys === NO_KEYS) return true;
  const { keys, access } = look;
  return kept(looksOf(entry).possible, keys, () => {
    const isSaid = conditions.some(({ key }) => keys.valuesOf(key.toLowerCase(), access.basis.place.account));
    return !isSaid || canHold(conditions, [], scopeOf(look), entry.variables);
  });
}

function reachesIn(entry: Entry, { formats, access }: Look): Reach[] {
  const { on, reaches } = looksOf(entry);
  return kept(reaches, formats, () => reachesOf(on, formats, access.basis.place));
}

/**
 * What the denials leave of a reach: those that cannot be avoided take away, all others do not. Beyond the budget a denial
 * takes nothing: unknown is riskier than known.
 */
function survivors(
  entry: Entry,
  reach: Reach,
  denials: readonly Entry[],
  look: Look,
  budget: { left: number },
): Reach[] {
  const { formats, access } = look;
  const left = (denial: Entry, each: Reach) => leftBy(looksOf(denial).on, each, formats, access.basis.place);
  budget.left -= denials.length;
  const opposed = budget.left < 0 ? [] : denials.filter((each) => left(each, reach)[0] !== reach);
  if (opposed.length === 0) return [reach];
  const avoidable = avoidableAmong(entry, opposed, look);
  let reaches = [reach];
  for (const denial of opposed) if (!avoidable.has(denial)) reaches = reaches.flatMap((each) => left(denial, each));
  if (avoidable.size < 2) return reaches;
  return reaches.filter((each) => {
    const objecting = [...avoidable].filter((one) => left(one, each).length === 0);
    return objecting.length < 2 || canAvoid(entry, objecting, look);
  });
}

/** Those denials, each for itself, that some request keeps out of the way. Mostly one does so with all of them. */
function avoidableAmong(entry: Entry, denials: readonly Entry[], look: Look): Set<Entry> {
  const conditional = denials.filter(({ statement }) => statement.conditions.length > 0);
  const are = conditional.length === 0 || canAvoid(entry, conditional, look);
  return new Set(are ? conditional : conditional.filter((each) => canAvoid(entry, [each], look)));
}

function canAvoid({ statement, variables }: Entry, denials: readonly Entry[], look: Look): boolean {
  const conditions = denials.map((each) => each.statement.conditions);
  return canHold(statement.conditions, conditions, scopeOf(look), variables);
}
