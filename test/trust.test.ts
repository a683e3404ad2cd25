// Whom a trust policy lets in, as data, and that taking outsiders out takes out these and nobody else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../policy/document.ts';
import { type Outsider, outsidersOf, withoutOutsiders } from '../policy/trust.ts';
import { CASES, equals, GITHUB, matching, OTHER, OWN, on, SAML, SUB, trusts } from './trust.cases.ts';

const shown = ({ kind, name, pinned }: Outsider) => `${kind} ${name}${pinned ? '' : '!'}`;

describe('who comes in from outside', () => {
  test.each(CASES)('%s', (_, document, outsiders) => {
    expect(outsidersOf(document, OWN).map(shown)).toEqual(outsiders);
  });
});

describe('the document without its outsiders', () => {
  const all = () => true;

  test.each(CASES)('%s', (_, document, outsiders) => {
    const left = withoutOutsiders(document, all, OWN);
    expect(outsidersOf(left, OWN)).toEqual([]);
    if (outsiders.length === 0) expect(left).toBe(document);
  });

  test('keeps what else is there', () => {
    const service = { ...trusts({ Service: 'ec2.amazonaws.com' }), Sid: 'ec2' };
    const mixed = { ...trusts({ AWS: [OTHER, OWN], Service: 'ec2.amazonaws.com' }), Sid: 'mixed' };
    expect(withoutOutsiders(on(service, mixed, trusts({ AWS: OTHER })), all, OWN)).toEqual(
      on(service, { ...mixed, Principal: { AWS: [OWN], Service: ['ec2.amazonaws.com'] } }),
    );
  });

  test('keeps those whom nobody picked, everyone included', () => {
    const picked = (each: Outsider) => each.name === OTHER;
    expect(withoutOutsiders(on(trusts({ AWS: ['*', OTHER], Federated: GITHUB })), picked, OWN)).toEqual(
      on(trusts({ AWS: ['*'], Federated: [GITHUB] })),
    );
  });

  test('lets nobody in where nobody is left', () => {
    const left = withoutOutsiders({ Version: '2012-10-17', Statement: trusts('*') }, all, OWN);
    expect(left).toEqual(on({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }));
  });
});

const name = fc.constantFrom(
  '*',
  OTHER,
  OWN,
  '999988887777',
  'AIDAJQABLZS4A3QDU576Q',
  GITHUB,
  SAML,
  'ec2.amazonaws.com',
  '',
  7,
);
const principal = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(
      fc.constantFrom('AWS', 'Service', 'Federated', '__proto__', 'A:B'),
      fc.oneof(name, fc.array(name)),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('*', null, [], 'AWS') },
);
const condition = fc.constantFrom(
  undefined,
  {},
  equals('sts:ExternalId', 'a1'),
  equals('aws:PrincipalAccount', OWN),
  matching(SUB, 'repo:*'),
);
const statement = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(principal, condition, fc.constantFrom('Allow', 'Deny', 'allow'), fc.boolean())
      .map(([who, when, effect, not]) =>
        not ? { Effect: effect, NotPrincipal: who, Condition: when } : trusts(who, when, effect),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom(null, 7, [], [trusts('*')]) },
);
const document: fc.Arbitrary<PolicyDocument> = fc.record({
  Statement: fc.oneof(fc.array(statement, { maxLength: 4 }), statement),
});
const kinds = fc.subarray(['everyone', 'account', 'federated', 'except']);

/** Whoever is picked is gone, whoever is not stays, and a document without any is itself. */
const takesOutThoseAlone = (take: typeof withoutOutsiders) =>
  fc.property(document, kinds, fc.boolean(), (before, picks, pinned) => {
    const isPicked = (each: Outsider) => picks.includes(each.kind) && (each.pinned || !pinned);
    const found = outsidersOf(before, OWN);
    const after = take(before, isPicked, OWN);
    if (!found.some(isPicked)) return after === before;
    const left = outsidersOf(after, OWN);
    const stay = found.filter((each) => !isPicked(each)).map(shown);
    // A statement with `NotPrincipal` goes as a whole, and whoever else it names goes with it.
    if (found.some((each) => each.kind === 'except')) return !left.some(isPicked);
    return left.map(shown).join() === stay.join();
  });

describe('whatever the document is', () => {
  test('those who are picked are gone, and nobody else', () => {
    fc.assert(takesOutThoseAlone(withoutOutsiders), { numRuns: 5000 });
  });

  const planted: { [bug: string]: typeof withoutOutsiders } = {
    'the first statement is looked at only': (before, isOutside, account) => {
      const [first, ...rest] = Array.isArray(before.Statement) ? before.Statement : [before.Statement];
      const narrowed = withoutOutsiders({ Statement: [first] }, isOutside, account);
      return rest.length === 0
        ? withoutOutsiders(before, isOutside, account)
        : { Statement: [...(narrowed.Statement as unknown[]), ...rest] };
    },
    'pinned outsiders stay': (before, isOutside, account) =>
      withoutOutsiders(before, (each) => isOutside(each) && !each.pinned, account),
    'everyone goes whoever is picked': (before, isOutside, account) => {
      const some = outsidersOf(before, account).some(isOutside);
      return withoutOutsiders(before, (each) => isOutside(each) || (some && each.name === '*'), account);
    },
    'a document without outsiders is written anew': (before, isOutside, account) => ({
      ...withoutOutsiders(before, isOutside, account),
    }),
  };

  test.each(Object.entries(planted))('the property finds: %s', (_, bug) => {
    expect(fc.check(takesOutThoseAlone(bug), { numRuns: 5000, seed: 3 }).failed).toBe(true);
  });
});
