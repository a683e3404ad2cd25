// A whole guardrail in memory for tests: the sandbox account, the line, a clock that jumps, and faults where they are wanted.
import { emptyArchive } from '../adapters/archive.ts';
import { memoryStore } from '../adapters/memory.ts';
import { approve } from '../core/approval.ts';
import type { Change } from '../core/change-record.ts';
import { carrying } from '../core/change-work.ts';
import type { Finding } from '../core/finding.ts';
import { detect, respond } from '../core/guard.ts';
import { changesOf, incidents } from '../core/incident.ts';
import type { Line } from '../core/line.ts';
import { indexRules } from '../core/match.ts';
import type { Notice } from '../core/notice.ts';
import type { Account, Store } from '../core/ports.ts';
import type { Rule } from '../core/rule.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';
import { type Work, workLeft } from '../core/work.ts';
import { ACCOUNT, type CloudTrailRecord } from '../events/did.ts';
import { remediations } from '../remediations/index.ts';
import { rules } from '../rules/index.ts';
import { type Sandbox, sandboxAccount } from '../sandbox/account.ts';
import { Crash } from '../sandbox/faults.ts';

export const RESPONDER = { name: 'ana', principals: [`arn:aws:iam::${ACCOUNT}:user/ana`] };
export const AUTO: Settings = { ...DEFAULTS, mode: 'auto', responders: [RESPONDER] };

export type World = {
  sandbox: Sandbox;
  /** What the account has recorded and nobody has looked at. */
  records: CloudTrailRecord[];
  store: Store;
  notices: Notice[];
  clock: { now(): number; sleep(ms: number): Promise<void>; pass(ms: number): void };
  /** The line, in the hands of a process that has just started. */
  start(): Line;
  /** All records and all work, to the end, in the hands of one process; the findings. */
  run(line?: Line): Promise<Finding[]>;
  /** What a later process does: the sweep re-sends, and the work is done. */
  resume(): Promise<void>;
  changes(): Promise<Change[]>;
};

export type WorldOptions = {
  settings?: Settings;
  rules?: readonly Rule[];
  /** Puts faults between the line and the account or the store. */
  account?: (account: Account) => Account;
  store?: (store: Store) => Store;
};

/** A guardrail and its account, at 2026-11-20T03:00:00Z. */
export function world(options: WorldOptions = {}): World {
  let now = Date.parse('2026-11-20T03:00:00Z');
  const clock = {
    now: () => now,
    sleep: async (ms: number) => clock.pass(ms),
    pass(ms: number) {
      now += ms;
    },
  };
  const records: CloudTrailRecord[] = [];
  const notices: Notice[] = [];
  const sandbox = sandboxAccount({ clock, onRecord: (each) => records.push(each) });
  const inner = memoryStore({ clock });
  const store = options.store?.(inner) ?? inner;
  const account = options.account?.(sandbox.account) ?? sandbox.account;
  const settings = options.settings ?? AUTO;
  const sent: Work[] = [];
  let runners = 0;

  const start = (): Line => ({
    settings,
    rules: indexRules(options.rules ?? rules, settings),
    remediations: new Map(remediations.map((each) => [each.id, each])),
    keeps: true,
    runner: `runner ${++runners}`,
    ports: {
      accounts: { open: async () => account },
      store,
      queue: { send: async (work) => void sent.push(...work) },
      people: { tell: async (notice) => void notices.push(notice) },
      archive: emptyArchive,
      clock,
      log: { info() {}, warn() {} },
    },
  });

  async function run(line = start()): Promise<Finding[]> {
    const findings: Finding[] = [];
    while (records.length > 0 || sent.length > 0) {
      for (let work = sent.shift(); work; work = sent.shift()) await respond(work, line);
      const record = records[0];
      if (!record) continue;
      findings.push(...(await detect(record, line)).fresh);
      records.shift();
    }
    return findings;
  }

  async function resume(): Promise<void> {
    sent.length = 0;
    clock.pass(120_000);
    sent.push(...(await workLeft(store, clock.now())));
    await run();
  }

  const changes = async () =>
    (await Promise.all((await incidents(store, 1000)).map((each) => changesOf(store, each.id)))).flat();
  return { sandbox, records, store, notices, clock, start, run, resume, changes };
}

/** Runs until it ends or the process is made to crash; whether it crashed. */
export async function untilCrash(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

/** A store whose process ends before or after its n-th write, counted since `plan.write` was last set. */
export function crashingStore(store: Store, when: 'before' | 'after', plan: { write: number }): Store {
  let counted = plan.write;
  let count = 0;
  return {
    ...store,
    async write(writes) {
      if (counted !== plan.write) [counted, count] = [plan.write, 0];
      count += 1;
      if (count === plan.write && when === 'before') throw new Crash('before store', count);
      const done = await store.write(writes);
      if (count === plan.write) throw new Crash('after store', count);
      return done;
    },
  };
}

/** The responder approves every change that waits, and it is carried out. */
export async function approveAll(of: World): Promise<void> {
  const line = of.start();
  for (const change of (await of.changes()).filter((each) => each.state === 'waiting')) {
    const answer = await approve(change.id, { by: RESPONDER.name, reason: 'test' }, line);
    if (!answer.ok) throw new Error(answer.reason);
    await respond(carrying(answer.value), line);
  }
}
