// What approve, deny and undo have in common: a change, who answers, and why.
import { Command, Option } from 'commander';
import { OPERATOR, type Reply } from '../core/approval.ts';
import type { Change } from '../core/change-record.ts';
import { carrying } from '../core/change-work.ts';
import type { Answer, Line } from '../core/line.ts';
import { EXIT, Stop } from './exit.ts';
import { type Driven, drain, openLine } from './line.ts';
import { outputOption, type StateOptions, someText, withState } from './options.ts';
import { changeLines, changeRow, jsonLine, print } from './output.ts';

type Options = StateOptions & { as: string; reason: string; output: 'table' | 'json' };
type Act = (id: string, reply: Reply, line: Line) => Promise<Answer<Change>>;

/** A command that answers for a change. Refusals end with 1 and the reason. */
export function answerCommand(name: string, act: Act): Command {
  const as = new Option('--as <name>', 'the responder who answers, from the settings').argParser(someText);
  const reason = new Option('--reason <text>', 'why; kept in the journal').argParser(someText);
  const command = withState(new Command(name))
    .argument('<change>', 'the id of the change, from `guardrail incidents`')
    .addOption(
      name === 'undo' ? as.default(OPERATOR, 'needed where the settings name responders') : as.makeOptionMandatory(),
    )
    .addOption(name === 'deny' ? reason.makeOptionMandatory() : reason.default(''))
    .addOption(outputOption('table', 'json'));
  return command.action((id: string, options: Options) => answer(id, options, act));
}

async function answer(id: string, options: Options, act: Act): Promise<void> {
  const driven = await openLine(options);
  try {
    const answered = await act(id, { by: options.as, reason: options.reason }, driven.line);
    if (!answered.ok) throw new Stop(EXIT.found, `Refused: ${answered.reason}.`);
    const change = await carriedOut(answered.value, driven);
    await print(options.output === 'json' ? jsonLine(changeRow(change)) : changeLines(changeRow(change)));
    if (change.state === 'refused' || change.state === 'failed')
      throw new Stop(EXIT.found, `${change.state}: ${change.reason}.`);
  } finally {
    driven.close();
  }
}

/** An approved change is carried out here and now. */
async function carriedOut(change: Change, driven: Driven): Promise<Change> {
  if (change.state !== 'planned') return change;
  let last = change;
  await driven.queue.send([carrying(change)]);
  await drain(driven, async (each) => {
    last = each;
  });
  return last;
}
