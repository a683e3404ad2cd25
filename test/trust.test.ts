// Whom a trust policy lets in, as data, and that taking outsiders out takes out these and nobody else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../policy/document.ts';
import { type Outsider, outsidersOf, withoutOutsiders } from '../policy/trust.ts';

const OWN = '111122223333';
const OTHER = 'arn:aws:iam::999988887777:root';
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
const SUB = 'token.actions.githubusercontent.com:sub';
const SAML = `arn:aws:iam::${OWN}:saml-provider/okta`;

const trusts = (Principal: unknown, Condition: unknown = undefined, Effect = 'Allow') => ({
  Effect,
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
});
const on = (...Statement: unknown[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });
const matching = (key: string, value: unknown) => ({ StringLike: { [key]: value } });

/** Shown as kind and name, with `!` where nothing pins the principal down. */
const CASES: [title: string, document: PolicyDocument, outsiders: string[]][] = [
  ['everyone', on(trusts('*')), ['everyone *!']],
  ['everyone, as an AWS principal', on(trusts({ AWS: '*' })), ['everyone *!']],
  ['everyone, in a list', on(trusts({ AWS: [`arn:aws:iam::${OWN}:root`, '*'] })), ['everyone *!']],
  ['everyone, in a statement that is no list', { Statement: trusts('*') }, ['everyone *!']],
  [
    'everyone but one',
    on({ Effect: 'Allow', NotPrincipal: { AWS: OTHER }, Action: 'sts:AssumeRole' }),
    ['except everyone but a few!'],
  ],
  ['another account', on(trusts({ AWS: OTHER })), [`account ${OTHER}!`]],
  ['another account, by its bare id', on(trusts({ AWS: '999988887777' })), ['account 999988887777!']],
  [
    'a role of another account',
    on(trusts({ AWS: 'arn:aws:iam::999988887777:role/ops' })),
    ['account arn:aws:iam::999988887777:role/ops!'],
  ],
  [
    'another account, in China',
    on(trusts({ AWS: 'arn:aws-cn:iam::999988887777:root' })),
    ['account arn:aws-cn:iam::999988887777:root!'],
  ],
  [
    'a deleted principal, or one by its unique id',
    on(trusts({ AWS: 'AIDAJQABLZS4A3QDU576Q' })),
    ['account AIDAJQABLZS4A3QDU576Q!'],
  ],
  ['an account id that is none', on(trusts({ AWS: '11112222333' })), ['account 11112222333!']],
  [
    'a session of another account',
    on(trusts({ AWS: 'arn:aws:sts::999988887777:assumed-role/r/s' })),
    ['account arn:aws:sts::999988887777:assumed-role/r/s!'],
  ],
  ['the own account', on(trusts({ AWS: `arn:aws:iam::${OWN}:root` })), []],
  ['the own account, by its bare id', on(trusts({ AWS: OWN })), []],
  ['a user of the own account', on(trusts({ AWS: `arn:aws:iam::${OWN}:user/ana` })), []],
  ['a service', on(trusts({ Service: 'ec2.amazonaws.com' })), []],
  ['services', on(trusts({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })), []],
  ['a denial', on(trusts('*', undefined, 'Deny')), []],
  ['no effect: read as an allow', on({ Principal: '*', Action: 'sts:AssumeRole' }), ['everyone *!']],
  ['nobody', on({ Effect: 'Allow', Action: 'sts:AssumeRole' }), []],
  ['principals of any type', on(trusts({ AWS: [7, null, {}], Federated: { a: 1 } }), trusts(7), trusts(['*'])), []],
  [
    'principals under __proto__',
    on(trusts(JSON.parse('{"__proto__":"*","AWS":"999988887777"}'))),
    ['account 999988887777!'],
  ],
  ['no statements', {}, []],
  ['with an external id', on(trusts({ AWS: OTHER }, equals('sts:ExternalId', 'a1'))), [`account ${OTHER}`]],
  ['with any external id', on(trusts({ AWS: OTHER }, matching('sts:ExternalId', '*'))), [`account ${OTHER}!`]],
  [
    'with an external id that begins so',
    on(trusts({ AWS: OTHER }, matching('sts:ExternalId', 'a*'))),
    [`account ${OTHER}!`],
  ],
  [
    'with one of two external ids, one of them any',
    on(trusts({ AWS: OTHER }, matching('sts:ExternalId', ['a1', '*']))),
    [`account ${OTHER}!`],
  ],
  [
    'with an external id, if there is one',
    on(trusts({ AWS: OTHER }, { StringEqualsIfExists: { 'sts:ExternalId': 'a1' } })),
    [`account ${OTHER}!`],
  ],
  [
    'with all of no external ids',
    on(trusts({ AWS: OTHER }, { 'ForAllValues:StringEquals': { 'sts:ExternalId': 'a1' } })),
    [`account ${OTHER}!`],
  ],
  [
    'with any but one external id',
    on(trusts({ AWS: OTHER }, { StringNotEquals: { 'sts:ExternalId': 'a1' } })),
    [`account ${OTHER}!`],
  ],
  [
    'with no external ids to choose from',
    on(trusts({ AWS: OTHER }, equals('sts:ExternalId', []))),
    [`account ${OTHER}!`],
  ],
  [
    'everyone with an external id: who reads it comes in',
    on(trusts('*', equals('sts:ExternalId', 'a1'))),
    ['everyone *!'],
  ],
  ['everyone of an organization', on(trusts('*', equals('aws:PrincipalOrgID', 'o-a1b2c3'))), ['everyone *']],
  [
    'everyone of an organization, in small letters',
    on(trusts('*', equals('aws:principalorgid', 'o-a1b2c3'))),
    ['everyone *'],
  ],
  ['everyone of any organization', on(trusts('*', matching('aws:PrincipalOrgID', 'o-*'))), ['everyone *!']],
  [
    'everyone of a unit',
    on(trusts('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3/r-1/ou-1/*' } })),
    ['everyone *'],
  ],
  [
    'everyone of any unit',
    on(trusts('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-1/*' } })),
    ['everyone *!'],
  ],
  ['everyone of one other account', on(trusts('*', equals('aws:PrincipalAccount', '999988887777'))), ['everyone *']],
  ['everyone of the own account', on(trusts('*', equals('aws:PrincipalAccount', OWN))), []],
  [
    'everyone of the own account, by ARN',
    on(trusts('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/ci-*` } })),
    [],
  ],
  ['everyone of two accounts', on(trusts('*', equals('aws:PrincipalAccount', [OWN, '999988887777']))), ['everyone *']],
  [
    'everyone whose account is their account',
    on(trusts('*', equals('aws:PrincipalAccount', '${aws:PrincipalAccount}'))),
    ['everyone *!'],
  ],
  [
    'a role of that name in any account',
    on(trusts('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci' } })),
    ['everyone *!'],
  ],
  ['everyone with a name', on(trusts('*', equals('aws:username', 'ana'))), ['everyone *!']],
  ['everyone from an address', on(trusts('*', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })), ['everyone *!']],
  ['a condition that is none', on(trusts('*', 'x')), ['everyone *!']],
  ['a condition with an object for a value', on(trusts('*', equals('aws:PrincipalOrgID', { a: 1 }))), ['everyone *!']],
  [
    'GitHub, one repository',
    on(trusts({ Federated: GITHUB }, matching(SUB, 'repo:acme/web:*'))),
    [`federated ${GITHUB}`],
  ],
  ['GitHub, one owner', on(trusts({ Federated: GITHUB }, matching(SUB, 'repo:acme/*'))), [`federated ${GITHUB}`]],
  [
    'GitHub, without a subject',
    on(trusts({ Federated: GITHUB }, equals('token.actions.githubusercontent.com:aud', 'sts.amazonaws.com'))),
    [`federated ${GITHUB}!`],
  ],
  ['GitHub, any subject', on(trusts({ Federated: GITHUB }, matching(SUB, '*'))), [`federated ${GITHUB}!`]],
  ['GitHub, any repository', on(trusts({ Federated: GITHUB }, matching(SUB, 'repo:*'))), [`federated ${GITHUB}!`]],
  [
    'GitHub, any owner with such a repository',
    on(trusts({ Federated: GITHUB }, matching(SUB, 'repo:*/web:*'))),
    [`federated ${GITHUB}!`],
  ],
  [
    'GitHub, one subject of two any',
    on(trusts({ Federated: GITHUB }, matching(SUB, ['repo:acme/web:*', 'r*']))),
    [`federated ${GITHUB}!`],
  ],
  [
    'GitHub, an external id instead',
    on(trusts({ Federated: GITHUB }, equals('sts:ExternalId', 'a1'))),
    [`federated ${GITHUB}!`],
  ],
  [
    'Cognito, one pool',
    on(
      trusts(
        { Federated: 'cognito-identity.amazonaws.com' },
        equals('cognito-identity.amazonaws.com:aud', 'eu-west-1:1'),
      ),
    ),
    ['federated cognito-identity.amazonaws.com'],
  ],
  [
    'Cognito, any pool',
    on(trusts({ Federated: 'cognito-identity.amazonaws.com' })),
    ['federated cognito-identity.amazonaws.com!'],
  ],
  [
    'a cluster, one service account',
    on(
      trusts(
        { Federated: 'arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A' },
        equals('oidc.eks.eu-west-1.amazonaws.com/id/A:sub', 'system:serviceaccount:web:web'),
      ),
    ),
    ['federated arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A'],
  ],
  [
    'SAML',
    on(trusts({ Federated: SAML }, equals('SAML:aud', 'https://signin.aws.amazon.com/saml'))),
    [`federated ${SAML}!`],
  ],
];

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

/** Whoever is picked is gone; a document without any is itself; who is not picked stays as they were. */
const takesOutThoseAlone = (take: typeof withoutOutsiders) =>
  fc.property(document, kinds, fc.boolean(), (before, picks, pinned) => {
    const isPicked = (each: Outsider) => picks.includes(each.kind) && (each.pinned || !pinned);
    const found = outsidersOf(before, OWN);
    const after = take(before, isPicked, OWN);
    if (!found.some(isPicked)) return after === before;
    const left = outsidersOf(after, OWN).map(shown);
    return (
      !outsidersOf(after, OWN).some(isPicked) &&
      left.every((each) => found.map(shown).includes(each)) &&
      (picks.includes('except') ||
        found
          .filter((each) => !isPicked(each) && each.kind !== 'except')
          .every((each) => left.includes(shown(each)) || mixed(before)))
    );
  });

/** A statement with `NotPrincipal` goes as a whole. */
function mixed(document: PolicyDocument): boolean {
  return JSON.stringify(document).includes('NotPrincipal');
}

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
