// EventBridge patterns as data: what a rule in the cloud lets through and what the line itself lets through is the same.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventPattern, matches } from '../core/pattern.ts';

type Case = [title: string, pattern: EventPattern, event: unknown, fits: boolean];

const CASES: Case[] = [
  ['a value of the list', { source: ['aws.iam', 'aws.sts'] }, { source: 'aws.sts' }, true],
  ['no value of the list', { source: ['aws.iam'] }, { source: 'aws.ec2' }, false],
  ['an empty list fits nothing', { source: [] }, { source: 'aws.ec2' }, false],
  ['an empty pattern fits everything', {}, { source: 'aws.ec2' }, true],
  ['a missing field', { source: ['aws.iam'] }, {}, false],
  ['values are exact', { source: ['aws.iam'] }, { source: 'AWS.iam' }, false],
  ['so are keys', { source: ['aws.iam'] }, { Source: 'aws.iam' }, false],
  ['a number is no text', { n: ['1'] }, { n: 1 }, false],
  ['numbers, booleans and null', { n: [1], b: [true], z: [null] }, { n: 1, b: true, z: null }, true],
  ['null is not missing', { z: [null] }, {}, false],
  ['fields are all wanted', { a: ['1'], b: ['2'] }, { a: '1', b: '3' }, false],
  ['objects nest', { a: { b: { c: ['x'] } } }, { a: { b: { c: 'x' } } }, true],
  ['an object where a text was wanted', { a: ['x'] }, { a: { x: 'x' } }, false],
  ['a text where an object was wanted', { a: { b: ['x'] } }, { a: 'x' }, false],
  ['an event that is none', { a: ['x'] }, null, false],
  ['a list in the event: one suffices', { a: ['x'] }, { a: ['y', 'x'] }, true],
  ['a list in the event: none', { a: ['x'] }, { a: ['y', 'z'] }, false],
  ['a list of objects', { r: { type: ['user'] } }, { r: [{ type: 'role' }, { type: 'user' }] }, true],
  [
    'of which one has to fit whole',
    { r: { t: ['a'], n: ['1'] } },
    {
      r: [
        { t: 'a', n: '2' },
        { t: 'b', n: '1' },
      ],
    },
    false,
  ],
  ['a list in a list is not opened', { a: ['x'] }, { a: [['x']] }, false],
  ['prefix', { a: [{ prefix: 'iam:' }] }, { a: 'iam:CreateUser' }, true],
  ['prefix, from the first letter', { a: [{ prefix: 'iam' }] }, { a: ' iam' }, false],
  ['prefix of a list', { a: [{ prefix: 'x' }] }, { a: ['y', 'xx'] }, true],
  ['prefix of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
  ['suffix', { a: [{ suffix: ':root' }] }, { a: 'arn:aws:iam::1:root' }, true],
  ['suffix, to the last letter', { a: [{ suffix: 'root' }] }, { a: 'roots' }, false],
  ['wildcard', { a: [{ wildcard: 'Put*Policy' }] }, { a: 'PutUserPolicy' }, true],
  ['wildcard for nothing', { a: [{ wildcard: 'Put*Policy' }] }, { a: 'PutPolicy' }, true],
  ['wildcards may not overlap', { a: [{ wildcard: 'ab*ba' }] }, { a: 'aba' }, false],
  ['wildcard without a star', { a: [{ wildcard: 'abc' }] }, { a: 'abc' }, true],
  ['wildcard in the middle', { a: [{ wildcard: '*User*' }] }, { a: 'PutUserPolicy' }, true],
  ['wildcards in order', { a: [{ wildcard: '*b*a*' }] }, { a: 'ab' }, false],
  ['a question mark is itself', { a: [{ wildcard: 'a?c' }] }, { a: 'abc' }, false],
  ['exists', { a: [{ exists: true }] }, { a: 'x' }, true],
  ['exists, as null', { a: [{ exists: true }] }, { a: null }, true],
  ['exists not', { a: [{ exists: true }] }, {}, false],
  ['must not exist, and does not', { a: [{ exists: false }] }, {}, true],
  ['must not exist, and does', { a: [{ exists: false }] }, { a: 'x' }, false],
  ['must not exist, below what is missing', { a: { b: [{ exists: false }] } }, {}, true],
  ['an object is no leaf', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
  ['an empty list has no leaf', { a: [{ exists: false }] }, { a: [] }, true],
  ['what is inherited does not exist', { toString: [{ exists: true }] }, {}, false],
  ['a key named __proto__', JSON.parse('{"__proto__":["x"]}'), JSON.parse('{"__proto__":"x"}'), true],
  ['anything but one', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
  ['anything but that one', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
  ['anything but some', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
  ['anything but: a number', { a: [{ 'anything-but': 'x' }] }, { a: 5 }, true],
  ['anything but: missing', { a: [{ 'anything-but': 'x' }] }, {}, false],
  ['anything but: one of a list', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
  ['alternatives', { a: ['x', { prefix: 'y' }, { exists: false }] }, { a: 'yes' }, true],
  ['alternatives: missing', { a: ['x', { exists: false }] }, {}, true],
];

test.each(CASES)('%s', (_, pattern, event, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});

describe('whatever the event is', () => {
  const pattern: EventPattern = {
    source: ['aws.iam'],
    detail: { a: [{ wildcard: 'a*' }], b: { c: [{ exists: false }] } },
  };

  test('it answers', () => {
    fc.assert(fc.property(fc.anything(), (event) => typeof matches(pattern, event) === 'boolean'));
  });

  test('a list in a list in a list, very deep', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(matches(pattern, { source: 'aws.iam', detail: deep })).toBe(false);
    expect(matches(pattern, { source: deep })).toBe(false);
  });

  test('an alternative more never makes an event fit less', () => {
    const value = fc.oneof(fc.string({ maxLength: 3 }), fc.constant(undefined), fc.array(fc.string({ maxLength: 2 })));
    const alternative = fc.oneof(
      fc.string({ maxLength: 2 }),
      fc.record({ prefix: fc.string({ maxLength: 2 }) }),
      fc.record({ 'anything-but': fc.string({ maxLength: 2 }) }),
      fc.record({ exists: fc.boolean() }),
    );
    fc.assert(
      fc.property(value, fc.array(alternative), alternative, (a, some, more) => {
        return !matches({ a: some }, { a }) || matches({ a: [...some, more] }, { a });
      }),
    );
  });
});
