// Comparing what was, what is and what was left: the compare of compare-and-swap.
import { isFields } from '../events/fields.ts';
import { canonical } from './journal.ts';
import type { State } from './remediation.ts';

/** The two states hold the same. */
export function same(one: State, other: State): boolean {
  return canonical(one) === canonical(other);
}

/** What differs, in words: `status was Inactive and is Active`. */
export function difference(expected: State, found: State): string {
  if (found === null) return 'it no longer exists';
  if (expected === null) return 'it did not exist, and does now';
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const changed = keys.filter((each) => canonical(expected[each] ?? null) !== canonical(found[each] ?? null));
  return (
    changed.map((each) => `${each} was ${shown(expected[each])} and is ${shown(found[each])}`).join('; ') ||
    'nothing differs'
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'absent';
  const text = isFields(value) || Array.isArray(value) ? canonical(value) : String(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
