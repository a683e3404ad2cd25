// Records through the line, one after the other: counted, with what could not be read told and the rest going on.
import { setImmediate } from 'node:timers/promises';
import { environment } from '../adapters/environment.ts';
import { type Broken, type Row, rowsOf, type Source, sourcesOf } from '../adapters/records.ts';
import { type Detection, detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { rulesFor } from '../core/match.ts';
import { activityOf, isFromAws, nameOf } from '../events/cloudtrail.ts';
import { isFields, text } from '../events/fields.ts';
import { EXIT, Stop, say } from './exit.ts';
import { type Progress, progress } from './progress.ts';

/** What came of the whole input. `read` counts records that were understood, `broken` places that were not. */
export type Tally = { records: number; read: number; broken: number; unreached: boolean; interrupted: boolean };

export const newTally = (): Tally => ({ records: 0, read: 0, broken: 0, unreached: false, interrupted: false });

/** A detection, and the place of its record in the whole input. */
type Judged = { detection: Detection; index: number };

/** Detections of the records that some rule wants. Ctrl-C ends it after the record at hand. */
export async function* feed(inputs: string[], line: Line, tally: Tally): AsyncGenerator<Judged> {
  const listen = () => {
    tally.interrupted = true;
  };
  process.once('SIGINT', listen);
  const sources = await watched(sourcesOf(inputs, outside()));
  const bar = progress(sizeOf(sources));
  try {
    for await (const source of sources) {
      if ('kind' in source) reportSource(source, tally);
      else yield* fed(source, line, tally, bar);
      if (tally.interrupted) return;
    }
  } finally {
    bar.end();
    process.removeListener('SIGINT', listen);
  }
}

type Sources = AsyncIterable<Source | Broken> | (Source | Broken)[];

/** Where somebody watches, the inputs are listed first, so that the time left can be told. */
async function watched(sources: AsyncIterable<Source | Broken>): Promise<Sources> {
  if (!process.stderr.isTTY) return sources;
  const listed: (Source | Broken)[] = [];
  for await (const each of sources) listed.push(each);
  return listed;
}

/** All bytes of the inputs; undefined where one does not say. */
function sizeOf(sources: Sources): number | undefined {
  if (!Array.isArray(sources)) return undefined;
  return sources.reduce<number | undefined>(
    (sum, each) =>
      'kind' in each ? sum : sum !== undefined && each.bytes !== undefined ? sum + each.bytes : undefined,
    0,
  );
}

/** Ends the command as its input deserves: interrupted, out of reach, or nothing in it could be read. */
export function endOf(tally: Tally): void {
  if (tally.interrupted) throw new Stop(EXIT.interrupted, `Interrupted after ${tally.records} records.`);
  if (tally.unreached) throw new Stop(EXIT.aws);
  if (tally.broken > 0 && tally.read === 0) throw new Stop(EXIT.input, 'Nothing could be read.');
}

async function* fed(source: Source, line: Line, tally: Tally, bar: Progress): AsyncGenerator<Judged> {
  bar.begin(source.bytes);
  for await (const rows of rowsOf(source)) {
    for (const row of rows) {
      const problem = problemOf(row);
      if (row.kind === 'broken' && row.level !== 'record') reportSource(row, tally);
      else if (problem) reportRecord(row, tally.records++, tally, problem);
      else if (row.kind === 'record') yield* judged(row, line, tally);
    }
    bar.step(tally.records);
    await signals();
    if (tally.interrupted) return;
  }
}

const EVERY = 50;
let heard = 0;

/** Files are read without waiting, so that Ctrl-C is heard only where the loop stops for it: now and then. */
async function signals(): Promise<void> {
  const now = Date.now();
  if (now - heard < EVERY) return;
  heard = now;
  await setImmediate();
}

async function* judged(row: Row & { kind: 'record' }, line: Line, tally: Tally): AsyncGenerator<Judged> {
  const index = tally.records++;
  tally.read += 1;
  if (rulesFor(line.rules, row.value).length === 0) return;
  const detection = await detect(row.value, line);
  if (detection.unreadable) reportRecord(row, index, tally, detection.unreadable);
  say(detection.notes.map((each) => `${row.source}: record ${row.index}: ${each}`));
  if (detection.findings.length > 0) yield { detection, index };
}

/** Why the row is no record that CloudTrail wrote, or undefined. */
function problemOf(row: Row): string | undefined {
  if (row.kind === 'broken') return row.reason;
  if (nameOf(row.value) === undefined) {
    const reading = activityOf(row.value, 0);
    return reading.ok ? undefined : reading.reason;
  }
  if (row.envelope === undefined || isFromAws(row.envelope)) return undefined;
  return `its event comes from ${(isFields(row.envelope) && text(row.envelope, 'source')) || 'nobody'}, not from AWS`;
}

function reportRecord(row: Row, index: number, tally: Tally, reason: string): void {
  tally.broken += 1;
  say([`${row.source}: record ${row.index}${index === row.index ? '' : ` (${index} of all)`}: ${reason}`]);
}

/** A source that broke off, or that AWS did not hand over: it takes no place among the records. */
function reportSource(broken: Broken, tally: Tally): void {
  tally.broken += 1;
  tally.unreached ||= broken.level === 'aws';
  say([`${broken.source}: ${broken.reason}`]);
}

function outside() {
  const { region, endpoint } = environment();
  return { stdin: process.stdin, s3: { region, ...(endpoint ? { endpoint } : {}) } };
}
