// The `guardrail` command: one file per subcommand, exit codes in `exit.ts`.
import { Command, CommanderError } from 'commander';
import { approveCommand } from './approve.ts';
import { auditCommand } from './audit.ts';
import { denyCommand } from './deny.ts';
import { EXIT, explain, say } from './exit.ts';
import { generateCommand } from './generate.ts';
import { incidentsCommand } from './incidents.ts';
import { newCommand } from './new.ts';
import { policyCommand } from './policy.ts';
import { remediationsCommand } from './remediations.ts';
import { replayCommand } from './replay.ts';
import { rulesCommand } from './rules.ts';
import { runCommand } from './run.ts';
import { sandboxCommand } from './sandbox.ts';
import { showCommand } from './show.ts';
import { undoCommand } from './undo.ts';

const program = new Command('guardrail')
  .description(
    'Watches the identities of AWS accounts: detects, judges with reasons, undoes or asks, and keeps the evidence.',
  )
  .version('0.1.0')
  .showHelpAfterError('(add --help for examples)')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nTry it without an AWS account:\n  $ npx guardrail sandbox --once');

const COMMANDS = [
  replayCommand,
  runCommand,
  incidentsCommand,
  showCommand,
  approveCommand,
  denyCommand,
  undoCommand,
  sandboxCommand,
  policyCommand,
  rulesCommand,
  remediationsCommand,
  newCommand,
  generateCommand,
  auditCommand,
];

for (const each of COMMANDS) program.addCommand(each());
strict(program);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(); // whoever read has seen enough, as in `guardrail replay … | head`
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = endOf(error);
}

/** Every command throws instead of ending the process, so that output is written to its end. */
function strict(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) strict(each.copyInheritedSettings(command));
}

function endOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { code, lines } = explain(error);
  say(lines);
  return code;
}
