// Reading CloudTrail input: every shape gives the same records, and what is broken costs nothing but itself.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Scanner } from '../adapters/records/scanner.ts';
import { type Broken, LIMITS, type Limits, type Row, rowsOf, sourcesOf } from '../adapters/records.ts';
import { recordsOf } from '../events/cloudtrail.ts';
import { did, user } from '../events/did.ts';

type Chunks = Iterable<Buffer> | AsyncIterable<Buffer>;

const one = (n: number) => did(user('alice'), 'iam:CreateAccessKey', { userName: `bob-${n}` });
const json = (n: number): string => JSON.stringify(one(n));
const event = (n: number) => ({ source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail', detail: one(n) });
const trail = (...list: number[]): string => JSON.stringify({ Records: list.map(one) });
const small: Limits = { ...LIMITS, whole: 64, batch: 0 };
/** All the ways through the reader: parsed whole, in batches, element by element. */
const WAYS: Limits[] = [LIMITS, { ...LIMITS, whole: 64, batch: 700 }, small];

async function read(chunks: Chunks, limits: Limits = LIMITS): Promise<Row[]> {
  const rows: Row[] = [];
  const open = async function* () {
    yield* chunks;
  };
  for await (const batch of rowsOf({ name: 'test', open }, limits)) rows.push(...batch);
  return rows;
}

const readText = (text: string | Buffer, limits?: Limits) => read([Buffer.from(text)], limits);

/** `1` for the record of `one(1)`, `!` for a broken one, `?` for a broken source. */
function told(rows: Row[]): string {
  const names = rows.map((row) => {
    if (row.kind === 'broken') return row.level === 'record' ? '!' : '?';
    const found = /"bob-(\d+)"/.exec(JSON.stringify(row.value));
    return found?.[1] ?? 'x';
  });
  return names.join(' ');
}

const reasons = (rows: Row[]): string[] => rows.flatMap((row) => (row.kind === 'broken' ? [row.reason] : []));

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));
const unquoted = (text: string): string => text.replace('"bob-2"', 'bob-2');
const requoted = (text: string): string => text.replace('"bob-2"', '"bob-2""');
const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3) * 17) & 255));

const shapes: { [title: string]: [input: string | Buffer, expected: string] } = {
  'a trail file': [trail(1, 2, 3), '1 2 3'],
  'a trail file in lines': [JSON.stringify({ Records: [one(1), one(2)] }, null, 2), '1 2'],
  'a trail file with other members around its records': [`{"a":{"b":[1]},"Records":[${json(1)},${json(2)}],"c":"]}"}`, '1 2'],
  'an array of records': [JSON.stringify([one(1), one(2)]), '1 2'],
  'an array of events': [JSON.stringify([event(1), event(2)]), '1 2'],
  'an array of arrays and trail files': [`[[${json(1)}],${trail(2, 3)},[]]`, '1 2 3'],
  'a single record': [json(1), '1'],
  'a single record in lines': [JSON.stringify(one(1), null, 2), '1'],
  'a single event': [JSON.stringify(event(1)), '1'],
  'lines of records': [`${json(1)}\n${json(2)}\n`, '1 2'],
  'lines of events, the last without an end': [`${JSON.stringify(event(1))}\n${JSON.stringify(event(2))}`, '1 2'],
  'lines of trail files': [`${trail(1, 2)}\n${trail(3)}\n`, '1 2 3'],
  'objects in lines, one after the other': [`${JSON.stringify(one(1), null, 2)}\n${JSON.stringify(event(2), null, 1)}`, '1 2'],
  'objects without anything between': [`${json(1)}${json(2)}${trail(3)}`, '1 2 3'],
  'all shapes mixed': [`\ufeff${json(1)}\r\n\r\n${JSON.stringify([event(2)], null, 1)}${trail(3, 4)}\n\n${json(5)}`, '1 2 3 4 5'],
  'CRLF and blank lines': [`\r\n${json(1)}\r\n \r\n${json(2)}\r\n\r\n`, '1 2'],
  'a gzip file': [gzipSync(trail(1, 2)), '1 2'],
  'several gzip members': [Buffer.concat([gzipSync(`${json(1)}\n`), gzipSync(trail(2)), gzipSync('')]), '1 2'],
  'no records': ['{"Records":[]}', ''],
};

