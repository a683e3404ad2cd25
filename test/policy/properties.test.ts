// What must hold for every policy, whatever it is; each property has a planted bug that it must find.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from '../../policy/check.ts';
import { comparePolicies } from '../../policy/compare.ts';
import { PATHS, type Path } from '../../policy/paths.ts';
import { simulate } from '../../policy/simulate.ts';
import {
  ACCOUNT,
  bucketPolicy,
  CONTEXTS,
  type Document,
  fewStatement,
  NOW,
  policy,
  RESOURCES,
  type Row,
  request,
  row,
  STRANGERS,
  statement,
  USERS,
} from './universe.ts';

type Decide = (row: Row) => string;

const decide: Decide = (row) => {
  const simulated = simulate(row, undefined);
  if (!simulated.ok) throw new Error(simulated.reason);
  return simulated.answer.decision;
};

const isAllowed = (row: Row, by = decide) => by(row) === 'allowed';
const adding = ({ Version, Statement }: Document, more: object): Document => ({
  Version,
  Statement: [...Statement, more],
});

/** Where in a row a statement can be added. */
const PLACES = ['identityPolicies', 'boundary', 'sessionPolicies', 'scps', 'resourcePolicy'] as const;
const place = fc.constantFrom(...PLACES);

/** The row with the statement in one of its policies; the row itself where there is no such policy. */
function added(old: Row, where: (typeof PLACES)[number], more: object): Row {
  const given = old[where] as Document | Document[] | Document[][] | null;
  const inOne = (each: Document) => adding(each, where === 'resourcePolicy' ? { Principal: '*', ...more } : more);
  if (given === null) return old;
  if (!Array.isArray(given)) return { ...old, [where]: inOne(given) };
  const [first, ...rest] = given;
  if (first === undefined) return old;
  return {
    ...old,
    [where]: [Array.isArray(first) ? [inOne(first[0] as Document), ...first.slice(1)] : inOne(first), ...rest],
  };
}

const runs = { numRuns: 4000 };
/** Whether the property finds the planted bug. */
const finds = <Values>(property: fc.IPropertyWithHooks<Values>, numRuns = runs.numRuns) =>
  fc.check(property, { numRuns, seed: 7 }).failed;

describe('decisions', () => {
  const deny = (by: Decide) =>
    fc.property(
      row,
      place,
      fewStatement('Deny'),
      (given, where, more) => !isAllowed(added(given, where, more), by) || isAllowed(given, by),
    );
  const allow = (by: Decide) =>
    fc.property(
      row,
      place,
      fewStatement('Allow'),
      (given, where, more) => !isAllowed(given, by) || isAllowed(added(given, where, more), by),
    );
  const limit = (by: Decide) =>
    fc.property(
      row,
      policy,
      (given, boundary) => !isAllowed({ ...given, boundary }, by) || isAllowed({ ...given, boundary: null }, by),
    );

  test('another denial never allows more', () => fc.assert(deny(decide), runs));
  test('another allowance never allows less', () => fc.assert(allow(decide), runs));
  test('a boundary only narrows', () => fc.assert(limit(decide), runs));

  test('planted: a denial that is taken for an allowance', () => {
    const flipped: Decide = (given) =>
      decide(JSON.parse(JSON.stringify(given).replace('"Effect":"Deny"', '"Effect":"Allow"')));
    expect(finds(deny(flipped))).toBe(true);
  });
  test('planted: only the last statement counts', () => {
    const last: Decide = (given) =>
      decide({
        ...given,
        identityPolicies: (given.identityPolicies as Document[]).map(({ Version, Statement }) => ({
          Version,
          Statement: Statement.slice(-1),
        })),
      });
    expect(finds(allow(last))).toBe(true);
  });
  test('planted: a boundary that grants', () => {
    const granting: Decide = (given) =>
      decide(
        given.boundary
          ? { ...given, identityPolicies: [...(given.identityPolicies as Document[]), given.boundary] }
          : given,
      );
    expect(finds(limit(granting))).toBe(true);
  });
});

