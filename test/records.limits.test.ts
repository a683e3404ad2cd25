// Whatever comes in, in whatever pieces: nothing lost, nothing held, no time wasted.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scanner } from '../adapters/records/scanner.ts';
import { LIMITS, rowsOf } from '../adapters/records.ts';
import { recordsOf } from '../events/cloudtrail.ts';
import { inChunks, json, one, read, readText, reasons, small, told, WAYS } from './records.cases.ts';

describe('properties', () => {
  const record = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('detail', 'Records', 'a"b', '\\')),
    fc.jsonValue(),
  );
  const text = fc
    .constantFrom('\\', '"', '\\"', '}],{', '\u2028é', '{"a":')
    .map((each) => ({ eventVersion: each, a: [each] }));
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
      const rows = await read(
        inChunks(zip ? gzipSync(bytes) : bytes, ...cuts),
        scanner ? { ...limit, scanner } : limit,
      );
      const plain = JSON.parse(JSON.stringify(list));
      expect(rows.filter((row) => row.kind === 'record').map((row) => row.value)).toEqual(recordsOf(plain));
      expect(rows.filter((row) => row.kind === 'broken' && row.reason !== 'is empty')).toEqual([]);
    });

  test('any records in any shape, in any chunks, come back in their order', async () => {
    await fc.assert(readsAll(), { numRuns: 1500 });
  });

  test('a scanner that forgets escapes is caught', async () => {
    const run = await fc.check(
      readsAll(() => new Forgetful()),
      { numRuns: 1500 },
    );
    expect(run.failed).toBe(true);
  });

  test('one bad record anywhere costs only itself', async () => {
    const broken = fc.constantFrom(
      'nope',
      '{"eventVersion":"1.11"',
      '{"eventVersion":x}',
      '{"a":"b"c"}',
      '{"eventVersion":"1.11","b":[',
    );
    const lists = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      broken,
      limits,
      fc.boolean(),
    );
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

/** Reads every backslash as a letter. */
class Forgetful extends Scanner {
  override scan(bytes: Buffer, from: number): number {
    return super.scan(Buffer.from(bytes.map((byte) => (byte === 0x5c ? 0x78 : byte))), from);
  }
}
