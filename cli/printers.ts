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

export function printerFor(format: Format, settings: Settings): Printer {
  if (format === 'jsonl') return { row: (row) => print(jsonLine(row)), end: async (tally) => say(summary(tally)) };
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
