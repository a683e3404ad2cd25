// Replay against reading and parsing the same files, and its peak memory as the input grows.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTrail } from './records.ts';
import { median, type Row } from './row.ts';

const ROUNDS = 5;
const FILES = 20;
const CLI = join(import.meta.dirname, '..', 'cli', 'guardrail.ts');
const PEAK = join(import.meta.dirname, 'peak.ts');
const PARSE = join(import.meta.dirname, 'parse.ts');

/** Both measurements on files in a temporary folder, which is removed. */
export async function replay(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guardrail-bench-'));
  try {
    const files = Array.from({ length: FILES }, (_, index) => join(folder, `trail-${index}.json`));
    for (const [index, each] of files.entries()) writeTrail(each, 12, index);
    return [speed(files.slice(0, 8)), memory(files)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whole processes, one after the other and in turn, so that noise meets both alike. */
function speed(files: string[]): Row {
  const rounds = Array.from(
    { length: ROUNDS },
    () => timed([CLI, 'replay', '--output', 'jsonl', ...files]) / timed([PARSE, ...files]),
  );
  return { name: 'replay against reading and JSON.parse of the same files', ratio: median(rounds), gate: 1.5 };
}

function memory(files: string[]): Row {
  const peaks = [files.slice(0, 1), files].map((each) => median([1, 2, 3].map(() => peakOf(each))));
  return {
    name: `peak memory at ${FILES}x the input against 1x`,
    ratio: (peaks[1] ?? 0) / (peaks[0] ?? 1),
    gate: 1.15,
  };
}

function timed(args: string[]): number {
  const started = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  return Number(process.hrtime.bigint() - started);
}

/** The peak resident set of a replay, in kB: `peak.ts` prints it last. */
function peakOf(files: string[]): number {
  const output = execFileSync(process.execPath, ['--import', PEAK, CLI, 'replay', '--output', 'jsonl', ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 30,
  });
  return Number(output.trimEnd().split('\n').at(-1));
}
