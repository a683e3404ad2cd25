// Roles of the sandbox, and whom they trust.
import type { Role as RoleDetail } from '@aws-sdk/client-iam';
import { encoded, trust } from './documents.ts';
import type { Handlers } from './operations.ts';
import { refuse } from './refusal.ts';
import { arnOf, given, newHolder, type Role, roleOf, type Scene } from './state.ts';

export const roles: Handlers<'iam:CreateRole' | 'iam:GetRole' | 'iam:UpdateAssumeRolePolicy'> = {
  'iam:CreateRole'(input, scene) {
    const name = given(input.RoleName, 'roleName');
    if (scene.state.roles[name]) refuse('EntityAlreadyExistsException', `Role with name ${name} already exists.`);
    const role: Role = {
      ...newHolder(scene, 'AROA', input.Path),
      trust: trust(input.AssumeRolePolicyDocument),
      description: input.Description ?? null,
      maxSession: input.MaxSessionDuration ?? 3600,
    };
    scene.state.roles[name] = role;
    return { Role: created(scene, name, role) };
  },

  'iam:GetRole'({ RoleName }, scene) {
    const role = roleOf(scene, RoleName);
    const rest = {
      MaxSessionDuration: role.maxSession,
      RoleLastUsed: {},
      ...(role.description === null ? {} : { Description: role.description }),
    };
    return { Role: { ...created(scene, given(RoleName, 'roleName'), role), ...rest } };
  },

  'iam:UpdateAssumeRolePolicy'({ RoleName, PolicyDocument }, scene) {
    const role = roleOf(scene, RoleName);
    role.trust = trust(PolicyDocument);
    return {};
  },
};

/** What `CreateRole` answers: less than `GetRole`. */
function created(scene: Scene, name: string, role: Role): RoleDetail {
  return {
    Path: role.path,
    RoleName: name,
    RoleId: role.id,
    Arn: arnOf(scene, 'role', role.path, name),
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encoded(role.trust),
  };
}
