// Every shape of `userIdentity` that AWS documents, and who the guardrail takes it for.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
import type { Actor, Fields } from '../events/activity.ts';
import { user } from '../events/did.ts';

/** An identity, the record's `additionalEventData`, and what of the actor must come out. */
export type Case = { title: string; identity: Fields; extra?: Fields; is: Partial<Actor> };

const MFA = { attributes: { creationDate: '2026-11-20T03:00:00Z', mfaAuthenticated: 'true' } };
const NO_MFA = { attributes: { creationDate: '2026-11-20T03:00:00Z', mfaAuthenticated: 'false' } };

const rootIssuer = {
  type: 'Root',
  principalId: '111122223333',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
};

/** A session of a role, by the ARN of the role; what follows replaces or adds parts of its context. */
function session(arn: string, name: string, context: Fields = NO_MFA): Fields {
  const role = arn.slice(arn.lastIndexOf('/') + 1);
  const account = arn.split(':')[4];
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE000000001',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn, accountId: account, userName: role },
      ...context,
    },
  };
}

/** The path that only Identity Center may use. */
export const reserved = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com';

export const cases: Case[] = [
  {
    title: 'root at the sign-in page: the key is empty',
    identity: { ...rootIssuer, accessKeyId: '' },
    extra: { MFAUsed: 'No' },
    is: {
      kind: 'root',
      id: 'arn:aws:iam::111122223333:root',
      name: 'root',
      account: '111122223333',
      mfa: 'no',
      key: undefined,
    },
  },
  {
    title: 'root of an account with an alias',
    identity: { ...rootIssuer, userName: 'example-corp' },
    is: { kind: 'root', name: 'root', mfa: 'unknown' },
  },
  {
    title: 'root in the console, with MFA',
    identity: { ...rootIssuer, accessKeyId: 'ASIAEXAMPLE000000001', sessionContext: MFA },
    is: { kind: 'root', mfa: 'yes', longTerm: false },
  },
  {
    title: 'root with an access key',
    identity: { ...rootIssuer, accessKeyId: 'AKIAEXAMPLE000000001' },
    is: { kind: 'root', mfa: 'no', longTerm: true },
  },
  {
    title: 'root opened by the organization',
    identity: {
      ...rootIssuer,
      accessKeyId: 'ASIAEXAMPLE000000001',
      sessionContext: { sessionIssuer: {}, webIdFederationData: {}, ...NO_MFA, assumedRoot: 'true' },
    },
    is: { kind: 'root', id: 'arn:aws:iam::111122223333:root', mfa: 'no' },
  },
  {
    title: 'a session that root issued',
    identity: { ...session('arn:aws:iam::111122223333:role/x', 's'), sessionContext: { sessionIssuer: rootIssuer } },
    is: { kind: 'root', id: 'arn:aws:iam::111122223333:root' },
  },
  {
    title: 'root without an ARN',
    identity: { type: 'Root', accountId: '111122223333' },
    is: { kind: 'root', id: 'root of 111122223333' },
  },
  {
    title: 'an IAM user with a key',
    identity: user('alice'),
    is: {
      kind: 'user',
      id: 'arn:aws:iam::111122223333:user/alice',
      name: 'alice',
      mfa: 'no',
      longTerm: true,
      session: undefined,
    },
  },
  {
    title: 'an IAM user in the console',
    identity: { ...user('alice'), accessKeyId: 'ASIAEXAMPLE000000001', sessionContext: MFA },
    is: { kind: 'user', mfa: 'yes', longTerm: false },
  },
  {
    title: 'an IAM user with a path and without a name',
    identity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/team/red/bob' },
    is: { kind: 'user', name: 'bob', account: '111122223333' },
  },
  {
    title: 'an IAM user through CloudFormation',
    identity: { ...user('alice'), invokedBy: 'cloudformation.amazonaws.com' },
    is: { kind: 'user', via: 'cloudformation.amazonaws.com' },
  },
  {
    title: 'a wrong user name at the sign-in page: it may have been a password',
    identity: {
      type: 'IAMUser',
      accountId: '111122223333',
      accessKeyId: '',
      userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
    extra: { MFAUsed: 'No' },
    is: { kind: 'user', id: 'unknown user', name: 'an IAM user' },
  },
  {
    title: 'a role session',
    identity: session('arn:aws:iam::111122223333:role/ci/deploy', 'run-1', { ...NO_MFA, sourceIdentity: 'alice' }),
    is: {
      kind: 'role',
      id: 'arn:aws:iam::111122223333:role/ci/deploy',
      name: 'role deploy (session run-1)',
      mfa: 'no',
      session: { name: 'run-1', issuer: 'arn:aws:iam::111122223333:role/ci/deploy', sourceIdentity: 'alice' },
    },
  },
  {
    title: 'a role session of another account',
    identity: session('arn:aws:iam::999988887777:role/partner', 'x'),
    is: { kind: 'role', account: '999988887777' },
  },
  {
    title: 'a role session without its issuer',
    identity: { type: 'AssumedRole', arn: 'arn:aws-cn:sts::111122223333:assumed-role/deploy/run-1' },
    is: { kind: 'role', id: 'arn:aws-cn:iam::111122223333:role/deploy', account: '111122223333', mfa: 'unknown' },
  },
  {
    title: 'a role session with nothing but its id',
    identity: { type: 'AssumedRole', principalId: 'AROAEXAMPLE:run-1' },
    is: { kind: 'role', id: 'AROAEXAMPLE:run-1', account: undefined },
  },
  {
    title: 'a web identity in a role: its second factor was elsewhere',
    identity: session('arn:aws:iam::111122223333:role/ci', 'run-1', {
      webIdFederationData: { federatedProvider: 'accounts.example.com', attributes: {} },
      ...NO_MFA,
    }),
    is: { kind: 'web-identity', id: 'arn:aws:iam::111122223333:role/ci', mfa: 'elsewhere' },
  },
  {
    title: 'a SAML session looks like any role session',
    identity: session('arn:aws:iam::111122223333:role/helpdesk', 'ana@example.com', {
      webIdFederationData: {},
      ...NO_MFA,
    }),
    is: { kind: 'role', id: 'arn:aws:iam::111122223333:role/helpdesk', mfa: 'no' },
  },
  {
    title: 'a permission set of Identity Center: the session is the person',
    identity: {
      ...session(`${reserved}/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`, 'ana@example.com'),
      onBehalfOf: {
        userId: 'a2c45474-0021-70e4',
        identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1',
      },
    },
    is: {
      kind: 'identity-center',
      id: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana@example.com',
      name: 'ana@example.com',
      mfa: 'elsewhere',
      person: 'a2c45474-0021-70e4',
    },
  },
  {
    title: 'a permission set, and the record does not show the role',
    identity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana@example.com',
    },
    is: { kind: 'identity-center', name: 'ana@example.com' },
  },
  {
    title: 'a role that only bears the name of a permission set',
    identity: session('arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef', 'ana@example.com'),
    is: { kind: 'role', id: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef', mfa: 'no' },
  },
  {
    title: 'a role whose path looks like the ARN of a permission set',
    identity: session('arn:aws:iam::111122223333:role/x:role/aws-reserved/sso.amazonaws.com/evil', 'ana@example.com'),
    is: { kind: 'role', mfa: 'no' },
  },
  {
    title: 'a role itself',
    identity: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/deploy', accountId: '111122223333' },
    is: { kind: 'role', id: 'arn:aws:iam::111122223333:role/deploy', name: 'role deploy' },
  },
  {
    title: 'a user of Identity Center',
    identity: {
      type: 'IdentityCenterUser',
      accountId: '111122223333',
      onBehalfOf: {
        userId: 'a2c45474-0021-70e4',
        identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1',
      },
      credentialId: 'EXAMPLE',
    },
    is: { kind: 'identity-center', id: 'a2c45474-0021-70e4', person: 'a2c45474-0021-70e4', mfa: 'elsewhere' },
  },
  {
    title: 'a federated user of an IAM user',
    identity: {
      type: 'FederatedUser',
      principalId: '111122223333:temp',
      arn: 'arn:aws:sts::111122223333:federated-user/temp',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE000000001',
      sessionContext: { sessionIssuer: user('alice'), ...NO_MFA },
    },
    is: {
      kind: 'federated',
      id: 'arn:aws:iam::111122223333:user/alice',
      name: 'federated user temp of alice',
      mfa: 'no',
      session: { name: 'temp', issuer: 'arn:aws:iam::111122223333:user/alice', sourceIdentity: undefined },
    },
  },
  {
    title: 'a federated user of root',
    identity: {
      type: 'FederatedUser',
      arn: 'arn:aws:sts::111122223333:federated-user/temp',
      accountId: '111122223333',
      sessionContext: { sessionIssuer: rootIssuer },
    },
    is: { kind: 'root', id: 'arn:aws:iam::111122223333:root' },
  },
  {
    title: 'somebody who assumes a role with a SAML assertion',
    identity: { type: 'SAMLUser', principalId: 'Q29tcGFueQ:ana', userName: 'ana', identityProvider: 'Q29tcGFueQ' },
    is: { kind: 'saml', id: 'Q29tcGFueQ:ana', name: 'ana', mfa: 'elsewhere', account: undefined },
  },
  {
    title: 'somebody who assumes a role with a web identity',
    identity: {
      type: 'WebIdentityUser',
      principalId: 'accounts.example.com:app:user-1',
      userName: 'user-1',
      identityProvider: 'accounts.example.com',
    },
    is: { kind: 'web-identity', id: 'accounts.example.com:app:user-1', name: 'user-1', mfa: 'elsewhere' },
  },
  {
    title: 'an AWS service',
    identity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    is: { kind: 'service', id: 'ec2.amazonaws.com', name: 'ec2.amazonaws.com', account: undefined },
  },
  {
    title: 'a service, without a type',
    identity: { invokedBy: 'secretsmanager.amazonaws.com', accountId: '111122223333' },
    is: { kind: 'service', id: 'secretsmanager.amazonaws.com' },
  },
  {
    title: 'another account that assumes a role here',
    identity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '999988887777' },
    is: { kind: 'account', id: '999988887777', name: 'account 999988887777', account: '999988887777' },
  },
  {
    title: 'nobody, at a public bucket',
    identity: { type: 'AWSAccount', principalId: '', accountId: 'anonymous' },
    is: { kind: 'anonymous', id: 'anonymous', account: undefined },
  },
  {
    title: 'nobody, as CloudTrail calls it elsewhere',
    identity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
    is: { kind: 'anonymous', account: undefined },
  },
  {
    title: 'a type that is not in the documentation',
    identity: { type: 'Directory', principalId: 'd-1234567890', userName: 'ana' },
    is: { kind: 'unknown', id: 'd-1234567890', name: 'ana' },
  },
  { title: 'nothing at all', identity: {}, is: { kind: 'unknown', id: 'unknown', name: 'an unknown identity' } },
];
