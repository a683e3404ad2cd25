// EventBridge event patterns: the part of the language that rules use, matched as EventBridge matches it.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
import { isFields, NO_FIELDS } from '../events/fields.ts';

/** A pattern over an event: objects nest, a leaf is the list of values or filters of which one must hold, `$or` a list of patterns. */
export type EventPattern = { readonly [key: string]: EventPattern | Leaf | readonly EventPattern[] };
export type Leaf = readonly (string | number | boolean | null | Filter)[];
export type Filter =
  | { prefix: string }
  | { suffix: string }
  | { wildcard: string }
  | { exists: boolean }
  | { 'anything-but': string | readonly string[] | { prefix: string } };

/** A test of events, made once from its pattern. */
export type Matcher = (event: unknown) => boolean;

/** Whether the event fits the pattern; who asks more than once compiles it. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return compile(pattern)(event);
}

/**
 * The test of a pattern: every field of it, one alternative each. One element of a list has to fit whole; lists in lists
 * are not opened, so that the depth of the work is that of the pattern.
 */
export function compile(pattern: EventPattern): Matcher {
  const { $or: either = [], ...rest } = pattern as EventPattern & { $or?: readonly EventPattern[] };
  const ways = either.map(compile);
  const fields = Object.entries(rest).map(([key, wanted]) => ({
    key,
    /** Every object inherits it: only here is it asked whose it is, since that costs as much as the look-up. */
    inherited: key in Object.prototype,
    holds: testOf(wanted as EventPattern | Leaf),
  }));
  const test: Matcher = (event) => {
    if (Array.isArray(event)) return event.some((each) => !Array.isArray(each) && test(each));
    const found = isFields(event) ? event : NO_FIELDS;
    if (ways.length > 0 && !anyHolds(ways, found)) return false;
    for (const { key, inherited, holds } of fields)
      if (!holds(inherited && !Object.hasOwn(found, key) ? undefined : found[key])) return false;
    return true;
  };
  return test;
}

/** This runs for every record and every pattern: a loop, because a callback costs as much as the test. */
function anyHolds(tests: readonly Matcher[], value: unknown): boolean {
  for (const each of tests) if (each(value)) return true;
  return false;
}

function testOf(wanted: EventPattern | Leaf): Matcher {
  return isLeaf(wanted) ? leaf(wanted) : compile(wanted);
}

function isLeaf(wanted: EventPattern | Leaf): wanted is Leaf {
  return Array.isArray(wanted);
}

// EventBridge compares leaves: where the event has an object, or a list of nothing, it has no leaf.
function leaf(wanted: Leaf): Matcher {
  const alternatives = wanted.map(alternative);
  const one: Matcher = (value) => anyHolds(alternatives, value);
  return (value) => {
    if (typeof value !== 'object' || value === null) return one(value);
    const leaves = Array.isArray(value) ? value.filter((each) => !isFields(each) && !Array.isArray(each)) : [];
    return leaves.length > 0 ? leaves.some(one) : one(undefined);
  };
}

function alternative(wanted: Leaf[number]): Matcher {
  if (typeof wanted !== 'object' || wanted === null) return (value) => wanted === value;
  if ('exists' in wanted) return (value) => wanted.exists === (value !== undefined);
  if ('anything-but' in wanted) {
    const but = wanted['anything-but'];
    if (typeof but === 'object' && 'prefix' in but)
      return (value) => typeof value === 'string' && !value.startsWith(but.prefix);
    const unwanted = ([] as unknown[]).concat(but);
    return (value) => value !== undefined && !unwanted.includes(value);
  }
  const test = textTest(wanted);
  return (value) => typeof value === 'string' && test(value);
}

function textTest(wanted: { prefix: string } | { suffix: string } | { wildcard: string }): (value: string) => boolean {
  if ('prefix' in wanted) return (value) => value.startsWith(wanted.prefix);
  if ('suffix' in wanted) return (value) => value.endsWith(wanted.suffix);
  const pieces = wanted.wildcard.split('*');
  return (value) => fitsStars(pieces, value);
}

/** The pieces between stars, in order; EventBridge has no `?`. */
function fitsStars(pieces: string[], value: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at + last.length <= value.length;
}
