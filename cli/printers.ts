// The formats of `replay` and `run`: rows one by one where the format allows it, a whole where it does not.
import type { Settings } from '../core/settings.ts';
import { say } from './exit.ts';
import type { Tally } from './feed.ts';
import { type FindingRow, findingLines, jsonLine, print } from './output.ts';
import { htmlReport } from './report-html.ts';
import { sarifReport } from './report-sarif.ts';

export type Format = 'table' | 'json' | 'jsonl' | 'html' | 'sarif';

/** Gets the rows in input order and the tally at the end, also of an input that was interrupted. */
export type Printer = { row(row: FindingRow): Promise<void>; end(tally: Tally): Promise<void> };

/** `together`: so many characters of rows may wait to be written at once; 0 where others print in between. */
export function printerFor(format: Format, settings: Settings, together = 0): Printer {
  if (format === 'jsonl') return jsonlPrinter(together);
  if (format === 'json') return jsonPrinter();
  if (format === 'table') return tablePrinter();
  return collected(format === 'html' ? (rows, tally) => htmlReport(rows, tally, settings) : sarifReport);
}

/** "330 records, 2 could not be read". */
export function summary(tally: Tally): string[] {
  const broken = tally.broken === 0 ? '' : `, ${tally.broken} could not be read`;
  return [
    `${tally.records.toLocaleString('en')} record${tally.records === 1 ? '' : 's'}${broken}${tally.interrupted ? ', interrupted' : ''}`,
  ];
}

/** Rows wait for company until there are enough of them, or until the reading waits. */
function jsonlPrinter(together: number): Printer {
  let text = '';
  let due: NodeJS.Immediate | undefined;
  const flush = async () => {
    clearImmediate(due);
    due = undefined;
    const waiting = text;
    text = '';
    if (waiting !== '') await print(waiting);
  };
  return {
    async row(row) {
      text += jsonLine(row);
      if (text.length > together) return flush();
      due ??= setImmediate(flush);
    },
    async end(tally) {
      await flush();
      say(summary(tally));
    },
  };
}

function jsonPrinter(): Printer {
  let before = '[\n';
  return {
    async row(row) {
      await print(before + jsonLine(row).trimEnd());
      before = ',\n';
    },
    async end(tally) {
      await print(before === '[\n' ? '[]\n' : '\n]\n');
      say(summary(tally));
    },
  };
}

function tablePrinter(): Printer {
  const counts = new Map<string, number>();
  return {
    async row(row) {
      counts.set(row.decision, (counts.get(row.decision) ?? 0) + 1);
      await print(findingLines(row));
    },
    async end(tally) {
      const told = [...counts].map(([decision, count]) => `${count} to ${decision}`).join(', ') || 'nothing found';
      say([`${summary(tally)[0]}: ${told}`]);
    },
  };
}

/** Findings are few beside records; still, a report holds at most so many, and says what it left out. */
const MOST = 50_000;

function collected(render: (rows: FindingRow[], tally: Tally) => string): Printer {
  const rows: FindingRow[] = [];
  let left = 0;
  return {
    async row(row) {
      if (rows.length < MOST) rows.push(row);
      else left += 1;
    },
    async end(tally) {
      await print(render(rows, tally));
      if (left > 0) say([`The report holds the first ${MOST} findings; ${left} more are left out.`]);
      say(summary(tally));
    },
  };
}
