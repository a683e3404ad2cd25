// Reading what attackers write: every accessor takes any value and answers with one type or with undefined.
import type { Fields } from './activity.ts';

/** CloudTrail's words for what it left out. */
export const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

export const NO_FIELDS: Fields = Object.freeze(Object.create(null));

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property `key`, or one that differs in case only: AWS services do not agree on `policyDocument` and `PolicyDocument`. */
export function at(fields: Fields, key: string): unknown {
  if (Object.hasOwn(fields, key)) return fields[key];
  const wanted = key.toLowerCase();
  const found = Object.keys(fields).find((each) => each.toLowerCase() === wanted);
  return found === undefined ? undefined : fields[found];
}

/** The non-empty string at `key`. */
export function text(fields: Fields, key: string): string | undefined {
  const value = at(fields, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object at `key`; an empty one where there is none, so that reads can be chained. */
export function inner(fields: Fields, key: string): Fields {
  const value = at(fields, key);
  return isFields(value) ? value : NO_FIELDS;
}

/** The truth value at `key`; CloudTrail writes both `true` and `"true"`. */
export function flag(fields: Fields, key: string): boolean | undefined {
  const value = at(fields, key);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return undefined;
}

/** The JSON document at `key`: an object, or a string that holds one, URL-encoded or not. */
export function document(fields: Fields, key: string): Fields | undefined {
  const value = at(fields, key);
  if (typeof value === 'string') return parseDocument(value);
  return isFields(value) && !isDeeper(value, DEEPEST) ? value : undefined;
}

/** A policy document from its text; IAM returns documents URL-encoded (RFC 3986). */
export function parseDocument(value: string): Fields | undefined {
  const plain = value.trimStart().startsWith('%7B') ? decode(value) : value;
  try {
    const parsed: unknown = JSON.parse(plain);
    return isFields(parsed) && !isDeeper(parsed, DEEPEST) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A policy nests six levels. What nests much deeper is no policy, and would overflow the stack of whoever walks it. */
const DEEPEST = 40;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
