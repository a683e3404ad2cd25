// The wildcards of IAM policies: `*` is any run of characters, `?` any one. Time is proportional to pattern and text: no
// regular expression is built from input, and nothing is tried twice.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
import { indexOfPiece } from './search.ts';

/** Whether the whole `text` fits `pattern`. */
export function fits(pattern: string, text: string): boolean {
  return fitsBut(pattern, text, undefined);
}

/** Whether every text that fits `inner` fits `outer` as well. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === '*') return true;
  return fitsBut(outer, isPlain(inner) ? inner : opaque(inner), STAR);
}

/** The pattern is a text: it fits itself and nothing else. */
export function isPlain(pattern: string): boolean {
  return !pattern.includes('*') && !pattern.includes('?');
}

/**
 * Whether some text fits both. Time grows with the product of the lengths, so that two patterns longer than any that AWS
 * takes are not compared: the answer is that they may.
 */
export function overlaps(one: string, other: string): boolean {
  if (isPlain(one)) return fits(other, one);
  if (isPlain(other)) return fits(one, other);
  const start = commonStart(one, other);
  if (start === -1) return false;
  const [left, right] = [one.slice(start), other.slice(start)];
  if (takes(left, right) || takes(right, left) || left.length * right.length > LONGEST) return true;
  return endsMeet(left, right) && someFitsBoth(left, right);
}

const LONGEST = 1_000_000;

/** The pattern is one that fits some text of any other: `*`, or `?*`, which takes all but the empty one. */
function takes(pattern: string, other: string): boolean {
  return pattern === '*' || (pattern === '?*' && other !== '');
}

/** Where the first wildcard stands in either pattern; -1 where they differ before. */
function commonStart(one: string, other: string): number {
  for (let at = 0; ; at += 1) {
    const [a, b] = [one[at], other[at]];
    if (a === '*' || a === '?' || b === '*' || b === '?') return at;
    if (a !== b) return -1;
    if (a === undefined) return at;
  }
}

/** Whether the patterns agree behind the last wildcard of either. */
function endsMeet(one: string, other: string): boolean {
  for (let at = 1; at <= one.length && at <= other.length; at += 1) {
    const [a, b] = [one[one.length - at], other[other.length - at]];
    if (a === '*' || a === '?' || b === '*' || b === '?') return true;
    if (a !== b) return false;
  }
  return true;
}

function someFitsBoth(one: string, other: string): boolean {
  let [row, next] = [new Uint8Array(other.length + 1), new Uint8Array(other.length + 1)];
  row[0] = 1;
  for (let i = 0; i < one.length; i += 1) {
    fillRow(next, one[i], row, other);
    [row, next] = [next, row];
  }
  // Stars at the end take nothing.
  for (let j = other.length; j >= 0; j -= 1) {
    if (row[j] === 1) return true;
    if (other[j - 1] !== '*') return false;
  }
  return false;
}

/**
 * A text that fits both patterns, with as few characters as possible; undefined where there is none, or where they are too
 * long to look for one.
 */
export function meeting(one: string, other: string): string | undefined {
  const width = other.length + 1;
  if (one.length * width > 100_000) return undefined;
  /** How each pair of places was reached: from where, and by which character. */
  const reached = new Map<number, { from: number; char: string }>([[0, { from: -1, char: '' }]]);
  const end = one.length * width + other.length;
  for (const at of reached.keys()) {
    if (at === end) return textTo(end, reached);
    const [i, j] = [Math.floor(at / width), at % width];
    for (const [step, char] of stepsFrom(one[i], other[j], width))
      if (!reached.has(at + step)) reached.set(at + step, { from: at, char });
  }
  return undefined;
}

