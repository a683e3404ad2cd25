// The line as the command line drives it: the state in a file or a table, the work done in this process.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { liveArchive } from '../adapters/archive.ts';
import { awsAccounts } from '../adapters/aws.ts';
import { systemClock } from '../adapters/clock.ts';
import { dynamoStore } from '../adapters/dynamodb.ts';
import { environment } from '../adapters/environment.ts';
import { localQueue } from '../adapters/queue.ts';
import { slackPeople } from '../adapters/slack.ts';
import { sqliteStore } from '../adapters/sqlite.ts';
import { terminalPeople } from '../adapters/terminal.ts';
import type { Change } from '../core/change-record.ts';
import { respond } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { indexRules } from '../core/match.ts';
import type { Log, People, Store } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { workLeft } from '../core/work.ts';
import { remediations } from '../remediations/index.ts';
import { rules } from '../rules/index.ts';
import { EXIT, explain, Stop, say } from './exit.ts';
import { type StateOptions, settingsOf } from './options.ts';
import { sandboxIn } from './sandbox-state.ts';

export const STATE = '.guardrail/state.db';
export const SANDBOX_STATE = '.guardrail/sandbox.db';

/** A line, and the queue of what it has sent and nobody has done yet. */
export type Driven = { line: Line; queue: ReturnType<typeof localQueue>; close(): void };

/** A line without ports to the outside, for what `settings` says; the caller puts in what it has. */
export function lineOf(
  settings: Settings,
  ports: Partial<Line['ports']> & Pick<Line['ports'], 'accounts' | 'store'>,
): Driven {
  const queue = localQueue();
  const line: Line = {
    settings,
    rules: indexRules(rules, settings),
    remediations: new Map(remediations.map((each) => [each.id, each])),
    keeps: true,
    runner: randomUUID(),
    ports: {
      clock: systemClock,
      people: NOBODY,
      archive: liveArchive(ports.accounts),
      queue,
      log: stderrLog,
      ...ports,
    },
  };
  return { line, queue, close() {} };
}

/** The line on the state that the options name, for the account of the usual credentials, or for the sandbox that the state holds. */
export async function openLine(
  options: StateOptions,
  { change = (each) => each, make = false }: { change?: (settings: Settings) => Settings; make?: boolean } = {},
): Promise<Driven> {
  const { store, close } = openStore(options, make);
  const sandbox = await sandboxIn(store);
  if (sandbox)
    return {
      ...lineOf(change(options.settings ? settingsOf(options) : sandbox.settings), {
        store,
        accounts: sandbox.accounts,
      }),
      close,
    };
  const settings = change(settingsOf(options));
  const { endpoint, region } = environment();
  const accounts = awsAccounts({ region, ...(endpoint ? { endpoint } : {}) });
  return { ...lineOf(settings, { store, accounts, people: peopleOf(settings) }), close };
}

/** Does what was sent, and what that sends, to the end; `tell` hears of each change that was answered. */
export async function drain({ line, queue }: Driven, tell: (change: Change) => Promise<void>): Promise<void> {
  await queue.drain(async (work) => {
    const change = await respond(work, line).catch(put);
    if (change) await tell(change);
  });
}

/** Takes up what an earlier run left undone and is due. */
export async function takeUp({ line, queue }: Driven): Promise<void> {
  await queue.send(await workLeft(line.ports.store, line.ports.clock.now()));
}

/** A piece of work that failed stays recorded: it is told, and the rest goes on. */
function put(error: unknown): undefined {
  const { code, lines } = explain(error);
  if (code !== EXIT.aws) throw error;
  say([...lines, 'This piece of work stays recorded; it is done when guardrail runs again.']);
  process.exitCode = EXIT.aws;
}

/** The store that the options name. Without a name: the usual file, or else the sandbox's. Only `run` makes a new one. */
export function openStore({ state, table }: StateOptions, make = false): { store: Store; close(): void } {
  if (table) {
    const { endpoint, region } = environment();
    return { store: dynamoStore({ table, client: { region, ...(endpoint ? { endpoint } : {}) } }), close() {} };
  }
  const file = state ?? (existsSync(STATE) || make || !existsSync(SANDBOX_STATE) ? STATE : SANDBOX_STATE);
  if (!make && !existsSync(file))
    throw new Stop(EXIT.input, `${file}: there is no state yet; \`guardrail run\` and \`npm start\` make one.`);
  try {
    const store = sqliteStore(file);
    return { store, close: () => store.close() };
  } catch (error) {
    throw new Stop(EXIT.input, error instanceof Error ? error.message : String(error));
  }
}

function peopleOf(settings: Settings): People {
  const { slackToken, slackApi } = environment();
  const { channel } = settings.slack;
  if (channel && !slackToken) say([`Slack is not told: set GUARDRAIL_SLACK_TOKEN to the token for ${channel}.`]);
  if (!slackToken || !channel) return NOBODY;
  return slackPeople({ token: async () => slackToken, channel, api: slackApi, accounts: settings.accounts });
}

/** Without Slack, whoever runs the command is told by what it prints. */
const NOBODY: People = { tell: async () => {} };

/** The same where stdout holds a report that tells only what was found. */
export const onStderr = (settings: Settings): People =>
  terminalPeople((each) => process.stderr.write(`${each}\n`), settings.accounts);

const stderrLog: Log = {
  info() {},
  warn: (message) => say([message]),
};
