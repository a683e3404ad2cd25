// `guardrail policy diff`: what a change newly allows, denies, opens and makes public.
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { reasonOf } from '../adapters/reason.ts';
import { loadCatalogue } from '../policy/catalogue.ts';
import { comparePolicies } from '../policy/compare.ts';
import type { Severity } from '../policy/finding.ts';
import { parseJson } from '../policy/json.ts';
import { type PolicyType, TYPES } from '../policy/type.ts';
import { EXIT, Stop } from './exit.ts';
import { failOnOption, outputOption, settingsOption } from './options.ts';
import { isAtLeast, jsonLine, print } from './output.ts';
import { comparisonLines } from './policy-output.ts';

type Options = { output: 'table' | 'json'; failOn?: Severity; type?: PolicyType; account?: string };

export function policyDiffCommand(): Command {
  return new Command('diff')
    .description('Say what a change newly allows, denies, makes public and opens as escalation.')
    .argument('<before>', 'a policy document, or {"identityPolicies": […], "boundary": …, "scps": […]}; - for stdin')
    .argument('<after>', 'the same after the change')
    .addOption(outputOption('table', 'json'))
    .addOption(new Option('--type <type>', 'what the documents are, where they do not tell it').choices(TYPES))
    .option('--account <id>', 'whose they are')
    .addOption(failOnOption())
    .addOption(settingsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ guardrail policy diff before.json after.json
  $ git show HEAD:policy.json | guardrail policy diff - policy.json --fail-on medium`,
    )
    .action(diff);
}

async function diff(before: string, after: string, options: Options): Promise<void> {
  const { type, account, output, failOn } = options;
  if (before === '-' && after === '-') throw new Stop(EXIT.usage, 'Only one of the two can come from stdin.');
  const setting = { type, account, now: Date.now(), catalogue: await loadCatalogue() };
  const comparison = comparePolicies(documentIn(before), documentIn(after), setting);
  await print(output === 'json' ? jsonLine(comparison) : comparisonLines(comparison));
  const { severity } = comparison;
  if (failOn && severity !== 'none' && isAtLeast(severity, failOn)) throw new Stop(EXIT.found);
}

function documentIn(file: string): unknown {
  const parsed = parseJson(textOf(file));
  if (parsed.ok) return parsed.value;
  throw new Stop(EXIT.input, `${file === '-' ? 'stdin' : file}: ${parsed.reason}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new Stop(EXIT.input, `${file}: ${reasonOf(cause)}`);
  }
}
