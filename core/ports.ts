// What the line needs from outside, as narrow as it can be. Adapters make these real; the core never sees behind them.
import type { Fields } from '../events/activity.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Notice } from './notice.ts';
import type { Call, Read } from './operations.ts';
import type { Principal } from './target.ts';
import type { Work } from './work.ts';

/** One AWS account. */
export type Account = {
  read: Read;
  /** Carries the call out; the request id is how its CloudTrail record will be recognized. Throws `AwsError`. */
  write(call: Call): Promise<{ requestId: string | undefined }>;
};

export type Accounts = {
  /** The account by its id; rejects with what to deploy where it cannot be entered. */
  open(account: string): Promise<Account>;
};

/** Where an item lives: a partition, and its place in it (sorted as text). */
export type Key = { partition: string; sort: string };

/** A stored value and the number of times it was written. */
export type Item = Key & { version: number; value: Fields };

/** One conditional write: `expect` is the version that must be there, 0 for none, `any` for whatever. */
export type Write = Key & {
  expect: number | 'any';
  value: Fields | null /** Seconds since the epoch. */;
  expires?: number;
};

export type Store = {
  get(key: Key): Promise<Item | undefined>;
  /** The partition in order of `sort`, from `from` up to and with `to`, at most `limit` items. */
  list(partition: string, range?: { from?: string; to?: string; limit?: number }): Promise<Item[]>;
  /** All of the writes or none. False where an expectation did not hold. `value: null` deletes. At most 25. */
  write(writes: Write[]): Promise<boolean>;
};

export type Queue = {
  send(work: Work[]): Promise<void>;
};

export type People = {
  tell(notice: Notice): Promise<void>;
};

/** Documents from outside the store: an account snapshot, or AWS itself. Undefined where it is not known. */
export type Archive = {
  /** A document as it stood before the events, by its reference; `null` where there was none. */
  document(account: string, reference: string): Promise<PolicyDocument | null | undefined>;
  /** What a managed policy grants now. */
  granted(account: string, policy: string): Promise<PolicyDocument | undefined>;
  /** What a principal had before the events; undefined where it is not known. */
  listed(account: string, principal: Principal): Promise<Listed | undefined>;
  /** Who had a managed policy before the events. */
  holders(account: string, policy: string): Promise<Principal[] | undefined>;
};

/** What a principal has: names of inline policies, ARNs of managed ones, groups, the ARN of its boundary. */
export type Listed = { inline: string[]; attached: string[]; groups: string[]; boundary: string | undefined };

export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
};

/** Structured log lines; never a secret, never the text of an event unescaped. */
export type Log = {
  info(message: string, about?: Fields): void;
  warn(message: string, about?: Fields): void;
};

export type Ports = {
  accounts: Accounts;
  store: Store;
  queue: Queue;
  people: People;
  archive: Archive;
  clock: Clock;
  log: Log;
};
