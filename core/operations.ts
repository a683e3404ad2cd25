// Every AWS operation that the guardrail may call, typed from the SDK's own inputs. API calls are data: a dry run costs
// nothing, a message shows the exact calls, and roles are generated from the operations that remediations name.
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as IAM from '@aws-sdk/client-iam';

/** Operations that only read: input and output by name. */
export type Reads = {
  'iam:GetAccessKeyLastUsed': [IAM.GetAccessKeyLastUsedCommandInput, IAM.GetAccessKeyLastUsedCommandOutput];
  'iam:GetGroup': [IAM.GetGroupCommandInput, IAM.GetGroupCommandOutput];
  'iam:GetGroupPolicy': [IAM.GetGroupPolicyCommandInput, IAM.GetGroupPolicyCommandOutput];
  'iam:GetPolicy': [IAM.GetPolicyCommandInput, IAM.GetPolicyCommandOutput];
  'iam:GetPolicyVersion': [IAM.GetPolicyVersionCommandInput, IAM.GetPolicyVersionCommandOutput];
  'iam:GetRole': [IAM.GetRoleCommandInput, IAM.GetRoleCommandOutput];
  'iam:GetRolePolicy': [IAM.GetRolePolicyCommandInput, IAM.GetRolePolicyCommandOutput];
  'iam:GetUser': [IAM.GetUserCommandInput, IAM.GetUserCommandOutput];
  'iam:GetUserPolicy': [IAM.GetUserPolicyCommandInput, IAM.GetUserPolicyCommandOutput];
  'iam:ListAccessKeys': [IAM.ListAccessKeysCommandInput, IAM.ListAccessKeysCommandOutput];
  'iam:ListAttachedGroupPolicies': [
    IAM.ListAttachedGroupPoliciesCommandInput,
    IAM.ListAttachedGroupPoliciesCommandOutput,
  ];
  'iam:ListAttachedRolePolicies': [IAM.ListAttachedRolePoliciesCommandInput, IAM.ListAttachedRolePoliciesCommandOutput];
  'iam:ListAttachedUserPolicies': [IAM.ListAttachedUserPoliciesCommandInput, IAM.ListAttachedUserPoliciesCommandOutput];
  'iam:ListEntitiesForPolicy': [IAM.ListEntitiesForPolicyCommandInput, IAM.ListEntitiesForPolicyCommandOutput];
  'iam:ListGroupsForUser': [IAM.ListGroupsForUserCommandInput, IAM.ListGroupsForUserCommandOutput];
  'iam:ListPolicyVersions': [IAM.ListPolicyVersionsCommandInput, IAM.ListPolicyVersionsCommandOutput];
  'cloudtrail:GetTrailStatus': [CloudTrail.GetTrailStatusCommandInput, CloudTrail.GetTrailStatusCommandOutput];
};

/** Operations that change something: input and output by name. */
export type Writes = {
  'iam:AddUserToGroup': [IAM.AddUserToGroupCommandInput, IAM.AddUserToGroupCommandOutput];
  'iam:AttachGroupPolicy': [IAM.AttachGroupPolicyCommandInput, IAM.AttachGroupPolicyCommandOutput];
  'iam:AttachRolePolicy': [IAM.AttachRolePolicyCommandInput, IAM.AttachRolePolicyCommandOutput];
  'iam:AttachUserPolicy': [IAM.AttachUserPolicyCommandInput, IAM.AttachUserPolicyCommandOutput];
  'iam:DeleteGroupPolicy': [IAM.DeleteGroupPolicyCommandInput, IAM.DeleteGroupPolicyCommandOutput];
  'iam:DeleteRolePolicy': [IAM.DeleteRolePolicyCommandInput, IAM.DeleteRolePolicyCommandOutput];
  'iam:DeleteUserPolicy': [IAM.DeleteUserPolicyCommandInput, IAM.DeleteUserPolicyCommandOutput];
  'iam:DetachGroupPolicy': [IAM.DetachGroupPolicyCommandInput, IAM.DetachGroupPolicyCommandOutput];
  'iam:DetachRolePolicy': [IAM.DetachRolePolicyCommandInput, IAM.DetachRolePolicyCommandOutput];
  'iam:DetachUserPolicy': [IAM.DetachUserPolicyCommandInput, IAM.DetachUserPolicyCommandOutput];
  'iam:PutGroupPolicy': [IAM.PutGroupPolicyCommandInput, IAM.PutGroupPolicyCommandOutput];
  'iam:PutRolePolicy': [IAM.PutRolePolicyCommandInput, IAM.PutRolePolicyCommandOutput];
  'iam:PutUserPolicy': [IAM.PutUserPolicyCommandInput, IAM.PutUserPolicyCommandOutput];
  'iam:RemoveUserFromGroup': [IAM.RemoveUserFromGroupCommandInput, IAM.RemoveUserFromGroupCommandOutput];
  'iam:SetDefaultPolicyVersion': [IAM.SetDefaultPolicyVersionCommandInput, IAM.SetDefaultPolicyVersionCommandOutput];
  'iam:UpdateAccessKey': [IAM.UpdateAccessKeyCommandInput, IAM.UpdateAccessKeyCommandOutput];
  'iam:UpdateAssumeRolePolicy': [IAM.UpdateAssumeRolePolicyCommandInput, IAM.UpdateAssumeRolePolicyCommandOutput];
  'cloudtrail:StartLogging': [CloudTrail.StartLoggingCommandInput, CloudTrail.StartLoggingCommandOutput];
  'cloudtrail:StopLogging': [CloudTrail.StopLoggingCommandInput, CloudTrail.StopLoggingCommandOutput];
};

export type ReadName = keyof Reads;
export type WriteName = keyof Writes;

/** One write as data: `{ call: 'iam:UpdateAccessKey', input: { UserName, AccessKeyId, Status } }`. */
export type Call = { [Name in WriteName]: { call: Name; input: Writes[Name][0] } }[WriteName];

/** Asks AWS; undefined where the thing does not exist. Throws `AwsError` on everything else. */
export type Read = <Name extends ReadName>(name: Name, input: Reads[Name][0]) => Promise<Reads[Name][1] | undefined>;

/** A refusal or failure of AWS: what was called, the service's code, and whether trying again may help. */
export class AwsError extends Error {
  readonly call: string;
  readonly code: string;
  readonly retryable: boolean;
  constructor(call: string, code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(`${call}: ${code}: ${message}`, { cause: options.cause });
    this.name = 'AwsError';
    this.call = call;
    this.code = code;
    this.retryable = options.retryable;
  }
}
