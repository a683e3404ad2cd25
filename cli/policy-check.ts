// `guardrail policy check`: what a document makes possible, and what is wrong with it.
import { Command, Option } from 'commander';
import { loadCatalogue } from '../policy/catalogue.ts';
import { SEVERITIES, type Severity } from '../policy/finding.ts';
import { answerCheck, type Checked } from '../policy/rows.ts';
import { TYPES } from '../policy/type.ts';
import { EXIT, Stop, say } from './exit.ts';
import { failOnOption, outputOption, settingsOption } from './options.ts';
import { isAtLeast, jsonLine, print } from './output.ts';
import { checkLines } from './policy-output.ts';
import { endOfRows, newCount, placeOf, reportRow, rowsOf } from './policy-rows.ts';
import { type Located, policySarif } from './report-policy-sarif.ts';

type Options = { output: 'table' | 'json' | 'sarif'; failOn?: Severity; type?: string; account?: string };
type Answer = Extract<Checked, { ok: true }>['answer'];

export function policyCheckCommand(): Command {
  return new Command('check')
    .description('Say what policies make possible, and what is wrong with them.')
    .argument('<file>', 'a policy document, or JSONL of {"id", "type", "policy", "account"}; - for stdin')
    .addOption(outputOption('table', 'json', 'sarif'))
    .addOption(new Option('--type <type>', 'what a document is that does not say it').choices(TYPES))
    .option('--account <id>', 'whose a document is that does not say it')
    .addOption(failOnOption())
    .addOption(settingsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ guardrail policy check policy.json
  $ guardrail policy check bucket-policy.json --type resource --account 111122223333 --fail-on high
  $ guardrail policy check policies.jsonl --output json
  $ aws iam get-role --role-name ci --query Role.AssumeRolePolicyDocument | guardrail policy check - --type trust`,
    )
    .action(check);
}

async function check(file: string, options: Options): Promise<void> {
  const around = {
    now: Date.now(),
    catalogue: await loadCatalogue(),
    standard: { type: options.type, account: options.account },
  };
  const count = newCount();
  const printer = printerFor(options.output, file);
  const worst = new Map<string, number>();
  for await (const row of rowsOf(file, count)) {
    const checked = answerCheck(row.text, around);
    if (!checked.ok) {
      reportRow(file, row, checked.reason, count);
      continue;
    }
    count.rows += 1;
    const { severity } = checked.answer;
    worst.set(severity, (worst.get(severity) ?? 0) + 1);
    await printer.row(checked.answer, row.number);
  }
  await printer.end();
  say([summary(count.rows, count.broken, worst)]);
  endOfRows(count);
  if (options.failOn && SEVERITIES.some((each) => worst.has(each) && isAtLeast(each, options.failOn as Severity)))
    throw new Stop(EXIT.found);
}

/** "1,200 policies: 3 critical, 40 medium; 2 rows could not be read". */
function summary(rows: number, broken: number, worst: ReadonlyMap<string, number>): string {
  const found = [...SEVERITIES].reverse().filter((each) => worst.has(each));
  const told = found.map((each) => `${worst.get(each)} ${each}`).join(', ') || 'nothing found';
  const lost = broken === 0 ? '' : `; ${broken} row${broken === 1 ? '' : 's'} could not be read`;
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'policy' : 'policies'}: ${told}${lost}`;
}

type Printer = { row(answer: Answer, line: number): Promise<void>; end(): Promise<void> };

function printerFor(output: Options['output'], file: string): Printer {
  if (output === 'sarif') return sarifPrinter(file);
  let text = '';
  const flush = async (least: number) => {
    if (text.length <= least) return;
    const waiting = text;
    text = '';
    await print(waiting);
  };
  return {
    row(answer, line) {
      text += output === 'json' ? jsonLine(answer) : checkLines(answer, placeOf(file, line));
      return flush(TOGETHER);
    },
    end: () => flush(0),
  };
}

/** So many characters wait to be written at once. */
const TOGETHER = 65_536;

function sarifPrinter(file: string): Printer {
  const found: Located[] = [];
  return {
    async row({ id, findings }, line) {
      for (const each of findings) found.push({ ...each, id, file, line });
    },
    end: () => print(policySarif(found)),
  };
}
