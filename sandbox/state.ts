// The account as plain data, and the way to the things in it.
import { randomBytes } from 'node:crypto';
import type { Fields } from '../events/activity.ts';
import { text } from '../events/fields.ts';
import { refuse } from './refusal.ts';

/** Things by name. Without a prototype: `constructor` and `__proto__` are names that IAM accepts. */
export type Named<Thing> = { [name: string]: Thing };

/** What policies hang on: ARNs of managed policies, and inline documents by name. Times are ISO 8601 throughout. */
export type Holder = { path: string; id: string; created: string; attached: Named<true>; inline: Named<string> };
export type AccessKey = { active: boolean; created: string };
export type User = Holder & { keys: Named<AccessKey>; login: { created: string; reset: boolean } | null };
export type Group = Holder & { members: Named<true> };
export type Role = Holder & { trust: string; description: string | null; maxSession: number };
export type Version = { document: string; created: string };
export type Policy = Pick<Holder, 'path' | 'id' | 'created'> & {
  name: string;
  description: string | null;
  updated: string;
  versions: Named<Version>;
  standard: string;
  /** The number of the next version: numbers are never given twice. */
  next: number;
};
export type Trail = { arn: string; bucket: string; multiRegion: boolean; validation: boolean; logging: boolean };

export type State = {
  users: Named<User>;
  groups: Named<Group>;
  roles: Named<Role>;
  /** The customer's managed policies, by ARN. */
  policies: Named<Policy>;
  trails: Named<Trail>;
};

/** What merely happened, kept apart from the state: an undone change leaves traces here, and the state as it was. */
export type History = {
  keys: Named<{ at: string; service: string; region: string }>;
  trails: Named<{ started?: string; stopped?: string }>;
};

/** One call: the account that it meets, who makes it and when. */
export type Scene = { account: string; region: string; state: State; history: History; caller: Fields; now: Date };

export function named<Thing>(): Named<Thing> {
  return Object.create(null);
}

export function emptyState(): State {
  return { users: named(), groups: named(), roles: named(), policies: named(), trails: named() };
}

/** A copy of plain data in which every object is a `Named`. */
export function copied<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data), (_, value: unknown) =>
    isObject(value) ? Object.assign(named(), value) : value,
  ) as Data;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries in order of their names, so that an answer does not depend on who came first. */
export function sorted<Thing>(things: Named<Thing>): [string, Thing][] {
  return Object.entries(things).sort(([one], [other]) => (one < other ? -1 : 1));
}

export function userOf(scene: Scene, name: string | undefined): User {
  const wanted = given(name, 'userName');
  return scene.state.users[wanted] ?? missing('user', wanted);
}

export function groupOf(scene: Scene, name: string | undefined): Group {
  const wanted = given(name, 'groupName');
  return scene.state.groups[wanted] ?? missing('group', wanted);
}

export function roleOf(scene: Scene, name: string | undefined): Role {
  const wanted = given(name, 'roleName');
  return scene.state.roles[wanted] ?? missing('role', wanted);
}

/** The user that an operation means: the one that it names, or else the caller. */
export function userNameOf(scene: Scene, name: string | undefined): string {
  const caller = text(scene.caller, 'type') === 'IAMUser' ? text(scene.caller, 'userName') : undefined;
  return name ?? caller ?? refuse('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/** A parameter that the operation cannot do without. */
export function given(value: string | undefined, key: string): string {
  return (
    value ??
    refuse(
      'ValidationError',
      `1 validation error detected: Value at '${key}' failed to satisfy constraint: Member must not be null`,
    )
  );
}

function missing(kind: string, name: string): never {
  return refuse('NoSuchEntityException', `The ${kind} with name ${name} cannot be found.`);
}

/** A new holder of no policies; `prefix` is that of its unique id, as `AIDA` for a user. */
export function newHolder(scene: Scene, prefix: string, path: string | undefined): Holder {
  return {
    path: path ?? '/',
    id: uniqueId(prefix),
    created: scene.now.toISOString(),
    attached: named(),
    inline: named(),
  };
}

export function arnOf(scene: Scene, kind: 'user' | 'group' | 'role' | 'policy', path: string, name: string): string {
  return `arn:aws:iam::${scene.account}:${kind}${path}${name}`;
}

/** A unique id as IAM makes them: a prefix that says of what, and capital letters and digits (base 32). */
export function uniqueId(prefix: string, length = 17): string {
  return prefix + Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
