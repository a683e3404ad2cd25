// What can come in, and what it must give: records, `!` for a broken one, `?` for a broken source.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { LIMITS, type Limits, type Row, rowsOf } from '../adapters/records.ts';
import { did, user } from '../events/did.ts';

export type Chunks = Iterable<Buffer> | AsyncIterable<Buffer>;

export const one = (n: number) => did(user('alice'), 'iam:CreateAccessKey', { userName: `bob-${n}` });
export const json = (n: number): string => JSON.stringify(one(n));
export const event = (n: number) => ({
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: one(n),
});
export const trail = (...list: number[]): string => JSON.stringify({ Records: list.map(one) });
export const small: Limits = { ...LIMITS, whole: 64, batch: 0 };
/** All the ways through the reader: parsed whole, in batches, element by element. */
export const WAYS: Limits[] = [LIMITS, { ...LIMITS, whole: 64, batch: 700 }, small];

export async function read(chunks: Chunks, limits: Limits = LIMITS): Promise<Row[]> {
  const rows: Row[] = [];
  const open = async function* () {
    yield* chunks;
  };
  for await (const batch of rowsOf({ name: 'test', open }, limits)) rows.push(...batch);
  return rows;
}

export const readText = (text: string | Buffer, limits?: Limits) => read([Buffer.from(text)], limits);

/** `1` for the record of `one(1)`, `!` for a broken one, `?` for a broken source. */
export function told(rows: Row[]): string {
  const names = rows.map((row) => {
    if (row.kind === 'broken') return row.level === 'record' ? '!' : '?';
    const found = /"bob-(\d+)"/.exec(JSON.stringify(row.value));
    return found?.[1] ?? 'x';
  });
  return names.join(' ');
}

export const reasons = (rows: Row[]): string[] => rows.flatMap((row) => (row.kind === 'broken' ? [row.reason] : []));

export function* inChunks(bytes: Buffer, ...sizes: number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));
const unquoted = (text: string): string => text.replace('"bob-2"', 'bob-2');
const requoted = (text: string): string => text.replace('"bob-2"', '"bob-2""');
export const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3) * 17) & 255));

export const shapes: { [title: string]: [input: string | Buffer, expected: string] } = {
  'a trail file': [trail(1, 2, 3), '1 2 3'],
  'a trail file in lines': [JSON.stringify({ Records: [one(1), one(2)] }, null, 2), '1 2'],
  'a trail file with other members around its records': [
    `{"a":{"b":[1]},"Records":[${json(1)},${json(2)}],"c":"]}"}`,
    '1 2',
  ],
  'an array of records': [JSON.stringify([one(1), one(2)]), '1 2'],
  'an array of events': [JSON.stringify([event(1), event(2)]), '1 2'],
  'an array of arrays and trail files': [`[[${json(1)}],${trail(2, 3)},[]]`, '1 2 3'],
  'a single record': [json(1), '1'],
  'a single record in lines': [JSON.stringify(one(1), null, 2), '1'],
  'a single event': [JSON.stringify(event(1)), '1'],
  'lines of records': [`${json(1)}\n${json(2)}\n`, '1 2'],
  'lines of events, the last without an end': [`${JSON.stringify(event(1))}\n${JSON.stringify(event(2))}`, '1 2'],
  'lines of trail files': [`${trail(1, 2)}\n${trail(3)}\n`, '1 2 3'],
  'objects in lines, one after the other': [
    `${JSON.stringify(one(1), null, 2)}\n${JSON.stringify(event(2), null, 1)}`,
    '1 2',
  ],
  'objects without anything between': [`${json(1)}${json(2)}${trail(3)}`, '1 2 3'],
  'all shapes mixed': [
    `\ufeff${json(1)}\r\n\r\n${JSON.stringify([event(2)], null, 1)}${trail(3, 4)}\n\n${json(5)}`,
    '1 2 3 4 5',
  ],
  'CRLF and blank lines': [`\r\n${json(1)}\r\n \r\n${json(2)}\r\n\r\n`, '1 2'],
  'a gzip file': [gzipSync(trail(1, 2)), '1 2'],
  'several gzip members': [Buffer.concat([gzipSync(`${json(1)}\n`), gzipSync(trail(2)), gzipSync('')]), '1 2'],
  'no records': ['{"Records":[]}', ''],
};

export const faults: { [title: string]: [input: string | Buffer, expected: string] } = {
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
  'elements that are no JSON': [`[${json(1)},nope,{"a":01},${json(2)},{nope},${json(3)}]`, '1 ! ! 2 ! 3'],
  'a file of bad and good documents': [`{"a" 1}\n${JSON.stringify(one(1), null, 2)}\n${json(2)}\n`, '! 1 2'],
};
