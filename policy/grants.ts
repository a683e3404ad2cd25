// On what an action is allowed: every allowance of it, after all that denies and below all ceilings.
import { type Access, type Entry, looksOf, NO_KEYS, simpleGrant } from './access.ts';
import { arnsMeet } from './arn.ts';
import { hasBit } from './bits.ts';
import type { Statement } from './document.ts';
import { type Format, opened } from './format.ts';
import { kept } from './kept.ts';
import { extentOf, leftBy, type Place, type Reach, reachesOf, reachesWhole } from './reach.ts';
import { canHold } from './satisfy.ts';
import { identityScope, type Keys, PASSING, type Scope } from './scope.ts';
import { covers } from './wildcard.ts';

/** A grant: on what, by which statement of which of the policies, and whether conditions stand before it. */
export type Grant = Reach & { statement: Statement; policy: number; isConditional: boolean };

/**
 * The grants of an action: the first that reaches everything of its kind, alone, or else what is named. `keys` says more
 * about what the keys of this request can be.
 */
export function grantsOf(access: Access, number: number, keys: Keys = NO_KEYS): Grant[] {
  if (!hasBit(access.maybe, number)) return NONE;
  if (access.simple && hasBit(access.open, number) && !hasBit(access.objected, number)) return access.simple;
  const { passRole } = access.basis.interest;
  const given = keys === NO_KEYS && number === passRole ? PASSING : keys;
  const relevant = isAsked(access, given) ? given : NO_KEYS;
  const known = kept(access.known, relevant, () => new Map<number, Grant[]>());
  return kept(known, number, () => lookUp(access, number, relevant));
}

const NONE: Grant[] = [];

/** Some condition is about one of the keys, here or in a ceiling. */
function isAsked({ asked, ceilings }: Access, keys: Keys): boolean {
  if (asked.size === 0 && ceilings.length === 0) return false;
  for (const each in keys) if (asked.has(each)) return true;
  return ceilings.some((each) => isAsked(each, keys));
}

/** The grant of the action on everything of its kind. */
export function wideGrant(access: Access, number: number, keys: Keys = NO_KEYS): Grant | undefined {
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

function lookUp(access: Access, number: number, keys: Keys): Grant[] {
  let grants = granted(access, number, keys);
  for (const each of access.ceilings) {
    if (grants.length === 0) break;
    const ceiling = grantsOf(each, number, keys);
    grants = grants.flatMap((one) => below(one, ceiling, access.basis.place));
  }
  return grants;
}

/** What is left of a grant below a ceiling that grants these. */
function below(grant: Grant, ceiling: Grant[], place: Place): Grant[] {
  const met = ceiling.filter((each) => meets(grant, each, place));
  return met.map(({ breadth, pattern, format, isConditional }) => {
    const isNarrower =
      breadth !== 'all' &&
      (isWide(grant) || !covers(openExtent({ breadth, pattern, format }, place), openExtent(grant, place)));
    const limits = isNarrower ? { breadth, pattern, format } : {};
    return { ...grant, ...limits, isConditional: grant.isConditional || isConditional };
  });
}

/** Some resource is in both. */
export function meets(one: Grant, other: Grant, place: Place): boolean {
  return isWide(one) || isWide(other) || arnsMeet(openExtent(one, place), openExtent(other, place));
}

function openExtent(reach: Reach, place: Place): string {
  return opened(extentOf(reach, place));
}

function granted(access: Access, number: number, keys: Keys): Grant[] {
  const allows = access.allows.filter(({ bits }) => hasBit(bits, number));
  const simple = hasBit(access.objected, number) ? undefined : allows.find((each) => each.isSimple);
  if (simple) return [simpleGrant(simple)];
  const denials = access.denials.filter(({ bits }) => hasBit(bits, number));
  return looked(allows, denials, { access, keys, formats: access.basis.interest.formats[number] ?? [] });
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

function looked(allows: Entry[], denials: Entry[], look: Look): Grant[] {
  const found: Grant[] = [];
  for (const { entry, reach } of widestFirst(allows, look)) {
    const left = denials.length === 0 ? [reach] : survivors(entry, reach, denials, look);
    for (const each of left) {
      const grant = grantBy(entry, each);
      if (isWide(grant)) return [grant];
      found.push(grant);
    }
  }
  return found;
}

type Candidate = { entry: Entry; reach: Reach };

/** So many resources of an action, of each breadth, are looked at. */
const MOST = 32;

/** INVARIANT: decoys hide nothing. What reaches everything comes first, and of what is named only so many are looked at. */
function widestFirst(allows: Entry[], look: Look): Candidate[] {
  const [wide, named]: [Candidate[], Candidate[]] = [[], []];
  for (const entry of allows) {
    if (!isPossible(entry, look)) continue;
    for (const reach of reachesIn(entry, look)) {
      const list = reach.breadth === 'all' ? wide : named;
      if (list.length < MOST) list.push({ entry, reach });
    }
  }
  return wide.concat(named);
}

function isPossible(entry: Entry, look: Look): boolean {
  const { conditions } = entry.statement;
  // Without more said about keys, it was found out when the statement was read.
  if (conditions.length === 0 || look.keys === NO_KEYS) return true;
  return kept(looksOf(entry).possible, look.keys, () => canHold(conditions, [], scopeOf(look), entry.variables));
}

function reachesIn(entry: Entry, { formats, access }: Look): Reach[] {
  const { on, reaches } = looksOf(entry);
  return kept(reaches, formats, () => reachesOf(on, formats, access.basis.place));
}

/** What the denials leave of a reach: those that cannot be avoided take away, all others do not. */
function survivors({ statement, variables }: Entry, reach: Reach, denials: readonly Entry[], look: Look): Reach[] {
  const { formats, access } = look;
  const left = (denial: Entry, each: Reach) => leftBy(looksOf(denial).on, each, formats, access.basis.place);
  let reaches = [reach];
  const conditional: Entry[] = [];
  for (const denial of denials) {
    if (denial.statement.conditions.length > 0) conditional.push(denial);
    else reaches = reaches.flatMap((each) => left(denial, each));
    if (reaches.length === 0) return reaches;
  }
  if (conditional.length === 0) return reaches;
  return reaches.filter((each) => {
    const objecting = conditional.filter((one) => left(one, each).length === 0).map((one) => one.statement.conditions);
    return objecting.length === 0 || canHold(statement.conditions, objecting, scopeOf(look), variables);
  });
}
