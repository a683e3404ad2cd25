// The sandbox's account lives in the state that its findings live in, so that `guardrail undo` works on it from another
// terminal as on a real one.
import { systemClock } from '../adapters/clock.ts';
import type { Account, Accounts, Store } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import type { Fields } from '../events/activity.ts';
import type { CloudTrailRecord } from '../events/did.ts';
import { type Sandbox, sandboxAccount } from '../sandbox/account.ts';

const KEY = { partition: 'sandbox', sort: 'account' };

type Kept = { id: string; account: ReturnType<Sandbox['snapshot']>; settings: Settings };

/** A sandbox whose account is written to the store after every change that the guardrail makes. */
export function keptSandbox(
  store: Store,
  settings: Settings,
  onRecord: (record: CloudTrailRecord) => void,
): { sandbox: Sandbox; accounts: Accounts; keep(): Promise<void> } {
  const sandbox = sandboxAccount({ clock: systemClock, onRecord });
  const keep = () => save(store, { id: sandbox.id, account: sandbox.snapshot(), settings });
  return { sandbox, keep, accounts: { open: async () => keeping(sandbox.account, keep) } };
}

/** The sandbox that the store holds, if it holds one. */
export async function sandboxIn(store: Store): Promise<{ accounts: Accounts; settings: Settings } | undefined> {
  const item = await store.get(KEY);
  if (!item) return undefined;
  const kept = item.value as unknown as Kept;
  const { sandbox, accounts } = keptSandbox(store, kept.settings, () => {});
  sandbox.restore(kept.account);
  return { accounts, settings: kept.settings };
}

function keeping(account: Account, keep: () => Promise<void>): Account {
  return {
    read: account.read,
    async write(call) {
      const answer = await account.write(call);
      await keep();
      return answer;
    },
  };
}

async function save(store: Store, kept: Kept): Promise<void> {
  await store.write([{ ...KEY, expect: 'any', value: kept as unknown as Fields }]);
}
