// The settings that go into a package: read and checked here, so that a wrong one never reaches AWS.
import { readSettings } from '../adapters/settings.ts';
import { rules } from '../rules/index.ts';
import { functions, resources } from './template.ts';

/** The settings in `file`, or, where it is `''`, in `guardrail.yml` if there is one, or the defaults. Throws `SettingsError`. */
export function packedSettings(file: string) {
  return readSettings(
    file === '' ? undefined : file,
    rules.map((each) => each.id),
  );
}

/** What serverless.yml takes from here, for the settings file that it names. */
export const packed = {
  functions: (file: string) => functions(packedSettings(file)),
  resources: (file: string) => resources(rules, packedSettings(file)),
};
