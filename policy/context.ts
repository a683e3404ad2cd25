// What a request says besides action and resource: condition keys, in lower case, with their values as texts.
import { isObject, list } from './shapes.ts';

export type Context = ReadonlyMap<string, readonly string[]>;

/** The context of a request; keys are not case-sensitive. What is no text, number, true or false is left out. */
export function contextOf(raw: unknown): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  if (!isObject(raw)) return context;
  for (const key of Object.keys(raw)) context.set(key.toLowerCase(), textsOf(raw[key]));
  return context;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return list(value)
    .filter((each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')
    .map(String);
}