const faults: { [title: string]: [input: string | Buffer, expected: string] } = {
  'an empty input': ['', '?'],
  'nothing but white space': ['\n \r\n', '?'],
  'an empty gzip file': [gzipSync(''), '?'],
  noise: [noise, '!'],
  'another compression': [deflateRawSync(trail(1, 2)), '!'],
  'half a trail file': [`{"Records":[${json(1)},${json(2)},${half(json(3))}`, '1 2 !'],
  'half a trail file in lines': [JSON.stringify({ Records: [one(1), one(2)] }, null, 2).slice(0, -300), '1 !'],
  'a trail file cut off between two records': [`{"Records":[${json(1)},${json(2)}`, '1 2 ?'],
  'half a record in lines': [half(JSON.stringify(one(1), null, 2)), '!'],
  'half a line at the end': [`${json(1)}\n${half(json(2))}`, '1 !'],
  'a bad line': [`${json(1)}\nnot json\n${json(2)}\n`, '1 ! 2'],
  'bad lines': [`${json(1)}\nnot json\nnor this\n{nor this}\n${json(2)}\n`, '1 ! ! ! 2'],
  'a bad first line': [`nope\n${json(1)}\n${json(2)}\n`, '! 1 2'],
  'a line cut off in a string': [`${json(1)}\n{"a":"b\n${json(2)}\n`, '1 ! 2'],
  'a line cut off in a list': [`${json(1)}\n{"a":[1,\n${json(2)}\n${json(3)}`, '1 ! 2 3'],
  'a line cut off before a value': [`${json(1)}\n{"a":\n${json(2)}\n${json(3)}`, '1 ! 2 3'],
  'a bad element': [`{"Records":[${json(1)},${unquoted(json(2))},${json(3)}]}`, '1 ! 3'],
  'a bad first element': [`{"Records":[${unquoted(json(2))},${json(3)},${json(4)}]}`, '! 3 4'],
  'a bad last element': [`{"Records":[${json(1)},${unquoted(json(2))}]}\n${json(3)}`, '1 ! 3'],
  'an element with a quote too many': [`{"Records":[${json(1)},${requoted(json(2))},${json(3)}]}`, '1 ! 3'],
  'an element cut off': [`{"Records":[${json(1)},${half(json(2))},${json(3)},${json(4)}]}`, '1 ! 3 4'],
  'elements that are no JSON': [`[${json(1)},nope,${json(2)},{nope},{"a":01},${json(3)}]`, '1 ! 2 ! ! 3'],
  'a file of bad and good documents': [`{"a" 1}\n${JSON.stringify(one(1), null, 2)}\n${json(2)}\n`, '! 1 2'],
};

describe.each(WAYS)('read whole up to $whole, in batches of $batch', (limits) => {
  test.each(Object.entries(shapes))('%s', async (_, [input, expected]) => {
    expect(told(await readText(input, limits))).toBe(expected);
  });

  test.each(Object.entries(faults))('%s', async (_, [input, expected]) => {
    const rows = await readText(input, limits);
    if (input !== noise) expect(told(rows)).toBe(expected);
    expect(rows.filter((row) => row.kind === 'record' || row.level === 'record').map((row) => row.index)).toEqual([
      ...Array(rows.filter((row) => row.kind === 'record' || row.level === 'record').length).keys(),
    ]);
    for (const reason of reasons(rows)) expect(reason).toMatch(/^[a-zA-Z0-9 ,;:]+$/);
  });
});

