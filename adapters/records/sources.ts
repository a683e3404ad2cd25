// Which files, folders, patterns and objects an input stands for; local calls are synchronous because they cost a tenth so.

import {
  closeSync,
  createReadStream,
  globSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../reason.ts';
import { borrow, giveBack } from './pool.ts';
import type { Broken, Source } from './row.ts';

/** What CloudTrail and its tools write; CloudTrail's digest files lie beside and hold no records. */
const NAMES = /\.(json|jsonl|ndjson)(\.gz)?$/i;
const DIGESTS = /(^|[/\\])CloudTrail-Digest[/\\]/;
const AT_ONCE = 1_048_576;
const CHUNK = 262_144;

/** Whether a file in a folder, or an object under a prefix, is taken for records. */
export function isTrailName(name: string): boolean {
  return NAMES.test(name) && !DIGESTS.test(name);
}

/** What stands for an input that gives nothing to read. */
export function unreadable(source: string, reason: string, level: Broken['level'] = 'source'): Broken {
  return { kind: 'broken', level, source, index: 0, reason };
}

/** The files of a path or a pattern, in the order of their names. A file that is there is never taken for a pattern. */
export function* localSources(input: string): Generator<Source | Broken> {
  const stats = statOf(input);
  if (!(stats instanceof Error)) yield* sourcesAt(input, stats);
  else if (/[*?[{]/.test(input)) yield* sourcesLike(input);
  else yield unreadable(input, reasonOf(stats));
}

function* sourcesAt(path: string, stats: Stats): Generator<Source | Broken> {
  if (!stats.isDirectory()) return yield fileSource(path, stats);
  let none = true;
  for (const each of filesIn(path)) {
    none = false;
    yield each;
  }
  if (none) yield unreadable(path, 'holds no .json, .jsonl or .ndjson files');
}

/** A pattern names folders and what is in them: each file comes once. */
function* sourcesLike(pattern: string): Generator<Source | Broken> {
  const seen = new Set<string>();
  for (const path of globSync(pattern).sort()) {
    const stats = statOf(path);
    const found = stats instanceof Error ? [unreadable(path, reasonOf(stats))] : sourcesMatched(path, stats);
    for (const each of found) {
      const name = 'kind' in each ? each.source : each.name;
      if (!seen.has(name)) yield each;
      seen.add(name);
    }
  }
  if (seen.size === 0) yield unreadable(pattern, 'matches no file');
}

function sourcesMatched(path: string, stats: Stats): Iterable<Source | Broken> {
  return stats.isDirectory() ? filesIn(path) : [fileSource(path, stats)];
}

/** Goes through a folder and its subfolders; links to folders are not followed, since they may lead in circles. */
function* filesIn(folder: string): Generator<Source | Broken> {
  let entries: { name: string; isDirectory(): boolean }[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    return yield unreadable(folder, reasonOf(cause));
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (isTrailName(path)) yield* fileIn(path);
  }
}

function* fileIn(path: string): Generator<Source | Broken> {
  const stats = statOf(path);
  if (stats instanceof Error) yield unreadable(path, reasonOf(stats));
  else if (stats.isFile()) yield fileSource(path, stats);
}

function fileSource(path: string, stats: Stats): Source {
  if (!stats.isFile()) return { name: path, open: () => createReadStream(path, { highWaterMark: CHUNK }) };
  return { name: path, bytes: stats.size, open: () => contentOf(path, stats.size) };
}

/** The bytes of a file. A chunk is good until the next one is asked for: all share one buffer, which keeps memory flat. */
async function* contentOf(path: string, size: number): AsyncGenerator<Buffer> {
  if (size <= AT_ONCE) return yield readFileSync(path);
  const file = openSync(path, 'r');
  const buffer = borrow();
  const next = () => readSync(file, buffer, 0, CHUNK, null);
  try {
    for (let read = next(); read > 0; read = next()) yield buffer.subarray(0, read);
  } finally {
    giveBack(buffer);
    closeSync(file);
  }
}

function statOf(path: string): Stats | Error {
  try {
    return statSync(path);
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}
