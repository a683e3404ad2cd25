// Rows of policies and requests from a file: one a line, or one document that goes over many.
import { statSync } from 'node:fs';
import { FileError, type Line, linesOf } from '../adapters/lines.ts';
import { EXIT, Stop, say } from './exit.ts';
import { progress } from './progress.ts';

/** What came of a file. `broken`: rows that could not be read. */
export type Count = { rows: number; broken: number; interrupted: boolean };

export const newCount = (): Count => ({ rows: 0, broken: 0, interrupted: false });

/** A row as text: `number` is its line, `index` its place among the rows, counted from 0. */
export type Row = { text: string; number: number; index: number };

/** The rows of the file. A first line that is no JSON by itself begins a document of several lines, or is broken. */
export async function* rowsOf(file: string, count: Count): AsyncGenerator<Row> {
  const listen = () => {
    count.interrupted = true;
  };
  process.once('SIGINT', listen);
  const bar = progress(sizeOf(file));
  bar.begin(sizeOf(file));
  try {
    let index = 0;
    for await (const { text, number } of wholeLines(file)) {
      yield { text, number, index };
      index += 1;
      bar.step(index);
      if (count.interrupted) return;
    }
  } catch (error) {
    throw error instanceof FileError ? new Stop(EXIT.input, error.message) : error;
  } finally {
    bar.end();
    process.removeListener('SIGINT', listen);
  }
}

async function* wholeLines(file: string): AsyncGenerator<Line> {
  const lines = linesOf(file);
  const first = await lines.next();
  if (first.done) return;
  if (isJson(first.value.text)) {
    yield first.value;
    yield* lines;
    return;
  }
  const all = [first.value];
  for await (const each of lines) all.push(each);
  const whole = all.map(({ text }) => text).join('\n');
  if (isJson(whole)) yield { text: whole, number: 1, read: 0 };
  else yield* all;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function sizeOf(file: string): number | undefined {
  return file === '-' ? undefined : statSync(file, { throwIfNoEntry: false })?.size;
}

/** Where a row stands: `policies.jsonl:3`. */
export function placeOf(file: string, line: number): string {
  return `${file === '-' ? 'stdin' : file}:${line}`;
}

/** Tells a row that cannot be answered, by its number; the rest goes on. */
export function reportRow(file: string, { number, index }: Row, reason: string, count: Count): void {
  count.broken += 1;
  say([`${file === '-' ? 'stdin' : file}: line ${number} (row ${index}): ${reason}`]);
}

/** Ends the command as its input deserves. */
export function endOfRows({ rows, broken, interrupted }: Count): void {
  if (interrupted) throw new Stop(EXIT.interrupted, `Interrupted after ${rows} rows.`);
  if (rows === 0) throw new Stop(EXIT.input, broken > 0 ? 'Nothing could be read.' : 'There is nothing in it.');
}