describe('what a row says', () => {
  test('the event around a record, and none where there is none', async () => {
    const rows = await readText(JSON.stringify([event(1), one(2)]));
    expect(rows).toEqual([
      { kind: 'record', value: one(1), source: 'test', index: 0, envelope: event(1) },
      { kind: 'record', value: one(2), source: 'test', index: 1 },
    ]);
  });

  test('where a file breaks off', async () => {
    const text = `{"Records":[${json(1)},${half(json(2))}`;
    const [, cut] = await readText(text);
    const begins = `{"Records":[${json(1)},`.length;
    const reason = `cut off: the input ends at byte ${text.length}, in the middle of a record; it begins at byte ${begins}`;
    expect(cut).toEqual({ kind: 'broken', level: 'record', source: 'test', index: 1, reason });
  });

  test('where a line is wrong', async () => {
    const reason = `not valid JSON at byte ${json(1).length + 7}; it begins at byte ${json(1).length + 1}`;
    expect(reasons(await readText(`${json(1)}\n{"a": <script>}\n`))).toEqual([reason]);
  });
});

describe('gzip', () => {
  const many = Array.from({ length: 2000 }, (_, i) => i);
  const zipped = gzipSync(trail(...many));

  test('cut off: every whole record before the cut', async () => {
    const rows = await read([zipped.subarray(0, zipped.length - 2000)]);
    const whole = rows.filter((row) => row.kind === 'record');
    expect(whole.map((row) => row.value)).toEqual(many.slice(0, whole.length).map(one));
    expect(whole.length).toBeGreaterThan(1500);
    expect(reasons(rows)).toEqual([expect.stringMatching(/^the gzip data is cut off: the input ends at byte \d+, in the middle/)]);
  });

  test.each([1, 1000, 100_000])('with a wrong checksum, in chunks of %i', async (size) => {
    const wrong = Buffer.from(zipped);
    wrong.writeUInt8(wrong.readUInt8(wrong.length - 8) ^ 255, wrong.length - 8);
    const rows = await read(inChunks(wrong, size));
    expect(reasons(rows)).toEqual([expect.stringContaining('the gzip data is damaged')]);
    if (size >= zipped.length) expect(rows.length).toBeGreaterThan(1999);
  });

  test('cut off in its header', async () => {
    expect(reasons(await read([zipped.subarray(0, 5)]))).toEqual(['the gzip data is cut off']);
  });
});

