// The scripts of the account contract. `<account>` is the account's id, `<key 1>` the first access key that was seen.
import type { Input, OperationName } from '../sandbox/operations.ts';

export type Step = { [Name in OperationName]: readonly [Name, Input<Name>] }[OperationName];

const ADMIN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const READ =
  '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*" } }';
const DENY =
  '{"Version":"2012-10-17","Statement":[{"Sid":"No","Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-20T03:12:45Z"}}}]}';
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const OPEN =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const DEPLOY = 'arn:aws:iam::<account>:policy/team/deploy';
const NO_POLICY = 'arn:aws:iam::<account>:policy/none';
const TRAIL_ARN = 'arn:aws:cloudtrail:us-east-1:<account>:trail/management';
const NO_KEY = 'AKIAIOSFODNN7EXAMPLE';

const alice: Step = ['iam:CreateUser', { UserName: 'alice' }];
const bob: Step = ['iam:CreateUser', { UserName: 'bob' }];
const admins: Step = ['iam:CreateGroup', { GroupName: 'admins' }];
const app: Step = ['iam:CreateRole', { RoleName: 'app', AssumeRolePolicyDocument: TRUST }];
const deploy: Step = ['iam:CreatePolicy', { PolicyName: 'deploy', Path: '/team/', PolicyDocument: READ }];
const management: Step = [
  'cloudtrail:CreateTrail',
  { Name: 'management', S3BucketName: 'trail-<account>', IsMultiRegionTrail: true },
];

