// `guardrail remediations`: what can be undone, and one remediation's page.
import { Command } from 'commander';
import { remediations } from '../remediations/index.ts';
import { EXIT, Stop } from './exit.ts';
import { outputOption } from './options.ts';
import { jsonLine, print, table } from './output.ts';
import { remediationPage } from './pages.ts';

export function remediationsCommand(): Command {
  const show = new Command('show')
    .description('Show what a remediation does, to whom, and with which permissions.')
    .argument('<id>')
    .addHelpText('after', '\nExample:\n  $ guardrail remediations show disable-access-key')
    .action(showRemediation);
  return new Command('remediations')
    .description('List the remediations.')
    .addOption(outputOption('table', 'json'))
    .addCommand(show)
    .addHelpText('after', '\nExamples:\n  $ guardrail remediations\n  $ guardrail remediations show disable-access-key')
    .action(list);
}

async function list({ output }: { output: string }): Promise<void> {
  const rows = remediations.map(({ id, title, target, reach, needs }) => ({ id, title, target, reach, needs }));
  if (output === 'json') return print(jsonLine(rows));
  return print(
    table(
      ['REMEDIATION', 'ACTS ON', 'DOES'],
      rows.map((each) => [each.id, each.target, each.title]),
    ),
  );
}

async function showRemediation(id: string): Promise<void> {
  const unit = remediations.find((each) => each.id === id);
  if (!unit) throw new Stop(EXIT.usage, `There is no remediation ${id}; see: guardrail remediations`);
  await print(remediationPage(unit));
}
