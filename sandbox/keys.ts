// Access keys of the sandbox's users.
import { randomBytes } from 'node:crypto';
import { text } from '../events/fields.ts';
import type { Handlers } from './operations.ts';
import { page } from './page.ts';
import { refuse } from './refusal.ts';
import { type AccessKey, given, type Scene, uniqueId, userNameOf, userOf } from './state.ts';

type KeyOperations =
  | 'iam:CreateAccessKey'
  | 'iam:DeleteAccessKey'
  | 'iam:UpdateAccessKey'
  | 'iam:ListAccessKeys'
  | 'iam:GetAccessKeyLastUsed';

export const keys: Handlers<KeyOperations> = {
  'iam:CreateAccessKey'({ UserName }, scene) {
    const name = userNameOf(scene, UserName);
    const { keys } = userOf(scene, name);
    if (Object.keys(keys).length >= 2) refuse('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2');
    const id = uniqueId('AKIA', 16);
    keys[id] = { active: true, created: scene.now.toISOString() };
    const SecretAccessKey = randomBytes(30).toString('base64');
    return { AccessKey: { UserName: name, AccessKeyId: id, Status: 'Active', SecretAccessKey, CreateDate: scene.now } };
  },

  'iam:DeleteAccessKey'({ UserName, AccessKeyId }, scene) {
    const { keys } = userOf(scene, userNameOf(scene, UserName));
    const id = given(AccessKeyId, 'accessKeyId');
    keyIn(keys, id);
    delete keys[id];
    return {};
  },

  'iam:UpdateAccessKey'({ UserName, AccessKeyId, Status }, scene) {
    const { keys } = userOf(scene, userNameOf(scene, UserName));
    const key = keyIn(keys, given(AccessKeyId, 'accessKeyId'));
    if (Status !== 'Active' && Status !== 'Inactive')
      refuse(
        'ValidationError',
        "Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
      );
    key.active = Status === 'Active';
    return {};
  },

  'iam:ListAccessKeys'(input, scene) {
    const name = userNameOf(scene, input.UserName);
    const all = Object.entries(userOf(scene, name).keys)
      .sort(byAge)
      .map(([id, key]) => metadata(name, id, key));
    const { shown, ...rest } = page(all, input);
    return { AccessKeyMetadata: shown, ...rest };
  },

  'iam:GetAccessKeyLastUsed'({ AccessKeyId }, scene) {
    const id = given(AccessKeyId, 'accessKeyId');
    const used = scene.history.keys[id];
    const AccessKeyLastUsed = used
      ? { LastUsedDate: new Date(used.at), ServiceName: used.service, Region: used.region }
      : { ServiceName: 'N/A', Region: 'N/A' };
    return { UserName: ownerOf(scene, id), AccessKeyLastUsed };
  },
};

/** Notes that the caller used its key, as `GetAccessKeyLastUsed` reports it. */
export function noteUse(scene: Scene, service: string): void {
  const id = text(scene.caller, 'accessKeyId') ?? '';
  if (!scene.state.users[text(scene.caller, 'userName') ?? '']?.keys[id]) return;
  scene.history.keys[id] = { at: scene.now.toISOString(), service, region: scene.region };
}

function ownerOf(scene: Scene, id: string): string {
  const owner = Object.entries(scene.state.users).find(([, user]) => user.keys[id]);
  return owner?.[0] ?? noSuchKey(id);
}

function keyIn(keys: { [id: string]: AccessKey }, id: string): AccessKey {
  return keys[id] ?? noSuchKey(id);
}

function noSuchKey(id: string): never {
  return refuse('NoSuchEntityException', `The Access Key with id ${id} cannot be found.`);
}

function metadata(UserName: string, AccessKeyId: string, key: AccessKey) {
  return {
    UserName,
    AccessKeyId,
    Status: key.active ? 'Active' : 'Inactive',
    CreateDate: new Date(key.created),
  } as const;
}

function byAge([, one]: [string, AccessKey], [, other]: [string, AccessKey]): number {
  return Date.parse(one.created) - Date.parse(other.created);
}