export const SCRIPTS: { [title: string]: readonly Step[] } = {
  users: [
    ['iam:CreateUser', { UserName: 'alice', Path: '/team/' }],
    ['iam:CreateUser', { UserName: 'alice' }],
    ['iam:GetUser', { UserName: 'alice' }],
    ['iam:GetUser', { UserName: 'bob' }],
    ['iam:DeleteUser', { UserName: 'bob' }],
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR }],
    ['iam:DeleteUser', { UserName: 'alice' }],
    ['iam:DetachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'all', PolicyDocument: ADMIN }],
    ['iam:DeleteUser', { UserName: 'alice' }],
    ['iam:DeleteUserPolicy', { UserName: 'alice', PolicyName: 'all' }],
    ['iam:DeleteUser', { UserName: 'alice' }],
    ['iam:GetUser', { UserName: 'alice' }],
  ],

  'names that a careless dictionary already has': [
    ['iam:GetUser', { UserName: 'constructor' }],
    ['iam:CreateUser', { UserName: 'constructor' }],
    ['iam:CreateUser', { UserName: '__proto__' }],
    ['iam:GetUser', { UserName: '__proto__' }],
    ['iam:PutUserPolicy', { UserName: '__proto__', PolicyName: '__proto__', PolicyDocument: ADMIN }],
    ['iam:GetUserPolicy', { UserName: '__proto__', PolicyName: '__proto__' }],
    ['iam:GetUserPolicy', { UserName: 'constructor', PolicyName: 'toString' }],
    ['iam:GetGroup', { GroupName: 'valueOf' }],
    ['iam:GetRole', { RoleName: 'hasOwnProperty' }],
  ],

  passwords: [
    alice,
    ['iam:CreateLoginProfile', { UserName: 'alice', Password: 'correct horse 1!', PasswordResetRequired: true }],
    ['iam:CreateLoginProfile', { UserName: 'alice', Password: 'correct horse 2!' }],
    ['iam:CreateLoginProfile', { UserName: 'bob', Password: 'correct horse 3!' }],
  ],

  'access keys': [
    alice,
    bob,
    ['iam:ListAccessKeys', { UserName: 'alice' }],
    ['iam:CreateAccessKey', { UserName: 'alice' }],
    ['iam:GetAccessKeyLastUsed', { AccessKeyId: '<key 1>' }],
    ['iam:UpdateAccessKey', { UserName: 'alice', AccessKeyId: '<key 1>', Status: 'Inactive' }],
    ['iam:UpdateAccessKey', { UserName: 'alice', AccessKeyId: '<key 1>', Status: 'Inactive' }],
    ['iam:CreateAccessKey', { UserName: 'alice' }],
    ['iam:ListAccessKeys', { UserName: 'alice' }],
    ['iam:CreateAccessKey', { UserName: 'alice' }],
    ['iam:UpdateAccessKey', { UserName: 'alice', AccessKeyId: '<key 1>', Status: 'Active' }],
    ['iam:UpdateAccessKey', { UserName: 'bob', AccessKeyId: '<key 1>', Status: 'Inactive' }],
    ['iam:UpdateAccessKey', { UserName: 'alice', AccessKeyId: NO_KEY, Status: 'Inactive' }],
    ['iam:DeleteAccessKey', { UserName: 'alice', AccessKeyId: '<key 1>' }],
    ['iam:DeleteAccessKey', { UserName: 'alice', AccessKeyId: '<key 1>' }],
    ['iam:ListAccessKeys', { UserName: 'alice' }],
    ['iam:GetAccessKeyLastUsed', { AccessKeyId: NO_KEY }],
    ['iam:ListAccessKeys', { UserName: 'nobody' }],
    ['iam:CreateAccessKey', { UserName: 'nobody' }],
  ],

  groups: [
    alice,
    bob,
    ['iam:CreateGroup', { GroupName: 'admins', Path: '/team/' }],
    ['iam:CreateGroup', { GroupName: 'admins' }],
    ['iam:AddUserToGroup', { GroupName: 'admins', UserName: 'alice' }],
    ['iam:AddUserToGroup', { GroupName: 'admins', UserName: 'alice' }],
    ['iam:AddUserToGroup', { GroupName: 'admins', UserName: 'bob' }],
    ['iam:GetGroup', { GroupName: 'admins' }],
    ['iam:ListGroupsForUser', { UserName: 'alice' }],
    ['iam:RemoveUserFromGroup', { GroupName: 'admins', UserName: 'alice' }],
    ['iam:GetGroup', { GroupName: 'admins' }],
    ['iam:ListGroupsForUser', { UserName: 'alice' }],
    ['iam:RemoveUserFromGroup', { GroupName: 'admins', UserName: 'alice' }],
    ['iam:AddUserToGroup', { GroupName: 'none', UserName: 'alice' }],
    ['iam:AddUserToGroup', { GroupName: 'admins', UserName: 'nobody' }],
    ['iam:GetGroup', { GroupName: 'none' }],
    ['iam:ListGroupsForUser', { UserName: 'nobody' }],
  ],

  roles: [
    ['iam:CreateRole', { RoleName: 'app', Path: '/service/', AssumeRolePolicyDocument: TRUST, Description: 'the app' }],
    app,
    ['iam:GetRole', { RoleName: 'app' }],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'app', PolicyDocument: OPEN }],
    ['iam:GetRole', { RoleName: 'app' }],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'app', PolicyDocument: 'none' }],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'app', PolicyDocument: ADMIN }],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'none', PolicyDocument: OPEN }],
    ['iam:GetRole', { RoleName: 'none' }],
  ],

  'inline policies of a user': [
    alice,
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: READ }],
    ['iam:GetUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: DENY }],
    ['iam:GetUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:DeleteUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:GetUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:DeleteUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:PutUserPolicy', { UserName: 'nobody', PolicyName: 'own', PolicyDocument: READ }],
    ['iam:GetUserPolicy', { UserName: 'nobody', PolicyName: 'own' }],
  ],

  'inline policies of a group': [
    admins,
    ['iam:PutGroupPolicy', { GroupName: 'admins', PolicyName: 'own', PolicyDocument: ADMIN }],
    ['iam:GetGroupPolicy', { GroupName: 'admins', PolicyName: 'own' }],
    ['iam:DeleteGroupPolicy', { GroupName: 'admins', PolicyName: 'own' }],
    ['iam:GetGroupPolicy', { GroupName: 'admins', PolicyName: 'own' }],
    ['iam:DeleteGroupPolicy', { GroupName: 'admins', PolicyName: 'own' }],
    ['iam:PutGroupPolicy', { GroupName: 'none', PolicyName: 'own', PolicyDocument: ADMIN }],
  ],

  'inline policies of a role': [
    app,
    ['iam:PutRolePolicy', { RoleName: 'app', PolicyName: 'own', PolicyDocument: DENY }],
    ['iam:GetRolePolicy', { RoleName: 'app', PolicyName: 'own' }],
    ['iam:DeleteRolePolicy', { RoleName: 'app', PolicyName: 'own' }],
    ['iam:GetRolePolicy', { RoleName: 'app', PolicyName: 'own' }],
    ['iam:DeleteRolePolicy', { RoleName: 'app', PolicyName: 'own' }],
    ['iam:PutRolePolicy', { RoleName: 'none', PolicyName: 'own', PolicyDocument: ADMIN }],
  ],

  'documents that are none': [
    alice,
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: 'none' }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: '{"Version":"2012-10-17"}' }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: ADMIN.replace('Allow', 'allow') }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: ADMIN.replace('2012', '2013') }],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: ADMIN.replace('"Action":"*",', '') }],
    [
      'iam:PutUserPolicy',
      { UserName: 'alice', PolicyName: 'own', PolicyDocument: ADMIN.replace(',"Resource":"*"', '') },
    ],
    [
      'iam:PutUserPolicy',
      {
        UserName: 'alice',
        PolicyName: 'own',
        PolicyDocument: ADMIN.replace('"Action":"*"', '"Action":"*","NotAction":"*"'),
      },
    ],
    ['iam:PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument: OPEN }],
    ['iam:GetUserPolicy', { UserName: 'alice', PolicyName: 'own' }],
    ['iam:CreatePolicy', { PolicyName: 'bad', PolicyDocument: '[]' }],
  ],

  'managed policies on a user': [
    alice,
    deploy,
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: DEPLOY }],
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedUserPolicies', { UserName: 'alice' }],
    ['iam:ListAttachedUserPolicies', { UserName: 'alice', PathPrefix: '/team/' }],
    ['iam:ListAttachedUserPolicies', { UserName: 'alice', MaxItems: 1 }],
    ['iam:GetPolicy', { PolicyArn: DEPLOY }],
    ['iam:DetachUserPolicy', { UserName: 'alice', PolicyArn: DEPLOY }],
    ['iam:DetachUserPolicy', { UserName: 'alice', PolicyArn: DEPLOY }],
    ['iam:ListAttachedUserPolicies', { UserName: 'alice' }],
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR }],
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: NO_POLICY }],
    ['iam:DetachUserPolicy', { UserName: 'alice', PolicyArn: NO_POLICY }],
    ['iam:AttachUserPolicy', { UserName: 'nobody', PolicyArn: DEPLOY }],
    ['iam:ListAttachedUserPolicies', { UserName: 'nobody' }],
  ],

  'managed policies on a group': [
    admins,
    ['iam:AttachGroupPolicy', { GroupName: 'admins', PolicyArn: ADMINISTRATOR }],
    ['iam:AttachGroupPolicy', { GroupName: 'admins', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedGroupPolicies', { GroupName: 'admins' }],
    ['iam:DetachGroupPolicy', { GroupName: 'admins', PolicyArn: ADMINISTRATOR }],
    ['iam:DetachGroupPolicy', { GroupName: 'admins', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedGroupPolicies', { GroupName: 'admins' }],
    ['iam:AttachGroupPolicy', { GroupName: 'none', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedGroupPolicies', { GroupName: 'none' }],
  ],

  'managed policies on a role': [
    app,
    ['iam:AttachRolePolicy', { RoleName: 'app', PolicyArn: ADMINISTRATOR }],
    ['iam:AttachRolePolicy', { RoleName: 'app', PolicyArn: READ_ONLY }],
    ['iam:ListAttachedRolePolicies', { RoleName: 'app' }],
    ['iam:DetachRolePolicy', { RoleName: 'app', PolicyArn: ADMINISTRATOR }],
    ['iam:DetachRolePolicy', { RoleName: 'app', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedRolePolicies', { RoleName: 'app' }],
    ['iam:AttachRolePolicy', { RoleName: 'none', PolicyArn: ADMINISTRATOR }],
    ['iam:ListAttachedRolePolicies', { RoleName: 'none' }],
  ],

  policies: [
    ['iam:CreatePolicy', { PolicyName: 'deploy', Path: '/team/', Description: 'deploys', PolicyDocument: READ }],
    deploy,
    ['iam:GetPolicy', { PolicyArn: DEPLOY }],
    ['iam:GetPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v1' }],
    ['iam:GetPolicy', { PolicyArn: NO_POLICY }],
    alice,
    admins,
    app,
    ['iam:ListEntitiesForPolicy', { PolicyArn: DEPLOY }],
    ['iam:AttachUserPolicy', { UserName: 'alice', PolicyArn: DEPLOY }],
    ['iam:AttachGroupPolicy', { GroupName: 'admins', PolicyArn: DEPLOY }],
    ['iam:AttachRolePolicy', { RoleName: 'app', PolicyArn: DEPLOY }],
    ['iam:ListEntitiesForPolicy', { PolicyArn: DEPLOY }],
    ['iam:ListEntitiesForPolicy', { PolicyArn: DEPLOY, EntityFilter: 'Role' }],
    ['iam:GetPolicy', { PolicyArn: DEPLOY }],
  ],

  'policy versions': [
    deploy,
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: ADMIN, SetAsDefault: true }],
    ['iam:GetPolicy', { PolicyArn: DEPLOY }],
    ['iam:GetPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v2' }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: DENY }],
    ['iam:ListPolicyVersions', { PolicyArn: DEPLOY }],
    ['iam:DeletePolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v2' }],
    ['iam:SetDefaultPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v1' }],
    ['iam:SetDefaultPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v9' }],
    ['iam:GetPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v1' }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: READ }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: READ }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: READ }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: 'none' }],
    ['iam:DeletePolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v2' }],
    ['iam:DeletePolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v2' }],
    ['iam:GetPolicyVersion', { PolicyArn: DEPLOY, VersionId: 'v2' }],
    ['iam:CreatePolicyVersion', { PolicyArn: DEPLOY, PolicyDocument: ADMIN }],
    ['iam:ListPolicyVersions', { PolicyArn: DEPLOY }],
    ['iam:ListPolicyVersions', { PolicyArn: NO_POLICY }],
    ['iam:CreatePolicyVersion', { PolicyArn: NO_POLICY, PolicyDocument: READ }],
    ['iam:SetDefaultPolicyVersion', { PolicyArn: NO_POLICY, VersionId: 'v1' }],
    ['iam:GetPolicyVersion', { PolicyArn: NO_POLICY, VersionId: 'v1' }],
  ],

  'policies of AWS': [
    ['iam:GetPolicy', { PolicyArn: ADMINISTRATOR }],
    ['iam:GetPolicyVersion', { PolicyArn: ADMINISTRATOR, VersionId: 'v1' }],
    ['iam:GetPolicy', { PolicyArn: READ_ONLY }],
    ['iam:GetPolicyVersion', { PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess', VersionId: 'v2' }],
    ['iam:GetPolicyVersion', { PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess', VersionId: 'v12' }],
    ['iam:GetPolicyVersion', { PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', VersionId: 'v3' }],
    ['iam:GetPolicy', { PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' }],
  ],

  trails: [
    management,
    ['cloudtrail:GetTrailStatus', { Name: 'management' }],
    ['cloudtrail:StartLogging', { Name: 'management' }],
    ['cloudtrail:GetTrailStatus', { Name: 'management' }],
    ['cloudtrail:StartLogging', { Name: 'management' }],
    ['cloudtrail:StopLogging', { Name: 'management' }],
    ['cloudtrail:GetTrailStatus', { Name: TRAIL_ARN }],
    ['cloudtrail:StopLogging', { Name: 'management' }],
    ['cloudtrail:StartLogging', { Name: 'management' }],
    ['cloudtrail:GetTrailStatus', { Name: 'management' }],
    ['cloudtrail:GetTrailStatus', { Name: 'none' }],
  ],
};
