// `guardrail run`: the line for real, over the records of a file, on the account of the usual credentials.
import { Command } from 'commander';
import { firstKnown, liveArchive } from '../adapters/archive.ts';
import { snapshotArchive } from '../adapters/snapshot.ts';
import type { Severity } from '../core/risk.ts';
import type { Mode, Settings } from '../core/settings.ts';
import { EXIT, Stop } from './exit.ts';
import { endOf, feed, newTally } from './feed.ts';
import { type Driven, drain, onStderr, openLine, takeUp } from './line.ts';
import { failOnOption, modeOption, outputOption, type StateOptions, snapshotOption, withState } from './options.ts';
import { changeLines, changeRow, findingRow, isAtLeast, jsonLine, print } from './output.ts';
import { type Format, printerFor } from './printers.ts';

type Options = StateOptions & { output: Format; mode?: Mode; failOn?: Severity; accountSnapshot?: string };

export function runCommand(): Command {
  return withState(new Command('run'))
    .description('Run the line over CloudTrail records for real: alert, ask, and in mode auto undo.')
    .argument('<input...>', 'files, folders, globs, s3://bucket/prefix, or - for stdin')
    .addOption(outputOption('table', 'json', 'jsonl', 'html', 'sarif'))
    .addOption(modeOption('the settings, else observe'))
    .addOption(failOnOption())
    .addOption(snapshotOption())
    .addHelpText(
      'after',
      `
Examples:
  $ guardrail run events.json --mode ask --state .guardrail/state.db
  $ guardrail run events.json --mode auto --output jsonl
  $ AWS_ENDPOINT_URL=http://127.0.0.1:5000 guardrail run events.json --mode auto`,
    )
    .action(run);
}

async function run(inputs: string[], options: Options): Promise<void> {
  const change = (settings: Settings): Settings => ({ ...settings, mode: options.mode ?? settings.mode });
  const driven = await openLine(options, { change, make: true });
  const { line } = driven;
  if (options.accountSnapshot)
    line.ports.archive = firstKnown([snapshotArchive(options.accountSnapshot), liveArchive(line.ports.accounts)]);
  if (options.output !== 'table' && options.output !== 'jsonl') line.ports.people = onStderr(line.settings);
  try {
    await takeUp(driven);
    await work(driven, options.output);
    await judge(inputs, driven, options);
  } finally {
    driven.close();
  }
}

async function judge(inputs: string[], driven: Driven, options: Options): Promise<void> {
  const tally = newTally();
  const printer = printerFor(options.output, driven.line.settings);
  let worst = false;
  for await (const { detection, index } of feed(inputs, driven.line, tally)) {
    for (const finding of detection.findings) {
      worst ||= options.failOn !== undefined && isAtLeast(finding.severity, options.failOn);
      await printer.row(findingRow(finding, index));
    }
    await work(driven, options.output);
  }
  await printer.end(tally);
  endOf(tally);
  if (worst) throw new Stop(EXIT.found);
}

/** Does the work at hand, and tells what became of each change in the formats that are read line by line. */
async function work(driven: Driven, output: Format): Promise<void> {
  await drain(driven, async (change) => {
    if (change.state === 'failed') process.exitCode = EXIT.found;
    if (output === 'jsonl') await print(jsonLine(changeRow(change)));
    if (output === 'table') await print(changeLines(changeRow(change)));
  });
}
