// Wildcards, against matchers that are too simple to be wrong and too slow to be used.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexByConvolution } from '../../policy/convolution.ts';
import { indexOfPiece } from '../../policy/search.ts';
import { covers, fits, overlaps } from '../../policy/wildcard.ts';

const CASES: [pattern: string, text: string, fits: boolean][] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['?', '', false],
  ['?', 'a', true],
  ['?', '?', true],
  ['?', 'ab', false],
  ['a', 'a', true],
  ['a', 'A', false],
  ['a*', 'a', true],
  ['a*c', 'abbbc', true],
  ['a*c', 'abbbcd', false],
  ['*b*', 'abc', true],
  ['**', '', true],
  ['*?', '', false],
  ['?*?', 'a', false],
  ['?*?', 'ab', true],
  ['a**b', 'ab', true],
  ['*ab', 'aab', true],
  ['*aab*', 'aaab', true],
  ['a*', '*', false],
  ['*', '*', true],
  ['a.c', 'abc', false],
  ['(a+)+$', 'aaaaaaaa', false],
  ['[a-z]', 'b', false],
  ['arn:aws:iam::*:role/terraform', 'arn:aws:iam::111122223333:role/terraform', true],
  ['arn:aws:iam::*:role/terraform', 'arn:aws:iam::111122223333:role/terraform-2', false],
  ['arn:aws:iam::1111????3333:user/*', 'arn:aws:iam::111122223333:user/team/ana', true],
];

test.each(CASES)('%j on %j: %j', (pattern, text, expected) => {
  expect(fits(pattern, text)).toBe(expected);
});

/** By the definition: every way in which a star may stand for something. */
function reference(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*')
    return reference(pattern.slice(1), text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && reference(pattern.slice(1), text.slice(1));
}

const word = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 });
const agrees = (matcher: typeof fits) =>
  fc.property(word('ab*?'), word('ab*'), (pattern, text) => matcher(pattern, text) === reference(pattern, text));

describe('against the definition', () => {
  test('it agrees', () => fc.assert(agrees(fits), { numRuns: 5000 }));

  const planted: { [bug: string]: typeof fits } = {
    'a star that has to stand for something': (pattern, text) => fits(pattern.replaceAll('*', '?*'), text),
    'a pattern that need not reach the end': (pattern, text) => fits(`${pattern}*`, text),
    'a star in the text that counts as a wildcard': (pattern, text) => fits(text, pattern) || fits(pattern, text),
  };
  test.each(Object.entries(planted))('the property finds %s', (_, bug) => {
    expect(fc.check(agrees(bug), { numRuns: 5000, seed: 1 }).failed).toBe(true);
  });
});

/** Everything up to so many letters: whatever distinguishes short patterns is among it. */
function words(letters: string[], most: number): string[] {
  const longer = (shorter: string[]) => shorter.flatMap((each) => letters.map((letter) => each + letter));
  const all = [['']];
  for (let length = 1; length <= most; length += 1) all.push(longer(all.at(-1) ?? []));
  return all.flat();
}

const WORDS = words(['a', 'b', 'c'], 5);

describe('two patterns', () => {
  const pair = (check: (outer: string, inner: string) => boolean) => fc.property(word('ab*?'), word('ab*?'), check);
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });

  test('what covers another one fits whatever that fits', () => {
    const holds = (outer: string, inner: string) =>
      !covers(outer, inner) || WORDS.filter((each) => fits(inner, each)).every((each) => fits(outer, each));
    fc.assert(pair(holds), { numRuns: 3000 });
  });

  test('where there is no `?`, it covers what it fits throughout', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 4 });
    const holds = (outer: string, inner: string) =>
      covers(outer, inner) === WORDS.filter((each) => fits(inner, each)).every((each) => fits(outer, each));
    fc.assert(fc.property(plain, plain, holds), { numRuns: 3000 });
  });

  test('they overlap where a text fits both', () => {
    const holds = (one: string, other: string) =>
      overlaps(one, other) || !WORDS.some((each) => fits(one, each) && fits(other, each));
    fc.assert(pair(holds), { numRuns: 3000 });
  });

  test('they overlap nowhere else', () => {
    // As long as two such patterns can need.
    const long = words(['a', 'b'], 8);
    const holds = (one: string, other: string) =>
      !overlaps(one, other) || long.some((each) => fits(one, each) && fits(other, each));
    fc.assert(fc.property(short, short, holds), { numRuns: 1000 });
  });

  test.each([
    ['*', 'a', true],
    ['a*', 'ab*', true],
    ['a?', 'a*', false],
    ['a*', 'a?', true],
    ['arn:aws:iam::*:user/*', 'arn:aws:iam::111122223333:user/?*', true],
    ['arn:aws:iam::*:user/a*', 'arn:aws:iam::*:user/*', false],
  ])('%s covers %s: %j', (outer, inner, expected) => expect(covers(outer, inner)).toBe(expected));

  test('planted: a `?` that takes a star is found', () => {
    const wrong = (outer: string, inner: string) => fits(outer, inner.replaceAll('*', 'c'));
    const holds = (outer: string, inner: string) =>
      !wrong(outer, inner) || WORDS.filter((each) => fits(inner, each)).every((each) => fits(outer, each));
    expect(fc.check(pair(holds), { numRuns: 5000, seed: 1 }).failed).toBe(true);
  });
});

describe('a piece in a text', () => {
  const trial = (piece: string, text: string, from: number) => {
    for (let at = from; at + piece.length <= text.length; at += 1)
      if ([...piece].every((each, i) => each === '?' || each === text[at + i])) return at;
    return -1;
  };
  const letters = (unit: string[], maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength });
  const piece = letters(['a', 'b', '?', '?'], 60);
  const text = letters(['a', 'a', 'a', 'b'], 300);

  test('is found where it first stands', () => {
    const holds = (one: string, other: string, from: number) =>
      indexOfPiece(one, other, from, undefined) === trial(one, other, from);
    fc.assert(fc.property(piece, text, fc.nat(20), holds), { numRuns: 2000 });
  });

  test('is found by convolution, too', () => {
    const holds = (one: string, other: string) =>
      !/[ab]/.test(one) || indexByConvolution(one, other, 0) === trial(one, other, 0);
    fc.assert(fc.property(piece, text, holds), { numRuns: 1000 });
  });

  test('of more different characters than a digit tells apart', () => {
    const many = String.fromCharCode(...Array.from({ length: 400 }, (_, at) => 0x4e00 + at));
    expect(indexByConvolution(`${many.slice(0, 390)}?`, `x${many}`, 0)).toBe(1);
    expect(indexByConvolution(`${many.slice(0, 390)}?`, `x${many.slice(128)}${many}`, 0)).toBe(273);
  });
});

describe('what is made to be slow', () => {
  const LONG = 200_000;
  // Whatever tries a pattern at every place of such a text would take hours.
  test.each([
    ['stars', '*a'.repeat(50).concat('*b')],
    ['a long piece', `*${'a'.repeat(LONG / 2)}b*`],
    ['a long piece with gaps', `*${'a?'.repeat(LONG / 4)}b*`],
    ['stars and gaps', '*?'.repeat(LONG / 4).concat('b')],
    ['many long pieces', `*${'a'.repeat(50)}b*`.repeat(1000)],
    ['as many stars as letters', '*'.repeat(LONG).concat('b')],
  ])('%s', (_, pattern) => {
    expect(fits(pattern, 'a'.repeat(LONG))).toBe(false);
    expect(covers(pattern, '*'.repeat(LONG))).toBe(false);
  });
});
