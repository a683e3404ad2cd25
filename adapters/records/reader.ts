// What every way of reading shares: the bytes, the rows, the limits, and the few steps that may have to wait for bytes.
import type { Rows } from './row.ts';
import { FAULT, Scanner } from './scanner.ts';
import { Window } from './window.ts';

/** In bytes. */
export type Limits = {
  /** A document up to this size is parsed whole. */
  whole: number;
  /** How much of a larger list is parsed together; 0 takes it element by element. */
  batch: number;
  /** A single record larger than this is refused. */
  longest: number;
  scanner?: () => Scanner;
};

const MIB = 1_048_576;
/** A batch under 100 KiB: V8 puts what larger texts parse to straight into the old generation, where it costs a third more. */
export const LIMITS: Limits = { whole: MIB, batch: 98_304, longest: 64 * MIB };

export type Reader = {
  window: Window;
  rows: Rows;
  limits: Limits;
  scanner: Scanner;
  /** Up to this offset there is no line that parses: trying again for each value in it would take quadratic time. */
  linesFrom: number;
  /** Whether a line was a value of its own: then every bad line is one bad record. */
  byLine: boolean;
};

/** Where a value ends, counted from the window's `at`, or why that cannot be said. */
export type End = { ok: true; end: number } | { ok: false; why: 'fault' | 'cut' | 'long'; end: number };

const BLANKS = new Uint8Array(256);
for (const each of [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]) BLANKS[each] = 1;

/** White space, or a part of a byte order mark. */
export function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && BLANKS[byte] === 1;
}

export function readerOf(chunks: AsyncIterable<Buffer | string>, rows: Rows, limits: Limits): Reader {
  const scanner = limits.scanner?.() ?? new Scanner();
  return { window: new Window(chunks), rows, limits, scanner, linesFrom: 0, byLine: false };
}

/** The value of a JSON text; undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lets go of white space and byte order marks, and of commas where told; false at the end of the input. */
export async function skipBlank(window: Window, comma = -1): Promise<boolean> {
  do {
    for (; window.left > 0; window.at += 1) {
      if (!isBlank(window.peek()) && window.peek() !== comma) return true;
    }
  } while (await window.more());
  return false;
}

/** The position of the first byte from `position` on that is no white space; undefined at the end of the input. */
export async function nextByte(window: Window, position: number): Promise<number | undefined> {
  for (let at = position; ; at += 1) {
    if (at >= window.left && !(await window.more())) return undefined;
    if (!isBlank(window.peek(at))) return at;
  }
}

/** Where the value at `position` ends; reads on as far as needed and allowed. */
export async function endOf({ window, scanner, limits }: Reader, position: number): Promise<End> {
  scanner.reset();
  for (let from = position; ; ) {
    const found = scanner.scan(window.bytes, window.at + from);
    if (found >= 0) return { ok: true, end: found - window.at };
    if (found === FAULT) return { ok: false, why: 'fault', end: scanner.fault - window.at };
    from = window.left;
    if (from - position > limits.longest) return { ok: false, why: 'long', end: from };
    if (!(await window.more())) return scanner.isWord ? { ok: true, end: from } : { ok: false, why: 'cut', end: from };
  }
}

/** Goes past the rest of a value that is too long, holding none of it; false where it has no end. */
export async function skipRest({ window, scanner }: Reader): Promise<boolean> {
  for (;;) {
    window.at = window.bytes.length;
    if (!(await window.more())) return false;
    const found = scanner.scan(window.bytes, window.at);
    if (found === FAULT) window.at = scanner.fault;
    if (found >= 0) window.at = found;
    if (found === FAULT || found >= 0) return found >= 0;
  }
}

/** Tells of a value that could not be read: what is wrong, and where it begins. Only where nothing follows has the input been cut. */
export function report({ window, rows, limits }: Reader, offset: number, failed: End, goesOn: boolean): void {
  const begins = `it begins at byte ${offset}`;
  if (failed.ok) rows.broken(`not valid JSON; ${begins}`);
  else if (failed.why === 'long') rows.broken(`longer than ${inWords(limits.longest)}, refused; ${begins}`);
  else if (failed.why === 'fault') rows.broken(`not valid JSON at byte ${offset + failed.end}; ${begins}`);
  else if (goesOn) rows.broken(`not valid JSON: it has no end; ${begins}`);
  else rows.cut(`${ending(window)} at byte ${offset + failed.end}, in the middle of a record; ${begins}`);
}

/** How the input ends, in words. */
export function ending(window: Window): string {
  return window.failure ? `${window.failure.reason}: the input ends` : 'cut off: the input ends';
}

function inWords(bytes: number): string {
  return bytes >= MIB ? `${Math.round(bytes / MIB)} MiB` : `${bytes} bytes`;
}
