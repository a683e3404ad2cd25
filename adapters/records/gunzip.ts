// Gzip is told by its first bytes, never by a name; what was unzipped before a fault is not lost.
import { createGunzip, gunzipSync } from 'node:zlib';

const SLICE = 32_768;
const CHUNK = 262_144;
/** Zlib drops the output of the call that meets damaged data, so then the calls are made this small. */
const CAREFUL = 256;
const SMALL = 1_048_576;
const LARGEST = 16_777_216;

type Chunks = AsyncIterable<Buffer | string>;

/** The bytes of an input, unzipped where it is gzip (any number of members). Rejects with zlib's error after the last whole byte. */
export async function* unzipped(open: () => Chunks): AsyncGenerator<Buffer> {
  const chunks = open()[Symbol.asyncIterator]();
  try {
    let first = await headOf(chunks);
    if (first[0] !== 0x1f || first[1] !== 0x8b) {
      if (first.length > 0) yield first;
      for (let next = await take(chunks); next; next = await take(chunks)) yield next;
      return;
    }
    first = Buffer.from(first); // a chunk is good only until the next one
    const second = await take(chunks);
    if (second || first.length > SMALL) yield* inSlices(slices(first, second, chunks), CHUNK);
    else yield* atOnce(first);
  } finally {
    await chunks.return?.();
  }
}

/** At least two bytes, where there are so many. */
async function headOf(chunks: AsyncIterator<Buffer | string>): Promise<Buffer> {
  let head = (await take(chunks)) ?? Buffer.alloc(0);
  while (head.length < 2) {
    const next = await take(chunks);
    if (!next) return head;
    head = Buffer.concat([head, next]);
  }
  return head;
}

async function take(chunks: AsyncIterator<Buffer | string>): Promise<Buffer | undefined> {
  const next = await chunks.next();
  if (next.done) return undefined;
  return typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
}

/** A stream costs as much as unzipping a small file: those are done in one call. */
async function* atOnce(zipped: Buffer): AsyncGenerator<Buffer> {
  let plain: Buffer | undefined;
  let damaged = false;
  try {
    plain = gunzipSync(zipped, { maxOutputLength: LARGEST, chunkSize: CHUNK });
  } catch (cause) {
    damaged = cause instanceof Error && 'code' in cause && cause.code === 'Z_DATA_ERROR';
  }
  if (plain) yield plain;
  else yield* inSlices(slices(zipped, undefined, undefined), damaged ? CAREFUL : CHUNK);
}

/** Small pieces, so that little waits in memory however well the input is packed. */
async function* slices(
  first: Buffer,
  second: Buffer | undefined,
  rest: AsyncIterator<Buffer | string> | undefined,
): AsyncGenerator<Buffer> {
  yield* cut(first);
  if (!second || !rest) return;
  yield* cut(second);
  for (let next = await take(rest); next; next = await take(rest)) yield* cut(next);
}

function* cut(chunk: Buffer): Generator<Buffer> {
  for (let from = 0; from < chunk.length; from += SLICE) yield chunk.subarray(from, from + SLICE);
}

/** Iterating over the stream itself would drop what it holds when it fails. */
async function* inSlices(input: AsyncIterable<Buffer>, chunkSize: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize });
  const plain: Buffer[] = [];
  let failure: Error | undefined;
  const failed = new Promise<void>((resolve) => {
    gunzip.on('error', (cause) => {
      failure = cause;
      resolve();
    });
  });
  gunzip.on('data', (chunk: Buffer) => plain.push(chunk));
  try {
    for await (const slice of input) {
      const written = new Promise<void>((resolve) => gunzip.write(slice, () => resolve()));
      yield* plain.splice(0); // what came before is parsed while zlib's thread works on this slice
      await Promise.race([failed, written]);
      if (failure) break;
    }
    if (!failure) await Promise.race([failed, new Promise<void>((resolve) => gunzip.on('end', resolve).end())]);
    yield* plain.splice(0);
    if (failure) throw failure;
  } finally {
    gunzip.destroy();
  }
}
