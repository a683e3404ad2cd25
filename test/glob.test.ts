// Wildcards in settings and policies, against a matcher that is too simple to be wrong and too slow to be used.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits } from '../core/glob.ts';

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

/** How often the matcher looks at a character: a text that counts. */
function looks(pattern: string, length: number): number {
  let count = 0;
  const counting = new Proxy(new String('a'.repeat(length)), {
    get(text, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count += 1;
      return Reflect.get(text, key);
    },
  });
  fits(pattern, counting as unknown as string);
  return count;
}

describe('what is made to be slow', () => {
  test.each([['*a*a*a*a*a*a*b'], ['a*a*a*a*b'], ['*?*?*?*b'], ['*'.repeat(50).concat('b')]])(
    '%s: the work grows as the text does',
    (pattern) => {
      const [short, long] = [looks(pattern, 2_000), looks(pattern, 20_000)];
      expect(long).toBeLessThanOrEqual(11 * short);
      expect(long).toBeLessThanOrEqual(20_000 * 2 * pattern.length);
    },
  );

  test('a hundred thousand characters', () => {
    expect(fits('*a'.repeat(50).concat('*b'), 'a'.repeat(100_000))).toBe(false);
  });
});
