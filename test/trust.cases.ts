// Trust policies, and whom each of them lets in from outside.
import type { PolicyDocument } from '../policy/document.ts';

export const OWN = '111122223333';
export const OTHER = 'arn:aws:iam::999988887777:root';
export const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
export const SUB = 'token.actions.githubusercontent.com:sub';
export const SAML = `arn:aws:iam::${OWN}:saml-provider/okta`;

export const trusts = (Principal: unknown, Condition: unknown = undefined, Effect = 'Allow') => ({
  Effect,
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
});
export const on = (...Statement: unknown[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
export const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });
export const matching = (key: string, value: unknown) => ({ StringLike: { [key]: value } });

/** Shown as kind and name, with `!` where nothing pins the principal down. */
export const CASES: [title: string, document: PolicyDocument, outsiders: string[]][] = [
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
  ['an account id that is none, which AWS refuses', on(trusts({ AWS: '11112222333' })), []],
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
  ['with no external ids to choose from', on(trusts({ AWS: OTHER }, equals('sts:ExternalId', []))), []],
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
    on(trusts('*', equals('aws:PrincipalAccount', `\${aws:PrincipalAccount}`))),
    ['everyone *!'],
  ],
  [
    'a role of that name in any account',
    on(trusts('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci' } })),
    ['everyone *!'],
  ],
  ['everyone with a name', on(trusts('*', equals('aws:username', 'ana'))), ['everyone *!']],
  ['everyone from an address', on(trusts('*', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })), ['everyone *']],
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
