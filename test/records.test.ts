// Reading CloudTrail input: every shape gives the same records, what is broken costs nothing but itself, and every source is found.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { Unreadable } from '../adapters/records/row.ts';
import { type Broken, type Row, rowsOf, sourcesOf } from '../adapters/records.ts';
import {
  event,
  faults,
  half,
  inChunks,
  json,
  noise,
  one,
  read,
  readText,
  reasons,
  shapes,
  told,
  trail,
  WAYS,
} from './records.cases.ts';

describe.each(WAYS)('read whole up to $whole, in batches of $batch', (limits) => {
  test.each(Object.entries(shapes))('%s', async (_, [input, expected]) => {
    expect(told(await readText(input, limits))).toBe(expected);
  });

  test.each(Object.entries(faults))('%s', async (_, [input, expected]) => {
    const rows = await readText(input, limits);
    if (input !== noise) expect(told(rows)).toBe(expected);
    const places = rows.filter((row) => row.kind === 'record' || row.level === 'record').map((row) => row.index);
    expect(places).toEqual([...places.keys()]);
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

  test('that AWS broke off, beside the record that it cut', async () => {
    const broken = async function* () {
      yield Buffer.from(half(json(1)));
      throw new Unreadable('cannot be read: S3 cannot be reached', 'aws');
    };
    const rows = await read(broken());
    expect(rows.map((row) => row.kind === 'broken' && row.level)).toEqual(['record', 'aws']);
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
    expect(reasons(rows)).toEqual([
      expect.stringMatching(/^the gzip data is cut off: the input ends at byte \d+, in the middle/),
    ]);
  });

  test.each([100, 1000, 100_000])('with a wrong checksum, in chunks of %i', async (size) => {
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
    const outside = {
      stdin: (async function* () {
        yield* stdin;
      })(),
      s3: { region: 'us-east-1' },
    };
    for await (const source of sourcesOf(
      inputs.map((each) => (each === '-' ? each : join(folder, each))),
      outside,
    )) {
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
    ['a pattern that names a folder and a file in it', ['b{,/1.ndjson}'], '2 3'],
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
