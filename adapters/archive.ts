// Documents that no event has shown: from a snapshot of the account, or from AWS where they cannot have changed since.
import { readFileSync } from 'node:fs';
import { reference } from '../core/documents.ts';
import type { Accounts, Archive } from '../core/ports.ts';
import type { Principal } from '../core/target.ts';
import type { Fields } from '../events/activity.ts';
import { document, isFields, parseDocument, text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';

/** A file that is no account snapshot: which, and why. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Knows nothing. */
export const emptyArchive: Archive = { document: async () => undefined, granted: async () => undefined };

/** Asks each archive in turn until one knows. */
export function firstKnown(archives: Archive[]): Archive {
  const ask = async <Found>(question: (archive: Archive) => Promise<Found | undefined>): Promise<Found | undefined> => {
    for (const each of archives) {
      const found = await question(each);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    document: (account, ref) => ask((each) => each.document(account, ref)),
    granted: (account, policy) => ask((each) => each.granted(account, policy)),
  };
}

/** Managed policies in the account itself: a version never changes, and what is granted now is what AWS says now. */
export function liveArchive(accounts: Accounts): Archive {
  return {
    async document(account, ref) {
      const named = /^version\/(v\d+)\/(arn:.+)$/.exec(ref);
      return named?.[1] && named[2]
        ? versionDocument(accounts, account, named[2], named[1]).catch(() => undefined)
        : undefined;
    },
    granted: (account, policy) => versionDocument(accounts, account, policy).catch(() => undefined),
  };
}

/**
 * What `aws iam get-account-authorization-details` printed, as it was before the events. Throws a readable error with the
 * file's name. The inline policies of a principal that it lists are all there are: others are known not to exist.
 */
export function snapshotArchive(file: string): Archive {
  const documents = documentsIn(parse(file));
  return {
    async document(_account, ref) {
      const found = documents.get(ref);
      if (found !== undefined) return found;
      const owner = /^inline\/((?:user|group|role)\/[^/]+)\//.exec(ref)?.[1];
      return owner && documents.has(`principal/${owner}`) ? null : undefined;
    },
    granted: async (_account, policy) => documents.get(reference.policy(policy)) ?? undefined,
  };
}

async function versionDocument(
  accounts: Accounts,
  account: string,
  arn: string,
  version?: string,
): Promise<PolicyDocument | undefined> {
  const { read } = await accounts.open(account);
  const id = version ?? (await read('iam:GetPolicy', { PolicyArn: arn }))?.Policy?.DefaultVersionId;
  const found = id && (await read('iam:GetPolicyVersion', { PolicyArn: arn, VersionId: id }));
  return found ? parseDocument(found.PolicyVersion?.Document ?? '') : undefined;
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
  for (const type of ['user', 'group', 'role'] as const) {
    for (const each of listed(details, `${type[0]?.toUpperCase()}${type.slice(1)}DetailList`))
      addPrincipal(found, type, each);
  }
  for (const each of listed(details, 'Policies')) addPolicy(found, each);
  return found;
}

function addPrincipal(found: Documents, type: Principal['type'], details: Fields): void {
  const title = `${type[0]?.toUpperCase()}${type.slice(1)}`;
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
