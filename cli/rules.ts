// `guardrail rules`: what is detected, and one rule's page.
import { Command } from 'commander';
import type { Rule } from '../core/rule.ts';
import { modeFor, type Settings } from '../core/settings.ts';
import { rules } from '../rules/index.ts';
import { controlsOf } from './coverage.ts';
import { EXIT, Stop } from './exit.ts';
import { outputOption, type SettingsOption, settingsOf, settingsOption } from './options.ts';
import { jsonLine, print, table } from './output.ts';
import { rulePage } from './pages.ts';

export function rulesCommand(): Command {
  const show = new Command('show')
    .description('Show what a rule means, when it is normal, and its examples.')
    .argument('<id>')
    .addHelpText('after', '\nExample:\n  $ guardrail rules show root-login')
    .action(showRule);
  return new Command('rules')
    .description('List the rules.')
    .addOption(outputOption('table', 'json'))
    .option('--coverage', 'the controls of each framework, and the rules that serve them')
    .addOption(settingsOption())
    .addCommand(show)
    .addHelpText(
      'after',
      '\nExamples:\n  $ guardrail rules\n  $ guardrail rules show root-login\n  $ guardrail rules --coverage',
    )
    .action(list);
}

type Options = SettingsOption & { output: string; coverage?: boolean };

async function list({ output, coverage, ...options }: Options): Promise<void> {
  const settings = settingsOf(options);
  if (coverage) return listControls(output);
  const rows = rules.map((each) => rowOf(each, settings));
  if (output === 'json') return print(jsonLine(rows));
  return print(table(['RULE', 'BASE', 'MODE', 'FINDS', 'REMEDY'], rows.map(cells)));
}

async function listControls(output: string): Promise<void> {
  const controls = controlsOf(rules);
  if (output === 'json') return print(jsonLine(controls));
  return print(
    table(
      ['FRAMEWORK', 'CONTROL', 'RULES'],
      controls.map(({ framework, control, rules: served }) => [framework, control, served.join(', ')]),
    ),
  );
}

/** A rule as the settings leave it. */
function rowOf({ id, title, severity, maps, on, remedy, automatic }: Rule, settings: Settings) {
  const said = settings.rules[id];
  const enabled = said?.enabled !== false;
  const mode = modeFor(settings, id);
  return {
    id,
    title,
    severity: said?.severity ?? severity,
    enabled,
    mode,
    maps,
    on,
    remedy: remedy?.id ?? null,
    automatic,
  };
}

function cells({ id, title, severity, enabled, mode, remedy, automatic }: ReturnType<typeof rowOf>): string[] {
  return [id, severity, enabled ? mode : 'off', title, remedy ? `${remedy}${automatic ? ' (automatic)' : ''}` : ''];
}

async function showRule(id: string): Promise<void> {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Stop(EXIT.usage, `There is no rule ${id}; see: guardrail rules`);
  await print(rulePage(rule));
}
