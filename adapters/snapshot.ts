// A snapshot of the account, as `aws iam get-account-authorization-details` prints it: what was there before the events.
import { readFileSync } from 'node:fs';
import type { Archive, Listed } from '../core/ports.ts';
import { reference } from '../core/reference.ts';
import type { Principal } from '../core/target.ts';
import type { Fields } from '../events/activity.ts';
import { document, inner, isFields, text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';

/** A file that is no account snapshot: which, and why. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/**
 * What `aws iam get-account-authorization-details` printed, as it was before the events. Throws a readable error with the
 * file's name. The inline policies of a principal that it lists are all there are: others are known not to exist.
 */
export function snapshotArchive(file: string): Archive {
  const details = parse(file);
  const documents = documentsIn(details);
  const lists = listsIn(details);
  return {
    async document(_account, ref) {
      const found = documents.get(ref);
      if (found !== undefined) return found;
      const owner = /^inline\/((?:user|group|role)\/[^/]+)\//.exec(ref)?.[1];
      return owner && documents.has(`principal/${owner}`) ? null : undefined;
    },
    granted: async (_account, policy) => documents.get(reference.policy(policy)) ?? undefined,
    listed: async (_account, { type, name }) => lists.get(`${type}/${name}`),
    holders: async (_account, policy) => holdersIn(lists, policy),
  };
}

/** What each principal of the snapshot has, by `user/bob`. */
function listsIn(details: Fields): Map<string, Listed> {
  const lists = new Map<string, Listed>();
  for (const { type, title } of KINDS)
    for (const each of listed(details, `${title}DetailList`)) {
      const name = text(each, `${title}Name`);
      if (name) lists.set(`${type}/${name}`, listOf(each, title));
    }
  return lists;
}

const KINDS = [
  { type: 'user', title: 'User' },
  { type: 'group', title: 'Group' },
  { type: 'role', title: 'Role' },
] as const;

function listOf(details: Fields, title: string): Listed {
  const groups = Array.isArray(details.GroupList) ? details.GroupList : [];
  return {
    inline: listed(details, `${title}PolicyList`).map((each) => text(each, 'PolicyName') ?? ''),
    attached: listed(details, 'AttachedManagedPolicies').map((each) => text(each, 'PolicyArn') ?? ''),
    groups: groups.filter((each) => typeof each === 'string'),
    boundary: text(inner(details, 'PermissionsBoundary'), 'PermissionsBoundaryArn'),
  };
}

/** Users and roles that have the policy, themselves or through a group. */
function holdersIn(lists: ReadonlyMap<string, Listed>, policy: string): Principal[] {
  const has = (list: Listed | undefined) => list?.attached.includes(policy) === true;
  return [...lists]
    .filter(([, list]) => has(list) || list.groups.some((each) => has(lists.get(`group/${each}`))))
    .map(([key]) => principalOf(key))
    .filter(({ type }) => type !== 'group');
}

function principalOf(key: string): Principal {
  const slash = key.indexOf('/');
  return { type: key.slice(0, slash) as Principal['type'], name: key.slice(slash + 1) };
}

function parse(file: string): Fields {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isFields(parsed) && ('RoleDetailList' in parsed || 'UserDetailList' in parsed)) return parsed;
  } catch (error) {
    throw new SnapshotError(
      `${file}: cannot be read as an account snapshot: ${error instanceof SyntaxError ? 'not JSON' : 'no such file, or no permission'}`,
      { cause: error },
    );
  }
  throw new SnapshotError(`${file}: is not what \`aws iam get-account-authorization-details\` prints`);
}

type Documents = Map<string, PolicyDocument | null>;

function documentsIn(details: Fields): Documents {
  const found: Documents = new Map();
  for (const { type, title } of KINDS)
    for (const each of listed(details, `${title}DetailList`)) addPrincipal(found, type, title, each);
  for (const each of listed(details, 'Policies')) addPolicy(found, each);
  return found;
}

function addPrincipal(found: Documents, type: Principal['type'], title: string, details: Fields): void {
  const name = text(details, `${title}Name`);
  if (!name) return;
  found.set(`principal/${type}/${name}`, {});
  const trust = document(details, 'AssumeRolePolicyDocument');
  if (trust) found.set(reference.trust(name), trust);
  for (const each of listed(details, 'AttachedManagedPolicies')) {
    const arn = text(each, 'PolicyArn');
    if (arn) found.set(reference.attached({ type, name }, arn), { attached: true });
  }
  for (const each of listed(details, `${title}PolicyList`)) {
    const policy = text(each, 'PolicyName');
    const inline = document(each, 'PolicyDocument');
    if (policy && inline) found.set(reference.inline({ type, name }, policy), inline);
  }
}

function addPolicy(found: Documents, details: Fields): void {
  const arn = text(details, 'Arn');
  if (!arn) return;
  for (const each of listed(details, 'PolicyVersionList')) {
    const version = text(each, 'VersionId');
    const content = document(each, 'Document');
    if (!version || !content) continue;
    found.set(reference.version(arn, version), content);
    if (each.IsDefaultVersion !== true) continue;
    found.set(reference.policy(arn), content);
    found.set(reference.default(arn), { version });
  }
}

function listed(fields: Fields, key: string): Fields[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
