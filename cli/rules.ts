// `guardrail rules`: what is detected, and one rule's page.
import { Command } from 'commander';
import { rules } from '../rules/index.ts';
import { EXIT, Stop } from './exit.ts';
import { outputOption } from './options.ts';
import { jsonLine, print, table } from './output.ts';
import { rulePage } from './pages.ts';

export function rulesCommand(): Command {
  const show = new Command('show')
    .description('Show what a rule means, when it is normal, and its examples.')
    .argument('<id>')
    .action(showRule);
  return new Command('rules')
    .description('List the rules.')
    .addOption(outputOption('table', 'json'))
    .addCommand(show)
    .addHelpText('after', '\nExamples:\n  $ guardrail rules\n  $ guardrail rules show root-login')
    .action(list);
}

async function list({ output }: { output: string }): Promise<void> {
  const rows = rules.map(({ id, title, severity, maps, on, remedy, automatic }) => ({
    id,
    title,
    severity,
    maps,
    on,
    remedy: remedy?.id ?? null,
    automatic,
  }));
  if (output === 'json') return print(jsonLine(rows));
  return print(
    table(
      ['RULE', 'BASE', 'FINDS', 'REMEDY'],
      rows.map((each) => [
        each.id,
        each.severity,
        each.title,
        each.remedy ? `${each.remedy}${each.automatic ? ' (automatic)' : ''}` : '',
      ]),
    ),
  );
}

async function showRule(id: string): Promise<void> {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Stop(EXIT.usage, `There is no rule ${id}; see: guardrail rules`);
  await print(rulePage(rule));
}
