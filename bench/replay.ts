// Replay against reading and parsing the same files, and its peak memory as the input grows.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleCommand } from '../infra/bundle.ts';
import { writeTrail } from './records.ts';
import { median, type Row } from './row.ts';

const ROUNDS = 5;
/** One file is a day of a busy account; twenty of them, again and again, are the larger input. */
const [FILES, MEGABYTES] = [20, 24];
const TIMES = 100;
const ROOT = join(import.meta.dirname, '..');
const PEAK = join(import.meta.dirname, 'peak.mjs');
const PARSE = join(import.meta.dirname, 'parse.ts');

/** Both measurements on files in a temporary folder, which is removed. */
export async function replay(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guardrail-bench-'));
  try {
    const files = Array.from({ length: FILES }, (_, index) => join(folder, `trail-${index}.json`));
    for (const [index, each] of files.entries()) writeTrail(each, MEGABYTES, index);
    const command = await bundleCommand(join(folder, 'guardrail.mjs'));
    const zipped = files.slice(0, 5).map(zip);
    return [
      speed('replay against reading and JSON.parse of the same files', command, files.slice(0, 10)),
      speed('the same with .json.gz, against gunzip and JSON.parse', command, zipped),
      memory(command, files),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whole processes, one after the other and in turn, so that noise meets both alike. */
function speed(name: string, command: string, files: string[]): Row {
  const rounds = Array.from(
    { length: ROUNDS },
    () => timed(command, ['replay', '--output', 'jsonl', ...files]) / timed(process.execPath, [PARSE, ...files]),
  );
  return { name, ratio: median(rounds), gate: 1.3 };
}

function zip(file: string): string {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 1 }));
  return `${file}.gz`;
}

function memory(command: string, files: string[]): Row {
  const many = Array.from({ length: TIMES / files.length }, () => files).flat();
  const [small = 0, large = 0] = [files.slice(0, 1), many].map((each) =>
    median(Array.from({ length: ROUNDS }, () => peakOf(command, each))),
  );
  return { name: `peak memory of replay at ${TIMES}x the input against 1x`, ratio: large / small, gate: 1.15 };
}

/** The command runs as its first line says, under the Node that runs this. */
function run(command: string, args: string[], options: { [name: string]: string } = {}): string {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`, ...options };
  return execFileSync(command, args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 30,
  });
}

function timed(command: string, args: string[]): number {
  const started = process.hrtime.bigint();
  run(command, args);
  return Number(process.hrtime.bigint() - started);
}

/** The peak resident set of a replay, in kB: `peak.mjs` prints it last. */
function peakOf(command: string, files: string[]): number {
  const output = run(command, ['replay', '--output', 'jsonl', ...files], { NODE_OPTIONS: `--import ${PEAK}` });
  return Number(output.trimEnd().split('\n').at(-1));
}
