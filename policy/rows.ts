// The rows of the command line: a line of JSON in, the answer in the shape of the contract out. Nothing here throws.
import type { Catalogue } from './catalogue.ts';
import { type Check, checkPolicy } from './check.ts';
import type { Problem } from './document.ts';
import { parseJson } from './json.ts';
import { isObject } from './shapes.ts';
import { type Simulated, simulate } from './simulate.ts';
import { LARGEST, type PolicyType, TYPES } from './type.ts';

/** What is the same for all rows. `now`: milliseconds since the epoch. */
export type Surroundings = {
  now: number;
  catalogue: Catalogue | undefined;
  /** What a document is, and whose, that does not say it. */
  standard?: { type: string | undefined; account: string | undefined };
};

/** An answer, or why the row cannot be answered. */
export type Checked = { ok: true; answer: { id: unknown } & Check } | { ok: false; reason: string };

/** Answers a line of `guardrail policy simulate`. */
export function answerSimulation(line: string, catalogue: Catalogue | undefined): Simulated {
  try {
    return simulate(JSON.parse(line), catalogue);
  } catch {
    const parsed = parseJson(line);
    return { ok: false, reason: parsed.ok ? 'the row cannot be read' : parsed.reason };
  }
}

/** Answers a line of `guardrail policy check`: `{id, type, policy, account}`, or a policy document alone. */
export function answerCheck(line: string, around: Surroundings): Checked {
  const parsed = parseJson(line);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (!isObject(value)) return { ok: false, reason: 'the row is no JSON object' };
  const isRow = 'policy' in value || !('Statement' in value);
  const row = isRow ? value : { policy: value };
  const type = row.type ?? around.standard?.type;
  if (type !== undefined && !isType(type)) return { ok: false, reason: `the type must be one of ${TYPES.join(', ')}` };
  const { document, repeated } = documentOf(row.policy, parsed.repeated, isRow);
  const check = checkPolicy(document, {
    ...around,
    type,
    account: accountIn(row.account ?? around.standard?.account),
    size: line.length > (type ? LARGEST[type] : SMALLEST) ? sizeOf(document, line.length) : 0,
    faults: repeated.map(repetition),
  });
  return { ok: true, answer: { id: row.id ?? null, ...check } };
}

/** Shorter documents are too large for none. */
const SMALLEST = Math.min(...Object.values(LARGEST));

/** The characters of the document without white space; as many as its line has where it is too deep to be written. */
function sizeOf(document: unknown, most: number): number {
  try {
    return JSON.stringify(document)?.length ?? 0;
  } catch {
    return most;
  }
}

function isType(value: unknown): value is PolicyType {
  return TYPES.some((each) => each === value);
}

function accountIn(value: unknown): string | undefined {
  return /^\d{12}$/.test(String(value)) ? String(value) : undefined;
}

/** The document of a row, or of its text, as events and command lines have it. */
function documentOf(policy: unknown, repeated: string[], isRow: boolean): { document: unknown; repeated: string[] } {
  const parsed = typeof policy === 'string' ? parseJson(policy) : undefined;
  if (parsed?.ok) return { document: parsed.value, repeated: parsed.repeated };
  const inside = isRow
    ? repeated.filter((each) => /^policy[.[]/.test(each)).map((each) => each.replace(/^policy\.?/, ''))
    : repeated;
  return { document: policy, repeated: inside };
}

function repetition(place: string): Problem {
  const statement = /^Statement\[(\d+)\]/.exec(place)?.[1];
  return { place, statement: statement === undefined ? null : Number(statement), message: 'the key stands twice' };
}