describe('properties', () => {
  const record = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('detail', 'Records', 'a"b', '\\')), fc.jsonValue());
  const text = fc.constantFrom('\\', '"', '\\"', '}],{', '\u2028é', '{"a":').map((each) => ({ eventVersion: each, a: [each] }));
  const records = fc.array(fc.oneof(record, text), { maxLength: 30 });
  const shape = fc.constantFrom<(list: unknown[]) => string>(
    (list) => JSON.stringify({ Records: list }),
    (list) => JSON.stringify({ Records: list }, null, 2),
    (list) => JSON.stringify({ before: '}"', Records: list, after: [{}] }),
    (list) => JSON.stringify(list),
    (list) => JSON.stringify(list, null, '\t'),
    (list) => list.map((each) => JSON.stringify(each)).join('\n'),
    (list) => `\ufeff${list.map((each) => JSON.stringify(each)).join('\r\n\r\n')}\r\n`,
    (list) => list.map((each) => JSON.stringify(each, null, 2)).join(''),
    (list) => list.map((each) => JSON.stringify({ Records: [each] })).join('\n'),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
  const limits = fc.constantFrom(...WAYS, { ...small, whole: 0 }, { ...LIMITS, whole: 0, batch: 60 });

  const readsAll = (scanner?: () => Scanner) =>
    fc.asyncProperty(records, shape, sizes, fc.boolean(), limits, async (list, write, cuts, zip, limit) => {
      const bytes = Buffer.from(write(list));
      const rows = await read(inChunks(zip ? gzipSync(bytes) : bytes, ...cuts), scanner ? { ...limit, scanner } : limit);
      const plain = JSON.parse(JSON.stringify(list));
      expect(rows.filter((row) => row.kind === 'record').map((row) => row.value)).toEqual(recordsOf(plain));
      expect(rows.filter((row) => row.kind === 'broken' && row.reason !== 'is empty')).toEqual([]);
    });

  test('any records in any shape, in any chunks, come back in their order', async () => {
    await fc.assert(readsAll(), { numRuns: 1500 });
  });

  test('a scanner that forgets escapes is caught', async () => {
    const run = await fc.check(readsAll(() => new Forgetful()), { numRuns: 1500 });
    expect(run.failed).toBe(true);
  });

  test('one bad record anywhere costs only itself', async () => {
    const broken = fc.constantFrom('nope', '{"eventVersion":"1.11"', '{"eventVersion":x}', '{"a":"b"c"}', '{"eventVersion":"1.11","b":[');
    const lists = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), broken, limits, fc.boolean());
    await fc.assert(
      fc.asyncProperty(lists, sizes, async ([before, after, bad, limit, asLines], cuts) => {
        const parts = [...Array(before).keys(), -1, ...Array(after).keys()].map((n) => (n < 0 ? bad : json(n)));
        const bytes = Buffer.from(asLines ? parts.join('\n') : `{"Records":[${parts.join(',')}]}`);
        const expected = [...Array(before).keys(), '!', ...Array(after).keys()].join(' ');
        expect(told(await read(inChunks(bytes, ...cuts), limit))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

/** Reads every backslash as a letter. */
class Forgetful extends Scanner {
  override scan(bytes: Buffer, from: number): number {
    return super.scan(Buffer.from(bytes.map((byte) => (byte === 0x5c ? 0x78 : byte))), from);
  }
}

function* inChunks(bytes: Buffer, ...sizes: number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('memory and time', () => {
  const MIB = 1_048_576;
  const block = Buffer.from(`${Array.from({ length: 800 }, (_, i) => json(i)).join(',\n')}`);

  /** Reads `count` blocks and gives the most bytes that had been handed in and not come back as records. */
  async function waiting(first: string, between: string, last: string, count: number): Promise<number> {
    let [given, back, most] = [0, 0, 0];
    const open = async function* () {
      yield Buffer.from(first);
      for (let i = 0; i < count; i += 1) {
        given += block.length;
        yield Buffer.concat([Buffer.from(i > 0 ? between : ''), block]);
      }
      yield Buffer.from(last);
    };
    for await (const rows of rowsOf({ name: 'large', open })) {
      most = Math.max(most, given - back);
      back += (rows.filter((row) => row.kind === 'record').length * block.length) / 800;
    }
    expect(Math.round(back)).toBe(given);
    return most;
  }

  test('a large trail file is held in small parts', async () => {
    expect(await waiting('{"Records":[', ',', ']}', 60)).toBeLessThan(4 * MIB);
  });

  test('so is a large array in lines', async () => {
    expect(await waiting('[\n', ',\n', '\n]\n', 60)).toBeLessThan(4 * MIB);
  });

  test('a line that is too long is refused without being held, and the rest goes on', async () => {
    const piece = Buffer.alloc(MIB, 'a');
    const giant = function* (before: string, after: string) {
      yield Buffer.from(before);
      for (let i = 0; i < 200; i += 1) yield piece;
      yield Buffer.from(after);
    };
    const before = process.memoryUsage().arrayBuffers;
    for (const rows of [
      await read(giant(`${json(1)}\n{"a":"`, `"}\n${json(2)}`)),
      await read(giant(`{"Records":[${json(1)},{"a":"`, `"},${json(2)}]}`)),
    ]) {
      expect(told(rows)).toBe('1 ! 2');
      expect(reasons(rows)).toEqual([expect.stringMatching(/^longer than 64 MiB, refused; it begins at byte \d+$/)]);
    }
    expect(told(await read(giant(`${json(1)}\n`, `\n${json(2)}`)))).toBe('1 ! 2');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(250 * MIB);
  });

  test('a record of 256 kB is nothing special', async () => {
    const large = JSON.stringify({ ...one(2), note: 'é'.repeat(128_000) });
    for (const limits of WAYS) expect(told(await readText(`[${json(1)},${large},${json(3)}]`, limits))).toBe('1 2 3');
  });

  const hostile: { [title: string]: string } = {
    'nested lists': '['.repeat(100_000) + ']'.repeat(100_000),
    'nested lists without an end': '['.repeat(400_000),
    'nested objects without an end': '{"a":'.repeat(400_000),
    'nested trail files': '{"Records":['.repeat(100_000) + ']}'.repeat(100_000),
    'lines that open lists': `${json(1)}\n${'[\n'.repeat(200_000)}`,
    'lines that open objects': `${json(1)}\n${'{"k":[1,\n'.repeat(100_000)}`,
    'elements that open objects': `{"Records":[${'{"k":[1,'.repeat(200_000)}`,
    'elements that open objects, and a fault': `{"Records":[${'{"k":[1,'.repeat(200_000)}x y`,
    'bad elements that all differ': `[${Array.from({ length: 20_000 }, (_, i) => `{"k${i}":bad bad}`).join(',')}]`,
    'empty elements': `[${'{},'.repeat(200_000)}{}]`,
    'values on one line': '{"a":1}'.repeat(50_000),
  };

  test.each(Object.entries(hostile))('linear and without recursion: %s', async (_, text) => {
    const started = performance.now();
    for (const limits of [LIMITS, small]) await readText(text, limits);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guardrail-records-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
  for (const each of ['b', 'empty', 'b/CloudTrail-Digest', 'c']) mkdirSync(join(folder, each));
  put('z.json', trail(5));
  put('a.jsonl', `${json(1)}\n`);
  put('b/2.json.gz', gzipSync(trail(3)));
  put('b/1.ndjson', json(2));
  put('b/README.md', 'no records');
  put('b/CloudTrail-Digest/d.json.gz', gzipSync('{}'));
  put('c/x[1].JSONL.GZ', json(4));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'empty', 'README'));

  async function readAll(...inputs: string[]): Promise<Row[]> {
    const rows: Row[] = [];
    const stdin = inChunks(Buffer.from(json(9)), 50);
    const outside = { stdin: (async function* () { yield* stdin; })(), s3: { region: 'us-east-1' } };
    for await (const source of sourcesOf(inputs.map((each) => (each === '-' ? each : join(folder, each))), outside)) {
      if ('kind' in source) rows.push(source);
      else for await (const batch of rowsOf(source)) rows.push(...batch);
    }
    return rows;
  }

  test.each([
    ['a folder with its subfolders, in the order of names', ['.'], '1 2 3 4 5'],
    ['files in the order given', ['z.json', 'a.jsonl'], '5 1'],
    ['a file whatever its name', ['b/README.md', 'b/1.ndjson'], '! 2'],
    ['a pattern', ['b/*json*'], '2 3'],
    ['a pattern that names folders and their files', ['**'], '1 2 3 4 5'],
    ['a file whose name looks like a pattern', ['c/x[1].JSONL.GZ'], '4'],
    ['standard input among files', ['z.json', '-', 'a.jsonl'], '5 9 1'],
  ])('%s', async (_, inputs, expected) => {
    expect(told(await readAll(...inputs))).toBe(expected);
  });

  test.each([
    ['a path that does not exist', 'nope.json', 'does not exist'],
    ['a path through a file', 'z.json/a', 'does not exist: a part of its path is not a folder'],
    ['an empty folder', 'empty', 'holds no .json, .jsonl or .ndjson files'],
    ['a pattern without a match', 'nope-*', 'matches no file'],
  ])('%s, and the rest goes on', async (_, input, reason) => {
    const rows = await readAll(input, 'z.json');
    const expected: Broken = { kind: 'broken', level: 'source', source: join(folder, input), index: 0, reason };
    expect(rows[0]).toEqual(expected);
    expect(told(rows)).toBe('? 5');
  });

  test('a file that may not be read, and the rest goes on', async () => {
    chmodSync(folder, 0o755);
    put('locked.json', trail(1));
    chmodSync(join(folder, 'locked.json'), 0o000);
    const rows = await asNobody(() => readAll('locked.json', 'z.json'));
    rmSync(join(folder, 'locked.json'));
    expect(reasons(rows)).toEqual(['cannot be read: permission denied']);
    expect(told(rows)).toBe('? 5');
  });
});

/** Root may read everything, so it becomes somebody else for the moment. */
async function asNobody<Value>(work: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
