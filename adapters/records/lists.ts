// Lists of records of any length, a stretch at a time.
import { type End, ending, endOf, isBlank, parse, type Reader, report, skipBlank, skipRest } from './reader.ts';
import type { Row } from './row.ts';
import type { Window } from './window.ts';

const [QUOTE, BACKSLASH, COMMA, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x5c, 0x2c, 0x5d, 0x7b, 0x7d];
const OPEN = Buffer.from('{');
const LONGEST_OPENING = 512;
const LOOKAHEAD = 65_536;

/**
 * Reads the list whose bracket is at the window's `at`; false where its end was not found.
 * Commas are only skipped: where one is missing or too many, no record is in doubt.
 */
export async function* list(reader: Reader): AsyncGenerator<Row[], boolean> {
  const { window, rows } = reader;
  const walk: Walk = { batchFrom: 0, opening: undefined };
  window.at += 1;
  while (await skipBlank(window, COMMA)) {
    if (window.peek() === BRACKET_END) {
      window.at += 1;
      return true;
    }
    const went = (yield* together(reader, walk)) || (yield* held(reader, walk)) || (yield* single(reader, walk));
    yield* rows.take();
    if (!went) return false;
  }
  if (!rows.reported)
    rows.broken(`${ending(window)} at byte ${window.offset}, before its list of records does`, 'source');
  yield* rows.take();
  return false;
}

/** `opening` is how the last good element began, as `{"eventVersion"`: the elements of a file are written alike. */
type Walk = { batchFrom: number; opening: Buffer | undefined };

/**
 * Many elements in one parse: up to where the last one seems to begin. That is a guess, but `[…]` around the bytes before
 * it is valid JSON only if it is right, because a prefix of a list has only one reading.
 */
async function* together(reader: Reader, walk: Walk): AsyncGenerator<Row[], boolean> {
  const { window, rows, limits } = reader;
  if (limits.batch === 0 || window.peek() !== BRACE || window.offset < walk.batchFrom) return false;
  await window.fill(limits.batch);
  const opening = openingAt(window.bytes, window.at);
  const last = opening ? window.bytes.lastIndexOf(opening, window.at + limits.batch) : -1;
  const comma = last > window.at ? commaBefore(window.bytes, last) - window.at : -1;
  if (comma <= 0) {
    walk.batchFrom = window.offset + limits.batch;
    return false;
  }
  const values = parse(`[${window.text(0, comma)}]`);
  if (values === undefined) {
    walk.batchFrom = window.offset + comma;
    return false;
  }
  walk.opening = copied(opening);
  window.at += comma;
  yield* rows.unfold(values);
  return true;
}

/** The elements that lie in the window as a whole, without waiting; false where there is none. */
function* held(reader: Reader, walk: Walk): Generator<Row[], boolean> {
  const { window, scanner, limits } = reader;
  let any = false;
  while (window.offset < walk.batchFrom || limits.batch === 0 || window.peek() !== BRACE) {
    scanner.reset();
    const end = scanner.scan(window.bytes, window.at) - window.at;
    if (end <= 0 || end > limits.longest) return any;
    any = true;
    yield* element(reader, walk, end);
    while (isBlank(window.peek()) || window.peek() === COMMA) window.at += 1;
    if (window.left === 0 || window.peek() === BRACKET_END) return any;
  }
  return any;
}

/** The element that may go beyond the window, or its report; false where no further element was found. */
async function* single(reader: Reader, walk: Walk): AsyncGenerator<Row[], boolean> {
  const { window, limits } = reader;
  const end = await endOf(reader, 0);
  if (!end.ok) return giveUp(reader, walk, end);
  if (end.end <= limits.longest) yield* element(reader, walk, end.end);
  else {
    report(reader, window.offset, { ok: false, why: 'long', end: end.end }, true);
    window.at += end.end;
  }
  return true;
}

/** The next `length` bytes, which look like an element. */
function* element(reader: Reader, walk: Walk, length: number): Generator<Row[]> {
  const { window, rows } = reader;
  const value = parse(window.text(0, length));
  if (value === undefined) report(reader, window.offset, { ok: true, end: length }, true);
  else walk.opening = copied(openingAt(window.bytes, window.at)) ?? walk.opening;
  window.at += length;
  if (value !== undefined) yield* rows.unfold(value);
}

/** Reports the element at the window's `at` and goes to where the next one seems to begin. */
async function giveUp(reader: Reader, walk: Walk, failed: End & { ok: false }): Promise<boolean> {
  const { window } = reader;
  const begins = window.offset;
  const openings = openingsOf(window, walk, failed);
  let found = failed.why === 'long' && (await skipRest(reader));
  if (failed.why !== 'long') window.at += Math.min(window.left, window.mayRewind(failed.end) ? 1 : failed.end);
  found ||= await nextElement(window, openings);
  report(reader, begins, failed, found);
  return found;
}

/**
 * An element that is broken has no end to go by: the next is where a comma and the opening of its siblings stand. Without
 * siblings its own opening is tried, then any; but in a record that the end of the input cuts off, any would be one of its parts.
 */
function openingsOf(window: Window, { opening }: Walk, { why }: End & { ok: false }): Buffer[] {
  if (opening) return [Buffer.from(opening)];
  const found = openingAt(window.bytes, window.at);
  const own = found && window.mayRewind(LOOKAHEAD) ? [Buffer.from(found)] : [];
  return why === 'cut' ? own : [...own, OPEN];
}

/** Goes to the next element with the first of these openings that is there, or to the end of the input. */
async function nextElement(window: Window, openings: Buffer[]): Promise<boolean> {
  for (;;) {
    for (const each of openings) {
      const within = openings.length > 1 && each !== OPEN ? window.at + LOOKAHEAD : window.bytes.length;
      const found = elementFrom(window.bytes.subarray(0, within), window.at, each);
      if (found === -1) continue;
      window.at = found;
      return true;
    }
    window.at = Math.max(window.at, window.bytes.length - 2 * LONGEST_OPENING);
    if (await window.more()) continue;
    window.at = window.bytes.length;
    return false;
  }
}

/** The first place from `from` on with this opening after a comma; -1 where there is none. */
function elementFrom(bytes: Buffer, from: number, opening: Buffer): number {
  let found = bytes.indexOf(opening, from);
  while (found !== -1 && commaBefore(bytes, found) < from) found = bytes.indexOf(opening, found + 1);
  return found;
}

/** The comma before `at`, with nothing but white space between; -1 where there is none. */
function commaBefore(bytes: Buffer, at: number): number {
  for (let each = at - 1; each >= 0; each -= 1) {
    const byte = bytes[each];
    if (byte === COMMA) return each;
    if (!isBlank(byte)) return -1;
  }
  return -1;
}

/** The window's bytes move: what is kept of them is a copy. */
function copied(bytes: Buffer | undefined): Buffer | undefined {
  return bytes && Buffer.from(bytes);
}

/** From the brace at `at` to the end of the first key; undefined where there is no such thing. */
function openingAt(bytes: Buffer, at: number): Buffer | undefined {
  if (bytes[at] !== BRACE) return undefined;
  const start = bytes.subarray(at, at + LONGEST_OPENING);
  const key = start.indexOf(QUOTE);
  const end = key === -1 ? -1 : start.indexOf(QUOTE, key + 1);
  const opening = start.subarray(0, end + 1);
  return end === -1 || opening.includes(BACKSLASH) || opening.includes(BRACE_END) ? undefined : opening;
}
