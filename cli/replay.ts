// `guardrail replay`: what the line would find and do, over records of the past, without touching anything.
import { Command } from 'commander';
import { emptyArchive } from '../adapters/archive.ts';
import { memoryStore } from '../adapters/memory.ts';
import { snapshotArchive } from '../adapters/snapshot.ts';
import type { Severity } from '../core/risk.ts';
import type { Mode } from '../core/settings.ts';
import { EXIT, Stop } from './exit.ts';
import { endOf, feed, newTally } from './feed.ts';
import { lineOf } from './line.ts';
import {
  failOnOption,
  modeOption,
  outputOption,
  type SettingsOption,
  settingsOf,
  settingsOption,
  snapshotOption,
} from './options.ts';
import { findingRow, isAtLeast } from './output.ts';
import { type Format, printerFor } from './printers.ts';

type Options = SettingsOption & { output: Format; mode?: Mode; failOn?: Severity; accountSnapshot?: string };

export function replayCommand(): Command {
  return new Command('replay')
    .description('Run the line over CloudTrail records without acting: what would be found, and what would be done.')
    .argument('[input...]', 'files, folders, globs, s3://bucket/prefix, or - for stdin (the default)')
    .addOption(outputOption('table', 'json', 'jsonl', 'html', 'sarif'))
    .addOption(modeOption('auto'))
    .addOption(failOnOption())
    .addOption(settingsOption())
    .addOption(snapshotOption())
    .addHelpText(
      'after',
      `
Examples:
  $ guardrail replay events/samples/access-key-for-another-user.json
  $ guardrail replay logs/ --output jsonl --fail-on high
  $ guardrail replay s3://trail-bucket/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/
  $ zcat logs/*.json.gz | guardrail replay - --mode ask`,
    )
    .action(replay);
}

/** So many things are remembered: of the findings of a busy month those of the last days. */
const REMEMBERED = 20_000;

async function replay(inputs: string[], options: Options): Promise<void> {
  const settings = settingsOf(options, options.mode ?? 'auto');
  const archive = options.accountSnapshot ? snapshotArchive(options.accountSnapshot) : emptyArchive;
  const time = { now: 0 };
  const { line } = lineOf(settings, {
    store: memoryStore({ clock: { now: () => time.now }, items: REMEMBERED }),
    accounts: { open: async () => Promise.reject(new Error('replay touches no account')) },
    people: { tell: async () => {} },
    archive,
    clock: { now: () => time.now, sleep: async () => {} },
  });
  const tally = newTally();
  const printer = printerFor(options.output, settings, 65_536);
  let worst = false;
  for await (const { detection, index } of feed(inputs.length > 0 ? inputs : ['-'], { ...line, keeps: false }, tally)) {
    for (const finding of detection.fresh) {
      time.now = Math.max(time.now, finding.at);
      worst ||= options.failOn !== undefined && isAtLeast(finding.severity, options.failOn);
      await printer.row(findingRow(finding, index));
    }
  }
  await printer.end(tally);
  endOf(tally);
  if (worst) throw new Stop(EXIT.found);
}