/** Where a pair of places leads, and by which character: past either `*`, or on by a character that both take. */
function stepsFrom(a: string | undefined, b: string | undefined, width: number): [step: number, char: string][] {
  const steps: [number, string][] = [];
  if (a === '*') steps.push([width, '']);
  if (b === '*') steps.push([1, '']);
  if (a === undefined || b === undefined) return steps;
  const char = [a, b].find((each) => each !== '*' && each !== '?') ?? 'x';
  if (a === '*' && b !== '*') steps.push([1, char]);
  if (b === '*' && a !== '*') steps.push([width, char]);
  if (a !== '*' && b !== '*' && (a === b || a === '?' || b === '?')) steps.push([width + 1, char]);
  return steps;
}

function textTo(end: number, reached: ReadonlyMap<number, { from: number; char: string }>): string {
  let text = '';
  for (let at = end; at > 0; at = reached.get(at)?.from ?? 0) text = (reached.get(at)?.char ?? '') + text;
  return text;
}

/** A text that fits the pattern, with `filler` for each `*` and for each `?`. */
export function exampleOf(pattern: string, filler: string): string {
  return pattern.replaceAll('*', filler).replaceAll('?', filler.slice(0, 1) || 'x');
}

/** Stands for the `*` of an inner pattern: only a `*` of the outer one takes it. */
const STAR = '\u{E002}';

/** The pattern as a text of its own: `?` is a character like others, and `*` one that `?` does not take. */
function opaque(pattern: string): string {
  const known = OPAQUE.get(pattern);
  if (known !== undefined) return known;
  const text = pattern.replace(/[*?]*\*[*?]*/g, (run) => run.replaceAll('*', '') + STAR);
  if (OPAQUE.size >= MOST) OPAQUE.clear();
  if (pattern.length < 200) OPAQUE.set(pattern, text);
  return text;
}

/** Most comparisons are with the formats of ARNs, of which there are few. */
const OPAQUE = new Map<string, string>();
const MOST = 2000;

/** `untaken`: a character that `?` does not take. */
function fitsBut(pattern: string, text: string, untaken: string | undefined): boolean {
  const first = pattern.indexOf('*');
  if (first === -1) return pattern.length === text.length && isAt(pattern, text, 0, untaken);
  const last = pattern.lastIndexOf('*');
  const tail = pattern.length - last - 1;
  if (text.length < first + tail) return false;
  if (first > 0 && !isAt(pattern.slice(0, first), text, 0, untaken)) return false;
  if (tail > 0 && !isAt(pattern.slice(last + 1), text, text.length - tail, untaken)) return false;
  return first === last || inOrder(pattern.slice(first + 1, last), text.slice(first, text.length - tail), untaken);
}

/** The pieces between the first and the last `*`, each found behind the one before it. */
function inOrder(middle: string, text: string, untaken: string | undefined): boolean {
  let at = 0;
  let start = 0;
  while (start <= middle.length) {
    const star = middle.indexOf('*', start);
    const end = star === -1 ? middle.length : star;
    if (end > start) {
      const found = indexOfPiece(middle.slice(start, end), text, at, untaken);
      if (found === -1) return false;
      at = found + end - start;
    }
    start = end + 1;
  }
  return true;
}

/** The piece, without `*`, fits the text at that place. */
function isAt(piece: string, text: string, at: number, untaken: string | undefined): boolean {
  if (!piece.includes('?')) return text.startsWith(piece, at);
  for (let i = 0; i < piece.length; i += 1) {
    const wanted = piece[i];
    if (wanted !== text[at + i] && (wanted !== '?' || text[at + i] === untaken)) return false;
  }
  return true;
}

/** Which prefixes of `other` have a text in common with the prefix of the first pattern that ends behind `char`. */
function fillRow(next: Uint8Array, char: string | undefined, row: Uint8Array, other: string): void {
  next.fill(0);
  for (let j = 0; j < row.length; j += 1) {
    if (row[j] !== 1) continue;
    const taken = other[j];
    if (taken === '*' || (char === '*' && taken !== undefined)) row[j + 1] = 1;
    if (char === '*' || taken === '*') next[j] = 1;
    if (taken !== undefined && (char === taken || char === '?' || taken === '?' || char === '*' || taken === '*'))
      next[j + 1] = 1;
  }
}
