// The names under which documents are remembered and asked for.
import type { Principal } from './target.ts';

export const reference = {
  trust: (role: string): string => `trust/${role}`,
  inline: (principal: Principal, policy: string): string => `inline/${principal.type}/${principal.name}/${policy}`,
  /** A managed policy's default version as it stood before an event that changes it. */
  policy: (arn: string): string => `policy/${arn}`,
  version: (arn: string, version: string): string => `version/${version}/${arn}`,
  /** `{ version }`: which version was the default. */
  default: (arn: string): string => `default/${arn}`,
  /** `{ attached }`: whether a managed policy is on the principal. */
  attached: (principal: Principal, arn: string): string => `attached/${principal.type}/${principal.name}/${arn}`,
  /** `{ status }` of an access key. */
  key: (id: string): string => `key/${id}`,
  /** `{ member }`: whether the user is in the group. */
  member: (user: string, group: string): string => `member/user/${user}/${group}`,
  /** `{ arn }` of the permissions boundary; `null` where there is none. */
  boundary: (principal: Principal): string => `boundary/${principal.type}/${principal.name}`,
  /** `{ born }`: the principal was made, and had nothing then. */
  born: (principal: Principal): string => `born/${principal.type}/${principal.name}`,
  /** `{ references }`: what events have changed of what the principal has. */
  touched: (principal: Principal): string => `touched/${principal.type}/${principal.name}`,
  /** What a managed policy grants now, for events that do not change it: asked of AWS where it can be. */
  granted: (arn: string): string => `granted/${arn}`,
};

/** Whose a reference is: what it belongs to is part of what that principal may do. */
export function ownerOf(ref: string): Principal | undefined {
  const [kind = '', type, name] = ref.split('/', 3);
  if (!OWNED.has(kind) || !name || (type !== 'user' && type !== 'group' && type !== 'role')) return undefined;
  return { type, name };
}

const OWNED: ReadonlySet<string> = new Set(['inline', 'attached', 'member', 'boundary', 'born']);
