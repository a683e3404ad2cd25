// Documents that no event has shown: from AWS where they cannot have changed since, or from another archive.
import type { Accounts, Archive } from '../core/ports.ts';
import { parseDocument } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';

/** Knows nothing. */
const silent = async () => undefined;
export const emptyArchive: Archive = { document: silent, granted: silent, listed: silent, holders: silent };

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
    listed: (account, principal) => ask((each) => each.listed(account, principal)),
    holders: (account, policy) => ask((each) => each.holders(account, policy)),
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
    // What a principal has now may hold what the event gave it: only a snapshot tells what it had before.
    listed: silent,
    holders: silent,
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
