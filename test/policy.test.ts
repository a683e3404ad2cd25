// What policies grant, as data: every spelling that IAM accepts, and everything that it should never have accepted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../events/fields.ts';
import { type PolicyDocument, statementsOf } from '../policy/document.ts';
import { grantOf, type Level, onlyDenies } from '../policy/grant.ts';
import { managedGrant } from '../policy/managed.ts';
import { addsNothing } from '../policy/narrowing.ts';

type Statement = { [element: string]: unknown };

function allow(Action: unknown, Resource: unknown = '*', more: Statement = {}): Statement {
  return { Effect: 'Allow', Action, Resource, ...more };
}

function deny(Action: unknown, Resource: unknown = '*', more: Statement = {}): Statement {
  return { Effect: 'Deny', Action, Resource, ...more };
}

const allBut = (NotAction: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', NotAction, Resource });
const on = (...Statement: unknown[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const passedTo = (...services: string[]) => ({ Condition: { StringEquals: { 'iam:PassedToService': services } } });

const ROLE = 'arn:aws:iam::111122223333:role/web';
const BUCKET = 'arn:aws:s3:::reports/*';

const GRANTS: [title: string, document: unknown, level: Level][] = [
  ['everything', on(allow('*')), 'admin'],
  ['everything, as lists', on(allow(['*'], ['*'])), 'admin'],
  ['everything, as one statement that is no list', { Statement: allow('*') }, 'admin'],
  ['everything, spelled *:*', on(allow('*:*')), 'admin'],
  ['everything, with stars to spare', on(allow('**', '**')), 'admin'],
  ['everything, in any ARN', on(allow('*', 'arn:aws:*')), 'admin'],
  ['everything, among others', on(allow(['s3:GetObject', '*'], [BUCKET, '*'])), 'admin'],
  ['everything, in the second statement', on(allow('s3:GetObject', BUCKET), allow('*')), 'admin'],
  [
    'everything, under a condition',
    on(allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } })),
    'admin',
  ],
  ['everything, without saying on what', on({ Effect: 'Allow', Action: '*' }), 'admin'],
  ['everything, on all but one thing', on({ Effect: 'Allow', Action: '*', NotResource: BUCKET }), 'admin'],
  ['everything on one bucket', on(allow('*', BUCKET)), 'broad'],
  ['everything on every bucket', on(allow('*', 'arn:aws:s3:::*')), 'broad'],
  ['all of IAM', on(allow('iam:*')), 'admin'],
  ['all of IAM, in capitals', on(allow('IAM:*')), 'admin'],
  ['all of IAM, with a letter missing', on(allow('?am:*')), 'admin'],
  ['all that begins with i', on(allow('i*')), 'admin'],
  ['all of IAM, on every role and user of the account', on(allow('iam:*', 'arn:aws:iam::111122223333:*')), 'admin'],
  ['all of IAM, in China', on(allow('iam:*', 'arn:aws-cn:iam::111122223333:*')), 'admin'],
  ['all of IAM, on every role', on(allow('iam:*', 'arn:aws:iam::*:role/*')), 'admin'],
  ['all of IAM, on one role', on(allow('iam:*', ROLE)), 'broad'],
  ['iam:Put*', on(allow('iam:Put*')), 'escalation'],
  ['iam:put*, in small letters', on(allow('iam:put*')), 'escalation'],
  ['IAM:pUTuSERpOLICY', on(allow('IAM:pUTuSERpOLICY')), 'escalation'],
  ['iam:*AccessKey*', on(allow('iam:*AccessKey*')), 'escalation'],
  ['iam:*Tags leads nowhere', on(allow('iam:*Tags')), 'limited'],
  ['iam:?etUser only reads', on(allow('iam:GetUser')), 'read'],
  ['iam:CreateServiceLinkedRole leads nowhere', on(allow('iam:CreateServiceLinkedRole')), 'limited'],
  ['iam:PassRole on every role', on(allow('iam:PassRole')), 'escalation'],
  ['iam:PassRole on every role, by ARN', on(allow('iam:PassRole', 'arn:aws:iam::111122223333:role/*')), 'escalation'],
  ['iam:PassRole on a role of any name', on(allow('iam:PassRole', 'arn:aws:iam::*:role/?*')), 'escalation'],
  ['iam:PassRole on one role', on(allow('iam:PassRole', ROLE)), 'limited'],
  ['iam:PassRole on roles of one name', on(allow('iam:PassRole', 'arn:aws:iam::*:role/web-*')), 'limited'],
  ['iam:PassRole to what runs code', on(allow('iam:PassRole', '*', passedTo('lambda.amazonaws.com'))), 'wide'],
  ['iam:PassRole to what runs none', on(allow('iam:PassRole', '*', passedTo('dax.amazonaws.com'))), 'limited'],
  ['iam:PassRole to anything after all', on(allow('iam:PassRole', '*', passedTo('*'))), 'escalation'],
  [
    'iam:PassRole to a service, or to none',
    on(
      allow('iam:PassRole', '*', {
        Condition: { StringEqualsIfExists: { 'iam:PassedToService': 'dax.amazonaws.com' } },
      }),
    ),
    'escalation',
  ],
  [
    'iam:PassRole to a service, and keys to all',
    on(allow(['iam:PassRole', 'iam:CreateAccessKey'], '*', passedTo('dax.amazonaws.com'))),
    'escalation',
  ],
  ['writing the permissions of one role', on(allow('iam:PutRolePolicy', ROLE)), 'broad'],
  ['keys for oneself', on(allow('iam:*AccessKey*', `arn:aws:iam::*:user/\${aws:username}`)), 'limited'],
  ['every role that trusts the account', on(allow('sts:AssumeRole')), 'wide'],
  ['one role', on(allow('sts:AssumeRole', ROLE)), 'limited'],
  ['all but IAM', on(allBut('iam:*')), 'wide'],
  ['all but IAM, organizations and account', on(allBut(['iam:*', 'organizations:*', 'account:*'])), 'wide'],
  ['all but one action of IAM', on(allBut('iam:CreateUser')), 'admin'],
  ['all but S3', on(allBut(['s3:*'])), 'admin'],
  ['all but everything', on(allBut('*')), 'none'],
  ['all but one action, on one bucket', on(allBut('s3:DeleteBucket', BUCKET)), 'broad'],
  ['everything, with IAM denied', on(allow('*'), deny('iam:*')), 'wide'],
  ['everything, with IAM denied on one role', on(allow('*'), deny('iam:*', ROLE)), 'admin'],
  [
    'everything, with IAM denied under a condition',
    on(allow('*'), deny('iam:*', '*', { Condition: { Bool: { 'aws:SecureTransport': false } } })),
    'admin',
  ],
  ['passing roles, which is denied', on(allow('iam:PassRole'), deny('iam:Pass*')), 'limited'],
  ['everything, and all denied', on(allow('*'), deny('*')), 'none'],
  ['only denies', on(deny('s3:*')), 'none'],
  ['an empty list of statements', on(), 'none'],
  ['one service', on(allow('s3:*')), 'broad'],
  ['one service, by ARN', on(allow('s3:*', 'arn:aws:s3:::*')), 'broad'],
  ['one service, on all its tables', on(allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/*')), 'broad'],
  ['one service, on one bucket', on(allow('s3:*', BUCKET)), 'limited'],
  ['reading', on(allow(['s3:Get*', 's3:List*'])), 'read'],
  ['reading and one write', on(allow(['s3:Get*', 's3:PutObject'])), 'limited'],
  ['every secret', on(allow('secretsmanager:GetSecretValue')), 'broad'],
  ['every secret, as reading', on(allow(['secretsmanager:Get*', 's3:Get*'])), 'broad'],
  ['one secret', on(allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:web-*')), 'limited'],
  ['nothing to read', undefined, 'unknown'],
  ['an empty object', {}, 'unknown'],
  ['statements that are null', { Statement: null }, 'unknown'],
  ['statements that are a number', { Statement: 7 }, 'unknown'],
  ['statements that are a text', { Statement: '*' }, 'unknown'],
  ['statements in a list in a list', { Statement: [[allow('*')]] }, 'unknown'],
  ['a statement that is null, beside reading', on(null, allow('s3:Get*')), 'unknown'],
  ['a statement that is null, beside everything', on(null, allow('*')), 'admin'],
  ['actions that are numbers', on(allow([1, null, {}])), 'unknown'],
  ['no action at all', on({ Effect: 'Allow', Resource: '*' }), 'unknown'],
  ['an effect in small letters', on({ ...allow('*'), Effect: 'allow' }), 'admin'],
  ['no effect', on({ Action: '*', Resource: '*' }), 'admin'],
  [
    'keys of an object that are none',
    JSON.parse('{"__proto__":{"Statement":[]},"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'),
    'admin',
  ],
  ['a document under __proto__', JSON.parse('{"__proto__":{"Statement":{"Effect":"Allow","Action":"*"}}}'), 'unknown'],
  ['URL-encoded', parseDocument(encodeURIComponent(JSON.stringify(on(allow('iam:*'))))), 'admin'],
  ['URL-encoded wrongly', parseDocument('%7B%22Statement%22%3A%ZZ'), 'unknown'],
  ['a text that is no JSON', parseDocument('{"Statement":'), 'unknown'],
  ['a list that is no document', parseDocument('[]'), 'unknown'],
];

describe('what a document grants', () => {
  test.each(GRANTS)('%s', (_, document, level) => {
    const grant = grantOf(document as PolicyDocument | undefined);
    expect(grant.level).toBe(level);
    expect(grant.says).toMatch(/^\S.*[^.\s]$/);
  });

  test.each([
    [on(allow('iam:Put*')), 'iam:Put* on every resource, a way to other permissions'],
    [on(allow(['a:b', 'c:d', 'e:f'], BUCKET)), `a:b, c:d and 1 more on ${BUCKET}`],
    [on(allow(`a:${'b'.repeat(1000)}`, BUCKET)), `a:${'b'.repeat(77)}… on ${BUCKET}`],
  ])('in words: %#', (document, says) => expect(grantOf(document).says).toBe(says));

  test('whatever it is, there is an answer', () => {
    const any = fc.oneof(fc.jsonValue(), fc.constantFrom('Allow', 'Deny', '*', 'iam:*', null, [], {}, 1));
    const statement = fc.dictionary(
      fc.constantFrom('Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'Condition'),
      any,
    );
    const document = fc.record({ Statement: fc.oneof(any, statement, fc.array(statement)) });
    fc.assert(
      fc.property(document, (each) => typeof grantOf(each).says === 'string'),
      { numRuns: 2000 },
    );
  });

  test('a statement more never grants less, unless it denies', () => {
    const action = fc.constantFrom('*', 'iam:*', 'iam:PassRole', 's3:*', 's3:GetObject', 'sts:AssumeRole');
    const statement = fc.tuple(action, fc.constantFrom('*', ROLE, BUCKET)).map(([a, r]) => allow(a, r));
    const rank = (document: PolicyDocument) => ORDER.indexOf(grantOf(document).level);
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1 }),
        statement,
        (some, more) => rank(on(...some, more)) <= rank(on(...some)),
      ),
    );
  });

  test('a hundred thousand characters of stars take no time to speak of', () => {
    expect(grantOf(on(allow('*a'.repeat(50_000), 'arn:aws:iam::'.concat('*:'.repeat(50_000))))).level).toBe('limited');
  });
});

const ORDER: Level[] = ['admin', 'escalation', 'wide', 'unknown', 'broad', 'limited', 'read', 'none'];

describe('what a managed policy grants', () => {
  test.each<[string, Level | undefined]>([
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'admin'],
    ['arn:aws-cn:iam::aws:policy/AdministratorAccess', 'admin'],
    ['arn:aws-us-gov:iam::aws:policy/IAMFullAccess', 'admin'],
    ['arn:aws:iam::aws:policy/PowerUserAccess', 'wide'],
    ['arn:aws:iam::aws:policy/AdministratorAccess-Amplify', 'escalation'],
    ['arn:aws:iam::aws:policy/AWSLambda_FullAccess', 'wide'],
    ['arn:aws:iam::aws:policy/job-function/DataScientist', 'wide'],
    ['arn:aws:iam::aws:policy/AmazonS3FullAccess', 'broad'],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'read'],
    ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', 'read'],
    ['arn:aws:iam::aws:policy/SecurityAudit', 'read'],
    ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'limited'],
    ['arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3', 'none'],
    ['arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV9', 'none'],
    ['arn:aws:iam::aws:policy/AWSDenyAll', 'none'],
    ['arn:aws:iam::aws:policy/__proto__', 'limited'],
    ['arn:aws:iam::aws:policy/constructor', 'limited'],
    ['arn:aws:iam::111122223333:policy/AdministratorAccess', undefined],
    ['arn:aws:iam::aws:policy/', undefined],
    ['AdministratorAccess', undefined],
  ])('%s: %s', (arn, level) => expect(managedGrant(arn)?.level).toBe(level));
});

describe('only denies', () => {
  test.each([
    [on(deny('*')), true],
    [on(deny('*'), deny('s3:*', BUCKET)), true],
    [on(deny('*'), allow('s3:GetObject')), false],
    [on(), false],
    [{}, false],
    [on(deny('*'), null), false],
  ])('%j: %s', (document, only) => expect(onlyDenies(document as PolicyDocument)).toBe(only));
});

describe('a document that replaces another adds nothing', () => {
  const two = allow(['s3:GetObject', 's3:PutObject'], [BUCKET, ROLE]);
  test.each<[title: string, after: PolicyDocument, before: PolicyDocument, nothing: boolean]>([
    ['the same', on(two), on(two), true],
    ['in another order', on(allow(['s3:PutObject', 's3:GetObject'], [ROLE, BUCKET])), on(two), true],
    ['as one statement that is no list', { Statement: two }, on(two), true],
    ['an action less', on(allow('s3:GetObject', [BUCKET, ROLE])), on(two), true],
    ['a resource less', on(allow(['s3:GetObject', 's3:PutObject'], BUCKET)), on(two), true],
    ['a statement less', on(two), on(two, allow('*')), true],
    ['a denial more', on(two, deny('iam:*')), on(two), true],
    ['no statement', on(), on(two), true],
    ['an action more', on(allow(['s3:GetObject', 's3:DeleteObject'], [BUCKET, ROLE])), on(two), false],
    ['a resource more', on(allow(['s3:GetObject', 's3:PutObject'], [BUCKET, '*'])), on(two), false],
    ['a denial less', on(two), on(two, deny('iam:*')), false],
    ['a condition less', on(two), on({ ...two, Condition: { Bool: { x: true } } }), false],
    [
      'a resource left out that must be there',
      on({ Effect: 'Allow', Action: 'iam:*' }),
      on(allow('iam:*', ROLE)),
      false,
    ],
    ['NotAction with an exception less', on(allBut(['iam:*'])), on(allBut(['iam:*', 's3:*'])), false],
    [
      'a principal less',
      on({ ...two, Principal: { AWS: ['1'] } }),
      on({ ...two, Principal: { AWS: ['1', '2'] } }),
      true,
    ],
    [
      'a principal more',
      on({ ...two, Principal: { AWS: ['1', '2'] } }),
      on({ ...two, Principal: { AWS: '1' } }),
      false,
    ],
    ['no principal instead of one', on(two), on({ ...two, Principal: { AWS: '1' } }), false],
    ['what cannot be read', { Statement: 7 }, on(two), false],
    ['after what could not be read', on(two), {}, false],
  ])('%s: %#', (_, after, before, nothing) => expect(addsNothing(after, before)).toBe(nothing));
});

test('what cannot be read of a statement is left out, and a value of a condition that is none may be anything', () => {
  const [statement] = statementsOf(
    on({
      ...allow(['a:b', 7, null], [{}, 'r']),
      Condition: { StringEquals: { k: ['v', 1, true, { toString: 1 }] }, Null: 7 },
    }),
  );
  expect(statement).toMatchObject({
    actions: ['a:b'],
    resources: ['r'],
    conditions: [{ operator: 'StringEquals', key: 'k', values: ['v', '1', 'true', '*'] }],
  });
});
