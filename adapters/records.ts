// Where CloudTrail comes in from outside of AWS Lambda: files, folders, patterns, S3 and standard input, as rows in their order.
import { document, wholeDocument } from './records/documents.ts';
import { unzipped } from './records/gunzip.ts';
import { lines } from './records/lines.ts';
import { LIMITS, type Limits, type Reader, readerOf, skipBlank } from './records/reader.ts';
import { type Broken, type Row, Rows, type Source } from './records/row.ts';
import { localSources } from './records/sources.ts';
import type { S3Options } from './s3.ts';

export { type Broken, LIMITS, type Limits, type Row, type Source };

/** What is not a file: standard input for `-`, and how to reach S3 for `s3://bucket/key-or-prefix`. */
export type Outside = { stdin: AsyncIterable<Buffer | string>; s3: S3Options };

/** The sources of files, folders (`.json`, `.jsonl`, `.ndjson`, each also `.gz`), patterns, `s3://…` and `-`, in that order. */
export async function* sourcesOf(inputs: string[], outside: Outside): AsyncGenerator<Source | Broken> {
  for (const input of inputs) {
    if (input === '-') yield { name: '-', open: () => outside.stdin };
    else if (input.startsWith('s3://')) yield* (await import('./s3.ts')).s3Sources(input, outside.s3);
    else yield* localSources(input);
  }
}

/**
 * The records of a source in batches, in order: trail files, arrays, EventBridge events and raw records, one, many or mixed,
 * as JSON or JSONL, gzip or not. Never rejects: what cannot be read is a row too, and the rest goes on.
 */
export async function* rowsOf(source: Source, limits: Limits = LIMITS): AsyncGenerator<Row[]> {
  const rows = new Rows(source.name);
  const reader = readerOf(unzipped(source.open), rows, limits);
  try {
    const any = await skipBlank(reader.window);
    if (any) yield* values(reader);
    conclude(reader, any);
    yield* rows.take();
  } finally {
    await reader.window.close();
  }
}

async function* values(reader: Reader): AsyncGenerator<Row[]> {
  yield* lines(reader);
  if (reader.rows.index === 0 && (yield* wholeDocument(reader))) return;
  while (await skipBlank(reader.window)) {
    yield* document(reader);
    yield* lines(reader);
  }
}

/** The last word on a source: what broke off while it was read, or that there was nothing. That AWS failed is always said. */
function conclude({ window: { failure }, rows }: Reader, any: boolean): void {
  if (failure && (failure.level === 'aws' || !rows.reported)) rows.broken(failure.reason, failure.level);
  else if (!failure && !any) rows.broken('is empty', 'source');
}
