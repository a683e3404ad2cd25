// `guardrail policy simulate`: AWS's decision on requests, with the statements and the reasons.
import { Command } from 'commander';
import { loadCatalogue } from '../policy/catalogue.ts';
import { answerSimulation } from '../policy/rows.ts';
import { say } from './exit.ts';
import { outputOption, settingsOption } from './options.ts';
import { jsonLine, print } from './output.ts';
import { simulationLines } from './policy-output.ts';
import { endOfRows, newCount, placeOf, reportRow, rowsOf } from './policy-rows.ts';

export function policySimulateCommand(): Command {
  return new Command('simulate')
    .description('Decide requests as AWS would, with the matching statements, missing context keys and reasons.')
    .argument('<file>', 'JSONL of {"id", "request", "identityPolicies", …}; - for stdin')
    .addOption(outputOption('json', 'table'))
    .addOption(settingsOption())
    .addHelpText(
      'after',
      `
A row:
  {"id": 1, "request": {"principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject",
    "resource": "arn:aws:s3:::reports/2026.pdf", "context": {"aws:MultiFactorAuthPresent": "true"}},
   "identityPolicies": [{…}], "boundary": {…}, "sessionPolicies": [{…}], "scps": [[{…}], [{…}]], "rcps": [[{…}]],
   "resourcePolicy": {…}, "resourceAccount": "111122223333", "managementAccount": "999988887777"}
All but the request may be left out. scps and rcps are levels, root first; an empty level denies.

Examples:
  $ guardrail policy simulate requests.jsonl
  $ guardrail policy simulate request.json --output table`,
    )
    .action(simulate);
}

async function simulate(file: string, { output }: { output: 'json' | 'table' }): Promise<void> {
  const catalogue = await loadCatalogue();
  const count = newCount();
  let text = '';
  for await (const row of rowsOf(file, count)) {
    const { text: line, number } = row;
    const simulated = answerSimulation(line, catalogue);
    if (!simulated.ok) {
      reportRow(file, row, simulated.reason, count);
      continue;
    }
    count.rows += 1;
    text += output === 'json' ? jsonLine(simulated.answer) : simulationLines(simulated.answer, placeOf(file, number));
    if (text.length < TOGETHER) continue;
    await print(text);
    text = '';
  }
  if (text !== '') await print(text);
  const lost = count.broken === 0 ? '' : `, ${count.broken} could not be read`;
  say([`${count.rows.toLocaleString('en')} request${count.rows === 1 ? '' : 's'}${lost}`]);
  endOfRows(count);
}

/** So many characters wait to be written at once. */
const TOGETHER = 65_536;
