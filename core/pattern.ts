// EventBridge event patterns: the part of the language that rules use, matched as EventBridge matches it.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
import { isFields } from '../events/fields.ts';
import { fits } from './glob.ts';

/** A pattern over an event: objects nest, a leaf is the list of values or filters of which one must hold. */
export type EventPattern = { readonly [key: string]: EventPattern | Leaf };
export type Leaf = readonly (string | number | boolean | null | Filter)[];
export type Filter =
  | { prefix: string }
  | { suffix: string }
  | { wildcard: string }
  | { exists: boolean }
  | { 'anything-but': string | readonly string[] };

/** Whether the event fits: every field of the pattern, one alternative each. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = isFields(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    return isLeaf(wanted) ? leafMatches(wanted, value) : matches(wanted, value);
  });
}

function isLeaf(wanted: EventPattern | Leaf): wanted is Leaf {
  return Array.isArray(wanted);
}

function leafMatches(leaf: Leaf, value: unknown): boolean {
  const values = Array.isArray(value) ? value : [value];
  return leaf.some((each) => values.some((one) => alternativeMatches(each, one)));
}

function alternativeMatches(wanted: Leaf[number], value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === value;
  if ('exists' in wanted) return wanted.exists === (value !== undefined);
  if (typeof value !== 'string') return false;
  if ('prefix' in wanted) return value.startsWith(wanted.prefix);
  if ('suffix' in wanted) return value.endsWith(wanted.suffix);
  if ('wildcard' in wanted) return fits(wanted.wildcard, value);
  return !([] as string[]).concat(wanted['anything-but']).includes(value);
}
