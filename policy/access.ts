// What policies together allow and deny of the actions that matter: read once, then looked up action by action.
import { isSpecific } from './asking.ts';
import { addAll, type Bits, noBits, onlyCommon, removeAll } from './bits.ts';
import type { Policy, Statement } from './document.ts';
import type { Format } from './format.ts';
import type { Grant } from './grants.ts';
import { bitsIn, type Interest } from './interest.ts';
import { type On, onOf, type Place, type Reach, WHOLE } from './reach.ts';
import { canHold } from './satisfy.ts';
import { identityScope, type Keys, type Scope } from './scope.ts';

/** What an analysis stands on. `now`: milliseconds since the epoch. */
export type Basis = { interest: Interest; place: Place; now: number };

/** One statement, of which of the policies, and what was found out about it so far. */
export type Entry = {
  statement: Statement;
  policy: number;
  variables: boolean;
  bits: Bits;
  /** It is about everything, without conditions. */
  isSimple: boolean;
  looks: Looks | undefined;
};

/**
 * What closer looks at a statement have found: what it is on; by the formats of ARNs on what it allows an action, and whether that may be
 * everything of a kind; by what keys can be whether its conditions can hold.
 */
export type Looks = {
  on: On;
  reaches: Map<readonly Format[], Reach[]>;
  wide: Map<readonly Format[], boolean>;
  possible: Map<Keys, boolean>;
};

/** Made when the statement is first looked at: most never are. */
export function looksOf(entry: Entry): Looks {
  const { statement, variables } = entry;
  entry.looks ??= {
    on: onOf(statement, variables),
    reaches: new Map(),
    wide: new Map(),
    possible: new Map(),
  };
  return entry.looks;
}

/** What policies of one identity allow. */
export type Access = {
  basis: Basis;
  scope: Scope;
  allows: Entry[];
  denials: Entry[];
  /** Allowed on everything without conditions; by one statement alone and below no ceiling: what that grants. */
  open: Bits;
  simple: Grant[] | undefined;
  /** Denied in some way that has to be looked at. */
  objected: Bits;
  /** Allowed, as far as can be said without a closer look; and allowed on what may be everything of a kind. */
  maybe: Bits;
  maybeWide: Bits;
  /** The condition keys that the statements ask about, in lower case, as far as not all requests say the same there. */
  asked: Set<string>;
  /** What must allow as well: a permissions boundary, the levels of an organization. */
  ceilings: readonly Access[];
  /** By what keys can be: the same, or none where no statement asks about those; who asks then; the grants that were looked up, by action. */
  relevant: Map<Keys, Keys>;
  scopes: Map<Keys, Scope>;
  known: Map<Keys, Map<number, Grant[]>>;
};

/** Reads the policies of one identity together, below its ceilings. */
export function accessOf(policies: readonly Policy[], basis: Basis, ceilings: readonly Access[] = []): Access {
  const size = basis.interest.names.length;
  const access: Access = {
    basis,
    scope: identityScope(basis.place.account, basis.now),
    allows: [],
    denials: [],
    open: noBits(size),
    simple: undefined,
    objected: noBits(size),
    maybe: noBits(size),
    maybeWide: noBits(size),
    asked: new Set(),
    ceilings,
    relevant: new Map(),
    scopes: new Map(),
    known: new Map(),
  };
  const closed = noBits(size);
  for (const [at, { statements, variables }] of policies.entries())
    for (const statement of statements) {
      const entry = entryOf(statement, at, variables, access);
      if (entry) addEntry(access, entry, closed);
    }
  const [first, second] = access.allows.filter((each) => each.isSimple);
  if (first && !second && ceilings.length === 0) access.simple = [simpleGrant(first)];
  for (const each of [access.open, access.maybe, access.maybeWide]) removeAll(each, closed);
  for (const each of ceilings) {
    access.maybe = onlyCommon(access.maybe, each.maybe);
    access.maybeWide = onlyCommon(access.maybeWide, each.maybeWide);
  }
  return access;
}

function addEntry(access: Access, entry: Entry, closed: Bits): void {
  const { statement, bits, isSimple } = entry;
  for (const { key } of statement.conditions) if (isSpecific(key.toLowerCase())) access.asked.add(key.toLowerCase());
  if (statement.effect === 'Deny') {
    access.denials.push(entry);
    addAll(isSimple ? closed : access.objected, bits);
  } else {
    access.allows.push(entry);
    addAll(access.maybe, bits);
    if (isSimple) addAll(access.open, bits);
    if (isSimple || mayBeWide(statement)) addAll(access.maybeWide, bits);
  }
}

/** Undefined for a statement that is about nothing that matters, or that no request can meet. */
function entryOf(
  statement: Statement,
  policy: number,
  variables: boolean,
  { basis, scope }: Access,
): Entry | undefined {
  const bits = bitsIn(statement, basis.interest);
  if (!bits || !canHold(statement.conditions, [], scope, variables)) return undefined;
  const isSimple = statement.conditions.length === 0 && isOnEverything(statement);
  return {
    statement,
    policy,
    variables,
    bits,
    isSimple,
    looks: undefined,
  };
}

function isOnEverything({ resources, notResources }: Statement): boolean {
  return notResources.length === 0 && (resources.length === 0 || resources.includes('*'));
}

/** Whether it may be about everything of a kind: a quick look, which sorts out most of what is named. */
function mayBeWide({ resources, notResources }: Statement): boolean {
  return (
    notResources.length > 0 || resources.length === 0 || resources.some((each) => OPEN.test(each) && !BUCKET.test(each))
  );
}

/** It ends in a wildcard, or is the one resource that there is. */
const OPEN = /[*?]$|:root$|\/default$/;
/** It names a bucket. */
const BUCKET = /^arn:[^:]*:s3:::[^*?]/;

/** What a statement about everything grants. */
export function simpleGrant({ statement, policy }: Entry): Grant {
  return { ...WHOLE, statement, policy, isConditional: false };
}
