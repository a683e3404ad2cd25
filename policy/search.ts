// Finds a piece of a pattern, text with `?` for any one character, in time proportional to piece and text (times a
// logarithm where a long piece has `?` inside).
import { indexByConvolution } from './convolution.ts';

/**
 * Where the piece, which has no `*`, first fits at or behind `from`; -1 where it does not. `untaken`: a character that `?`
 * does not take, and that is not in the piece, so that the piece fits only between two of them.
 */
export function indexOfPiece(piece: string, text: string, from: number, untaken: string | undefined): number {
  if (untaken === undefined) return indexIn(piece, text, from);
  for (let start = from; start <= text.length; ) {
    const border = text.indexOf(untaken, start);
    const end = border === -1 ? text.length : border;
    const found = indexIn(piece, text.slice(start, end), 0);
    if (found !== -1) return start + found;
    start = end + 1;
  }
  return -1;
}

function indexIn(piece: string, text: string, from: number): number {
  if (piece.length > text.length - from) return -1;
  if (!piece.includes('?')) return indexOfText(piece, text, from);
  const lead = leading(piece);
  const core = piece.slice(lead, trailing(piece));
  if (core === '') return from;
  const end = text.length - (piece.length - lead - core.length);
  const found = indexOfCore(core, text.slice(0, end), from + lead);
  return found === -1 ? -1 : found - lead;
}

function indexOfCore(core: string, text: string, from: number): number {
  if (!core.includes('?')) return indexOfText(core, text, from);
  return core.length <= SHORT ? indexByShift(core, text, from) : indexByConvolution(core, text, from);
}

/** How many `?` the piece begins with. */
function leading(piece: string): number {
  let at = 0;
  while (piece[at] === '?') at += 1;
  return at;
}

/** Where the `?` at the end of the piece begin. */
function trailing(piece: string): number {
  let at = piece.length;
  while (at > 0 && piece[at - 1] === '?') at -= 1;
  return at;
}

/** Up to here the engine's own search is linear enough; its worst case is the product of the lengths. */
const SHORT = 32;

function indexOfText(piece: string, text: string, from: number): number {
  return piece.length <= SHORT ? text.indexOf(piece, from) : indexOfLong(piece, text, from);
}

/** Knuth, Morris and Pratt, "Fast pattern matching in strings" (1977): no character of the text is looked at again. */
function indexOfLong(piece: string, text: string, from: number): number {
  const borders = bordersOf(piece);
  let matched = 0;
  for (let i = from; i < text.length; i += 1) {
    while (matched > 0 && piece[matched] !== text[i]) matched = borders[matched - 1] ?? 0;
    if (piece[matched] === text[i]) matched += 1;
    if (matched === piece.length) return i - matched + 1;
  }
  return -1;
}

/** For each prefix the length of its longest proper prefix that is its end as well. */
function bordersOf(piece: string): Uint32Array {
  const borders = new Uint32Array(piece.length);
  let matched = 0;
  for (let i = 1; i < piece.length; i += 1) {
    while (matched > 0 && piece[matched] !== piece[i]) matched = borders[matched - 1] ?? 0;
    if (piece[matched] === piece[i]) matched += 1;
    borders[i] = matched;
  }
  return borders;
}

/** Baeza-Yates and Gonnet, "A new approach to text searching" (1992): bit i says that the piece's first i+1 characters fit. */
function indexByShift(piece: string, text: string, from: number): number {
  const { any, masks } = masksOf(piece);
  const last = 1 << (piece.length - 1);
  let state = 0;
  for (let i = from; i < text.length; i += 1) {
    state = ((state << 1) | 1) & (masks.get(text[i] ?? '') ?? any);
    if (state & last) return i - piece.length + 1;
  }
  return -1;
}

/** For each character the places of the piece that take it; `any` for those that the piece does not name. */
function masksOf(piece: string): { any: number; masks: Map<string, number> } {
  const masks = new Map<string, number>();
  let any = 0;
  for (let i = 0; i < piece.length; i += 1) if (piece[i] === '?') any |= 1 << i;
  for (let i = 0; i < piece.length; i += 1) {
    const char = piece[i] ?? '';
    if (char !== '?') masks.set(char, (masks.get(char) ?? any) | (1 << i));
  }
  return { any, masks };
}
