// Groups of the sandbox, and who is in them.
import type { Group as GroupDetail } from '@aws-sdk/client-iam';
import type { Handlers } from './operations.ts';
import { page } from './page.ts';
import { refuse } from './refusal.ts';
import { arnOf, type Group, given, groupOf, named, newHolder, type Scene, sorted, userOf } from './state.ts';
import { detail as userDetail } from './users.ts';

type GroupOperations =
  | 'iam:CreateGroup'
  | 'iam:GetGroup'
  | 'iam:AddUserToGroup'
  | 'iam:RemoveUserFromGroup'
  | 'iam:ListGroupsForUser';

export const groups: Handlers<GroupOperations> = {
  'iam:CreateGroup'({ GroupName, Path }, scene) {
    const name = given(GroupName, 'groupName');
    if (scene.state.groups[name]) refuse('EntityAlreadyExistsException', `Group with name ${name} already exists.`);
    const group: Group = { ...newHolder(scene, 'AGPA', Path), members: named() };
    scene.state.groups[name] = group;
    return { Group: detail(scene, name, group) };
  },

  'iam:GetGroup'(input, scene) {
    const group = groupOf(scene, input.GroupName);
    const members = sorted(group.members).map(([name]) => userDetail(scene, name, userOf(scene, name)));
    const { shown, ...rest } = page(members, input);
    return { Group: detail(scene, given(input.GroupName, 'groupName'), group), Users: shown, ...rest };
  },

  'iam:AddUserToGroup'({ GroupName, UserName }, scene) {
    const { members } = groupOf(scene, GroupName);
    userOf(scene, UserName);
    members[given(UserName, 'userName')] = true;
    return {};
  },

  'iam:RemoveUserFromGroup'({ GroupName, UserName }, scene) {
    const { members } = groupOf(scene, GroupName);
    userOf(scene, UserName);
    const name = given(UserName, 'userName');
    if (!members[name]) refuse('NoSuchEntityException', `User ${name} not in group ${GroupName}`);
    delete members[name];
    return {};
  },

  'iam:ListGroupsForUser'(input, scene) {
    userOf(scene, input.UserName);
    const name = given(input.UserName, 'userName');
    const own = sorted(scene.state.groups).filter(([, group]) => group.members[name]);
    const { shown, ...rest } = page(
      own.map(([each, group]) => detail(scene, each, group)),
      input,
    );
    return { Groups: shown, ...rest };
  },
};

function detail(scene: Scene, name: string, group: Group): GroupDetail {
  return {
    Path: group.path,
    GroupName: name,
    GroupId: group.id,
    Arn: arnOf(scene, 'group', group.path, name),
    CreateDate: new Date(group.created),
  };
}
