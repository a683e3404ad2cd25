// Managed policies on users, groups and roles.
import type { Handlers } from './operations.ts';
import { page } from './page.ts';
import { findPolicy, policyOf } from './policies.ts';
import { refuse } from './refusal.ts';
import { given, groupOf, type Holder, roleOf, type Scene, userOf } from './state.ts';

type Kind = 'User' | 'Group' | 'Role';

export const attached: Handlers<`iam:${'Attach' | 'Detach'}${Kind}Policy` | `iam:ListAttached${Kind}Policies`> = {
  'iam:AttachUserPolicy': (input, scene) => attach(scene, userOf(scene, input.UserName), input),
  'iam:AttachGroupPolicy': (input, scene) => attach(scene, groupOf(scene, input.GroupName), input),
  'iam:AttachRolePolicy': (input, scene) => attach(scene, roleOf(scene, input.RoleName), input),
  'iam:DetachUserPolicy': (input, scene) => detach(userOf(scene, input.UserName), input),
  'iam:DetachGroupPolicy': (input, scene) => detach(groupOf(scene, input.GroupName), input),
  'iam:DetachRolePolicy': (input, scene) => detach(roleOf(scene, input.RoleName), input),
  'iam:ListAttachedUserPolicies': (input, scene) => list(scene, userOf(scene, input.UserName), input),
  'iam:ListAttachedGroupPolicies': (input, scene) => list(scene, groupOf(scene, input.GroupName), input),
  'iam:ListAttachedRolePolicies': (input, scene) => list(scene, roleOf(scene, input.RoleName), input),
};

type Which = { PolicyArn: string | undefined };
type Range = { PathPrefix?: string | undefined; Marker?: string | undefined; MaxItems?: number | undefined };

/** Attaching what is attached has no second effect, and is no error. */
function attach(scene: Scene, holder: Holder, { PolicyArn }: Which): Record<never, never> {
  const arn = given(PolicyArn, 'policyArn');
  if (!findPolicy(scene, arn)) refuse('NoSuchEntityException', `Policy ${arn} does not exist or is not attachable.`);
  holder.attached[arn] = true;
  return {};
}

function detach(holder: Holder, { PolicyArn }: Which): Record<never, never> {
  const arn = given(PolicyArn, 'policyArn');
  if (!holder.attached[arn]) refuse('NoSuchEntityException', `Policy ${arn} was not found.`);
  delete holder.attached[arn];
  return {};
}

function list(scene: Scene, holder: Holder, input: Range) {
  const policies = Object.keys(holder.attached).map((arn) => ({ arn, policy: policyOf(scene, arn) }));
  const wanted = policies.filter(({ policy }) => policy.path.startsWith(input.PathPrefix ?? '/')).sort(byName);
  const { shown, ...rest } = page(wanted, input);
  return { AttachedPolicies: shown.map(({ arn, policy }) => ({ PolicyName: policy.name, PolicyArn: arn })), ...rest };
}

type Named = { policy: { name: string } };

function byName(one: Named, other: Named): number {
  return one.policy.name < other.policy.name ? -1 : 1;
}
