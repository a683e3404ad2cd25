// Options that several commands share, each said once.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readSettings } from '../adapters/settings.ts';
import { SEVERITIES } from '../core/risk.ts';
import { MODES, type Mode, type Settings } from '../core/settings.ts';
import { rules } from '../rules/index.ts';

export type SettingsOption = { settings?: string };
export type StateOptions = SettingsOption & { state?: string; table?: string };

export const settingsOption = (): Option =>
  new Option('--settings <file>', 'settings (default: guardrail.yml, where there is one)');
export const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'exit 1 on a finding of this severity or above').choices(SEVERITIES);
export const modeOption = (standard: string): Option =>
  new Option('--mode <mode>', `the most that may be done without a person (default: ${standard})`).choices(MODES);
export const outputOption = (...choices: string[]): Option =>
  new Option('--output <format>', 'what is printed').choices(choices).default(choices[0]);
export const snapshotOption = (): Option =>
  new Option(
    '--account-snapshot <file>',
    'the account before the events, as `aws iam get-account-authorization-details` prints it',
  );

/** Where the state is kept: one of the two. */
export function withState(command: Command): Command {
  return command
    .addOption(new Option('--state <file>', 'state in a SQLite file (default: .guardrail/state.db)').conflicts('table'))
    .addOption(new Option('--table <name>', 'state in a DynamoDB table'))
    .addOption(settingsOption());
}

/** The settings of the command, with the mode that it was given. */
export function settingsOf(options: SettingsOption, mode?: Mode): Settings {
  const settings = readSettings(
    options.settings,
    rules.map((each) => each.id),
  );
  return mode ? { ...settings, mode } : settings;
}

/** For commander: a text that is not empty. */
export function someText(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}
