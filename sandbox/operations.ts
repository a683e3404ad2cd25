// What the sandbox can do: all that the guardrail may call, and what people and attackers call before it.
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as IAM from '@aws-sdk/client-iam';
import type { Reads, Writes } from '../core/operations.ts';
import type { Scene } from './state.ts';

/** Operations that set an account up or attack it; the guardrail itself has no use for them. */
export type SetUps = {
  'iam:CreateAccessKey': [IAM.CreateAccessKeyCommandInput, IAM.CreateAccessKeyCommandOutput];
  'iam:CreateGroup': [IAM.CreateGroupCommandInput, IAM.CreateGroupCommandOutput];
  'iam:CreateLoginProfile': [IAM.CreateLoginProfileCommandInput, IAM.CreateLoginProfileCommandOutput];
  'iam:CreatePolicy': [IAM.CreatePolicyCommandInput, IAM.CreatePolicyCommandOutput];
  'iam:CreatePolicyVersion': [IAM.CreatePolicyVersionCommandInput, IAM.CreatePolicyVersionCommandOutput];
  'iam:CreateRole': [IAM.CreateRoleCommandInput, IAM.CreateRoleCommandOutput];
  'iam:CreateUser': [IAM.CreateUserCommandInput, IAM.CreateUserCommandOutput];
  'iam:DeleteAccessKey': [IAM.DeleteAccessKeyCommandInput, IAM.DeleteAccessKeyCommandOutput];
  'iam:DeletePolicyVersion': [IAM.DeletePolicyVersionCommandInput, IAM.DeletePolicyVersionCommandOutput];
  'iam:DeleteUser': [IAM.DeleteUserCommandInput, IAM.DeleteUserCommandOutput];
  'cloudtrail:CreateTrail': [CloudTrail.CreateTrailCommandInput, CloudTrail.CreateTrailCommandOutput];
};

export type Operations = Reads & Writes & SetUps;
export type OperationName = keyof Operations;
export type Input<Name extends OperationName> = Operations[Name][0];
/** What an operation answers, but for the metadata that every answer has. */
export type Answer<Name extends OperationName> = Omit<Operations[Name][1], '$metadata'>;

/** Carries operations out on the state of the scene, or throws a `Refusal` before it has changed anything. */
export type Handlers<Name extends OperationName> = {
  [Each in Name]: (input: Input<Each>, scene: Scene) => Answer<Each>;
};
