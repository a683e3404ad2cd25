// Inline policies of users, groups and roles.
import { encoded, permissions } from './documents.ts';
import type { Handlers } from './operations.ts';
import { refuse } from './refusal.ts';
import { given, groupOf, type Holder, roleOf, userOf } from './state.ts';

type Verb = 'Put' | 'Get' | 'Delete';
type Kind = 'User' | 'Group' | 'Role';

export const inline: Handlers<`iam:${Verb}${Kind}Policy`> = {
  'iam:PutUserPolicy': (input, scene) => put(userOf(scene, input.UserName), input),
  'iam:PutGroupPolicy': (input, scene) => put(groupOf(scene, input.GroupName), input),
  'iam:PutRolePolicy': (input, scene) => put(roleOf(scene, input.RoleName), input),
  'iam:GetUserPolicy': (input, scene) => ({ UserName: input.UserName, ...get(userOf(scene, input.UserName), input) }),
  'iam:GetGroupPolicy': (input, scene) => ({
    GroupName: input.GroupName,
    ...get(groupOf(scene, input.GroupName), input),
  }),
  'iam:GetRolePolicy': (input, scene) => ({ RoleName: input.RoleName, ...get(roleOf(scene, input.RoleName), input) }),
  'iam:DeleteUserPolicy': (input, scene) => remove(userOf(scene, input.UserName), input),
  'iam:DeleteGroupPolicy': (input, scene) => remove(groupOf(scene, input.GroupName), input),
  'iam:DeleteRolePolicy': (input, scene) => remove(roleOf(scene, input.RoleName), input),
};

type Which = { PolicyName: string | undefined };

function put(holder: Holder, input: Which & { PolicyDocument: string | undefined }): Record<never, never> {
  holder.inline[given(input.PolicyName, 'policyName')] = permissions(input.PolicyDocument);
  return {};
}

function get(holder: Holder, { PolicyName }: Which): { PolicyName: string; PolicyDocument: string } {
  const name = given(PolicyName, 'policyName');
  return { PolicyName: name, PolicyDocument: encoded(holder.inline[name] ?? noSuchPolicy(name)) };
}

function remove(holder: Holder, { PolicyName }: Which): Record<never, never> {
  const name = given(PolicyName, 'policyName');
  if (holder.inline[name] === undefined) noSuchPolicy(name);
  delete holder.inline[name];
  return {};
}

function noSuchPolicy(name: string): never {
  return refuse('NoSuchEntityException', `The policy with name ${name} cannot be found.`);
}
