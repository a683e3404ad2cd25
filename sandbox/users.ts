// Users of the sandbox, and their console passwords.
import type { User as UserDetail } from '@aws-sdk/client-iam';
import type { Handlers } from './operations.ts';
import { refuse } from './refusal.ts';
import { arnOf, given, named, newHolder, type Scene, type User, userNameOf, userOf } from './state.ts';

export const users: Handlers<'iam:CreateUser' | 'iam:DeleteUser' | 'iam:GetUser' | 'iam:CreateLoginProfile'> = {
  'iam:CreateUser'({ UserName, Path }, scene) {
    const name = given(UserName, 'userName');
    if (scene.state.users[name]) refuse('EntityAlreadyExistsException', `User with name ${name} already exists.`);
    const user: User = { ...newHolder(scene, 'AIDA', Path), keys: named(), login: null };
    scene.state.users[name] = user;
    return { User: detail(scene, name, user) };
  },

  'iam:DeleteUser'({ UserName }, scene) {
    const name = given(UserName, 'userName');
    const left = leftOf(scene, name, userOf(scene, name));
    if (left) refuse('DeleteConflictException', `Cannot delete entity, must ${left} first.`);
    delete scene.state.users[name];
    return {};
  },

  'iam:GetUser'({ UserName }, scene) {
    const name = userNameOf(scene, UserName);
    return { User: detail(scene, name, userOf(scene, name)) };
  },

  'iam:CreateLoginProfile'({ UserName, PasswordResetRequired }, scene) {
    const name = userNameOf(scene, UserName);
    const user = userOf(scene, name);
    if (user.login) refuse('EntityAlreadyExistsException', `Login Profile for user ${name} already exists.`);
    user.login = { created: scene.now.toISOString(), reset: PasswordResetRequired ?? false };
    return { LoginProfile: { UserName: name, CreateDate: scene.now, PasswordResetRequired: user.login.reset } };
  },
};

/** A user as `GetUser` and `GetGroup` show it. */
export function detail(scene: Scene, name: string, user: User): UserDetail {
  return {
    Path: user.path,
    UserName: name,
    UserId: user.id,
    Arn: arnOf(scene, 'user', user.path, name),
    CreateDate: new Date(user.created),
  };
}

/** What still hangs on the user and keeps it from being deleted. */
function leftOf(scene: Scene, name: string, user: User): string | undefined {
  if (Object.keys(user.attached).length > 0) return 'detach all policies';
  if (Object.keys(user.inline).length > 0) return 'delete policies';
  if (Object.keys(user.keys).length > 0) return 'delete access keys';
  if (user.login) return 'delete login profile';
  return Object.values(scene.state.groups).some((each) => each.members[name]) ? 'remove users from group' : undefined;
}
