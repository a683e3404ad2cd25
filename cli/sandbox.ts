// `guardrail sandbox`, which is `npm start`: an attack on an account in memory, found and answered before one's eyes.
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { emptyArchive } from '../adapters/archive.ts';
import { sqliteStore } from '../adapters/sqlite.ts';
import { approve } from '../core/approval.ts';
import type { Change } from '../core/change-record.ts';
import { carrying } from '../core/change-work.ts';
import { detect } from '../core/guard.ts';
import { changesOf, incidents } from '../core/incident.ts';
import type { People } from '../core/ports.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';
import { ACCOUNT, type CloudTrailRecord } from '../events/did.ts';
import { type Scenario, scenarios } from '../sandbox/scenarios.ts';
import { EXIT, Stop } from './exit.ts';
import { type Driven, drain, lineOf, SANDBOX_STATE } from './line.ts';
import { type SettingsOption, settingsOf, settingsOption } from './options.ts';
import { bold, changeLines, changeRow, dim, print } from './output.ts';
import { keptSandbox } from './sandbox-state.ts';
import { closing, findingStory, isOwn, opening, ownStory } from './story.ts';

const SETTINGS: Settings = {
  ...DEFAULTS,
  mode: 'auto',
  accounts: { [ACCOUNT]: { name: 'sandbox', tier: 'standard' } },
  rules: { 'policy-attached': { mode: 'ask' } },
  responders: [{ name: 'ana', principals: [`arn:aws:iam::${ACCOUNT}:user/ana`] }],
};

export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description(
      'Play an attack on an account in memory, and show what is found and done about it. Needs no AWS account.',
    )
    .addOption(
      new Option('--scenario <name>', 'what is played').choices(scenarios.map((each) => each.id)).default('takeover'),
    )
    .addOption(settingsOption())
    .option('--once', `end when the attack is over; a responder answers what is asked`)
    .addHelpText(
      'after',
      `\nExamples:\n  $ npm start\n  $ guardrail sandbox --once\n\nThe state is in ${SANDBOX_STATE}; a new run begins it anew.`,
    )
    .action(play);
}

type Options = SettingsOption & { scenario: string; once?: boolean };

/** The stage: the account, what it has recorded and nobody has looked at yet, and the line that looks. */
type Stage = Driven & {
  scenario: Scenario;
  records: CloudTrailRecord[];
  sandbox: ReturnType<typeof keptSandbox>['sandbox'];
  keep(): Promise<void>;
};

async function play({ scenario, once, settings }: Options): Promise<void> {
  const stage = setUp(scenario, settings ? settingsOf({ settings }) : SETTINGS);
  const told = new Map<string, Change['state']>();
  try {
    await stage.scenario.before(stage.sandbox);
    stage.records.length = 0;
    await print(opening(stage.scenario));
    for (const [index, step] of stage.scenario.steps.entries()) {
      await print(`${bold(`${index + 1}. ${step.title}`)}\n`);
      await step.act(stage.sandbox);
      await stage.keep();
      await watch(stage, told);
    }
    if (once) await answerAll(stage, told);
    await print(closing(await incidents(stage.line.ports.store, 50), stage.scenario.steps.length));
    if (!once) await waitForAnswers(stage, told);
  } finally {
    stage.close();
  }
}

function setUp(id: string, settings: Settings): Stage {
  const scenario = scenarios.find((each) => each.id === id);
  if (!scenario) throw new Stop(EXIT.usage, `There is no scenario ${id}`);
  for (const each of ['', '-wal', '-shm']) rmSync(`${SANDBOX_STATE}${each}`, { force: true });
  const store = sqliteStore(SANDBOX_STATE);
  const records: CloudTrailRecord[] = [];
  const { sandbox, accounts, keep } = keptSandbox(store, settings, (each) => records.push(each));
  const driven = lineOf(settings, { store, accounts, people: terminal, archive: emptyArchive });
  return { ...driven, scenario, records, sandbox, keep, close: () => store.close() };
}

/** The terminal is the channel: what goes to Slack elsewhere is named here, since the story shows it anyway. */
const terminal: People = {
  tell: ({ kind, finding }) => print(`     ${dim(`told the responders: ${kind}, incident ${finding.incident}`)}\n`),
};

/** Everything that the account has recorded goes through the line, the guardrail's own calls too. */
async function watch(stage: Stage, told: Map<string, Change['state']>): Promise<void> {
  for (let record = stage.records.shift(); record; record = stage.records.shift()) {
    const { fresh } = await detect(record, stage.line);
    for (const each of fresh.filter(isOwn).slice(0, 1)) await print(ownStory(each));
    for (const each of fresh.filter((each) => !isOwn(each))) await print(findingStory(each));
    await work(stage, told);
  }
}

async function work(stage: Stage, told: Map<string, Change['state']>): Promise<void> {
  await drain(stage, async (change) => {
    told.set(change.id, change.state);
    await print(changeLines(changeRow(change)));
  });
}

/** Nobody sits at the keyboard: the first responder of the settings answers. */
async function answerAll(stage: Stage, told: Map<string, Change['state']>): Promise<void> {
  const responder = stage.line.settings.responders[0]?.name;
  for (const [id, state] of told) {
    if (state !== 'waiting' || !responder) continue;
    await print(`${dim(`$ npx guardrail approve ${id} --as ${responder}`)}\n`);
    const answer = await approve(id, { by: responder, reason: 'mallory was not to be an administrator' }, stage.line);
    if (!answer.ok) throw new Error(answer.reason);
    await stage.queue.send([carrying(answer.value)]);
    await work(stage, told);
    await watch(stage, told);
  }
}

/** Shows what is answered in other terminals until somebody presses Ctrl-C. */
async function waitForAnswers(stage: Stage, told: Map<string, Change['state']>): Promise<void> {
  await print(dim('Waiting for what is answered in another terminal; Ctrl-C ends.\n'));
  let on = true;
  process.once('SIGINT', () => {
    on = false;
  });
  while (on) {
    await setTimeout(500);
    await showMoved(stage, told);
  }
}

async function showMoved(stage: Stage, told: Map<string, Change['state']>): Promise<void> {
  const { store } = stage.line.ports;
  for (const incident of await incidents(store, 50)) {
    for (const change of await changesOf(store, incident.id)) {
      if (told.get(change.id) === change.state) continue;
      told.set(change.id, change.state);
      await print(changeLines(changeRow(change)));
    }
  }
}
