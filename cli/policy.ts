// `guardrail policy`: what documents make possible, what a request comes to, and what a change gives.
import { Command } from 'commander';
import { policyCheckCommand } from './policy-check.ts';
import { policyDiffCommand } from './policy-diff.ts';
import { policySimulateCommand } from './policy-simulate.ts';

export function policyCommand(): Command {
  return new Command('policy')
    .description('Check policies, simulate requests, and compare two versions by what they make possible.')
    .addCommand(policyCheckCommand())
    .addCommand(policySimulateCommand())
    .addCommand(policyDiffCommand())
    .addHelpText(
      'after',
      `
Examples:
  $ guardrail policy check policy.json
  $ guardrail policy simulate requests.jsonl
  $ guardrail policy diff before.json after.json`,
    );
}