describe('the difference', () => {
  const setting = { type: undefined, account: ACCOUNT, now: NOW, catalogue: undefined };
  const itself = (compare: typeof comparePolicies) =>
    fc.property(fc.oneof(policy, bucketPolicy), (each) => {
      const { says, allowed, denied, severity } = compare(each, structuredClone(each), setting);
      return says.join() === 'No new access.' && allowed.length + denied.length === 0 && severity === 'none';
    });

  /** Whatever is allowed after a change and was not before is told. */
  const complete = (compare: typeof comparePolicies) =>
    fc.property(policy, policy, request, (before, after, asked) => {
      const by = (each: Document) => isAllowed({ request: asked, identityPolicies: [each] });
      return !by(after) || by(before) || compare(before, after, setting).allowed.length > 0;
    });

  test('of a policy with itself is empty', () => fc.assert(itself(comparePolicies), runs));
  test('tells whatever is newly allowed', () => fc.assert(complete(comparePolicies), runs));
  test('of a policy with a denial more is no new access', () => {
    fc.assert(
      fc.property(
        policy,
        statement('Deny'),
        (each, more) => comparePolicies(each, adding(each, more), setting).allowed.length === 0,
      ),
      runs,
    );
  });

  test('planted: a comparison by the number of statements', () => {
    const byCount: typeof comparePolicies = (before, after, around) => {
      const count = (each: unknown) => (each as Document).Statement.length;
      return count(before) === count(after)
        ? { ...comparePolicies(before, before, around) }
        : comparePolicies(before, after, around);
    };
    expect(finds(complete(byCount))).toBe(true);
  });
});

describe('the analysis agrees with the decisions', () => {
  const TRUST = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
  };
  const pathsOf = (document: Document) =>
    checkPolicy(document, { type: 'identity', account: ACCOUNT, now: NOW, size: 0, catalogue: undefined }).capabilities
      .privilegeEscalation;
  const known = PATHS.filter(({ id }) => /^(iam-0(0[1257-9]|1[0-9]|2[01])|sts-001|lambda-00[134])$/.test(id));
  const isAllowedOn = (document: Document, action: string, resource: string) =>
    USERS.some((principal) =>
      CONTEXTS.some((context) =>
        isAllowed({ ...asking(principal, action, resource, context), identityPolicies: [document] }),
      ),
    );
  const kindOf = (action: string) =>
    action === 'iam:PassRole' ? action : (/lambda|Role|Group|PolicyVersion/.exec(action)?.[0] ?? 'user');
  /** All on the same: what works on users, say, on one and the same user. */
  const areAllowedSomewhere = (document: Document, actions: readonly string[]) =>
    [...Map.groupBy(actions, kindOf).values()].every((alike) =>
      RESOURCES.some((resource) => alike.every((action) => isAllowedOn(document, action, resource))),
    );
  const asking = (principal: string, action: string, resource: string, context: { [key: string]: string }) => ({
    request: { principal, action, resource, context: { ...context, 'aws:CurrentTime': new Date(NOW).toISOString() } },
    // What roles trust is not the document's to say.
    ...(action === 'sts:AssumeRole' ? { resourcePolicy: TRUST } : {}),
  });

  const sound = (analyse: typeof pathsOf) =>
    fc.property(policy, (document) => {
      const completed = analyse(document);
      return known
        .filter(({ id }) => completed.includes(id))
        .every(({ needs }) => areAllowedSomewhere(document, needs));
    });

  test('a policy that completes a path allows each of its actions on some resource', () => {
    fc.assert(sound(pathsOf), { numRuns: 800 });
  }, 120_000);

  test('a policy that allows all of a path on everything completes it', () => {
    const open = (path: Path) => ({ Effect: 'Allow', Action: [...path.needs], Resource: '*' });
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), fc.array(statement('Allow'), { maxLength: 3 }), (path, more) =>
        pathsOf({ Version: '2012-10-17', Statement: [...more, open(path)] }).includes(path.id),
      ),
      { numRuns: 2000 },
    );
  });

  test('planted: denials that do not count', () => {
    const blind = (document: Document) =>
      pathsOf({
        ...document,
        Statement: document.Statement.filter((each) => (each as { Effect: string }).Effect === 'Allow'),
      });
    expect(finds(sound(blind), 800)).toBe(true);
  }, 120_000);

  const isPublic = (document: Document) =>
    checkPolicy(document, { type: 'resource', account: ACCOUNT, now: NOW, size: 0, catalogue: undefined }).capabilities
      .public;
  const letsStrangersIn = (resourcePolicy: Document) =>
    STRANGERS.some((context) =>
      ['s3:GetObject', 's3:PutObject', 's3:ListBucket'].some((action) =>
        ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/x', 'arn:aws:s3:::reports/y'].some((resource) =>
          isAllowed({
            request: { principal: 'anonymous', action, resource, context },
            resourcePolicy,
            resourceAccount: ACCOUNT,
          }),
        ),
      ),
    );
  const open = (analyse: typeof isPublic) =>
    fc.property(bucketPolicy, (document) => analyse(document) === letsStrangersIn(document));

  test('a policy is public where the anonymous are allowed something in some context', () =>
    fc.assert(open(isPublic), runs));
  test('planted: every condition counts as a restriction', () => {
    const trusting = (document: Document) => isPublic(document) && !JSON.stringify(document).includes('Condition');
    expect(finds(open(trusting))).toBe(true);
  });
});
