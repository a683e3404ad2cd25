// Trail files in S3, on moto: one object, a prefix with its pages, and what S3 refuses.
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { type Row, rowsOf, sourcesOf } from '../../adapters/records.ts';
import { did, user } from '../../events/did.ts';

const endpoint = inject('moto');
const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
const bucket = `trail-${randomUUID()}`;
const logs = 'AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20';

const trail = (...list: number[]): string =>
  JSON.stringify({ Records: list.map((n) => did(user('alice'), 'iam:CreateAccessKey', { userName: `bob-${n}` })) });

const put = (key: string, body: string | Buffer) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await put(`${logs}/b.json.gz`, gzipSync(trail(2, 3)));
  await put(`${logs}/a.json.gz`, gzipSync(trail(1)));
  await put(`${logs}/c.txt`, 'no records');
  await put('AWSLogs/111122223333/CloudTrail-Digest/us-east-1/d.json.gz', gzipSync('{}'));
  await put('cut.json.gz', gzipSync(trail(1, 2)).subarray(0, 300));
  await put('plain', trail(7));
  await put('plain.json', trail(8));
  await put('large.json', `{"Records":[${Array(20_000).fill(trail(1)).join(',')}]}`);
});

afterAll(() => {
  vi.unstubAllEnvs();
  s3.destroy();
});

async function readAll(url: string, at = endpoint): Promise<{ names: string[]; rows: Row[] }> {
  const [names, rows]: [string[], Row[]] = [[], []];
  for await (const source of sourcesOf([url], { stdin: process.stdin, s3: { region, endpoint: at } })) {
    names.push('kind' in source ? source.source : source.name);
    if ('kind' in source) rows.push(source);
    else for await (const batch of rowsOf(source)) rows.push(...batch);
  }
  return { names, rows };
}

const users = (rows: Row[]) => rows.map((row) => /bob-\d+/.exec(JSON.stringify(row))?.[0]);

test('one object, whatever its key', async () => {
  const { names, rows } = await readAll(`s3://${bucket}/plain`);
  expect(names).toEqual([`s3://${bucket}/plain`]);
  expect(users(rows)).toEqual(['bob-7']);
});

test.each(['', 'AWSLogs/', 'AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/2'])(
  'the trail files under "%s"',
  async (prefix) => {
    const { names, rows } = await readAll(`s3://${bucket}/${prefix}`);
    const found = names.filter((each) => each.includes('AWSLogs'));
    expect(found).toEqual([`s3://${bucket}/${logs}/a.json.gz`, `s3://${bucket}/${logs}/b.json.gz`]);
    expect(users(rows).slice(0, 3)).toEqual(['bob-1', 'bob-2', 'bob-3']);
  },
);

test('a prefix of more than one page', async () => {
  const keys = Array.from({ length: 1005 }, (_, i) => `many/${String(i).padStart(5, '0')}.json`);
  for (let at = 0; at < keys.length; at += 50)
    await Promise.all(keys.slice(at, at + 50).map((key) => put(key, trail(1))));
  const found: string[] = [];
  for await (const source of sourcesOf([`s3://${bucket}/many/`], { stdin: process.stdin, s3: { region, endpoint } })) {
    found.push('kind' in source ? source.reason : source.name);
  }
  expect(found).toEqual(keys.map((key) => `s3://${bucket}/${key}`));
});

test('a large object comes in parts', async () => {
  const { rows } = await readAll(`s3://${bucket}/large.json`);
  expect(rows).toHaveLength(20_000);
});

test('an object that is cut off', async () => {
  const { rows } = await readAll(`s3://${bucket}/cut.json.gz`);
  expect(rows.at(-1)).toMatchObject({ kind: 'broken', reason: expect.stringContaining('the gzip data is cut off') });
});

test.each([
  [
    'a bucket that is not there',
    `s3://nobody-${randomUUID()}/a.json`,
    'aws',
    'cannot be read: there is no such bucket',
  ],
  ['a prefix without trail files', `s3://${bucket}/none/`, 'source', 'holds no .json, .jsonl or .ndjson objects'],
  ['no bucket', 's3://', 'source', 'names no bucket: write s3://bucket/key'],
])('%s', async (_, url, level, reason) => {
  const { rows } = await readAll(url);
  expect(rows).toEqual([{ kind: 'broken', level, source: url, index: 0, reason }]);
});

test('an S3 that does not answer', async () => {
  const { rows } = await readAll(`s3://${bucket}/plain`, 'http://127.0.0.1:9');
  expect(rows).toMatchObject([{ kind: 'broken', level: 'aws', reason: 'cannot be read: S3 cannot be reached' }]);
});

test('an object that is gone by the time it is read', async () => {
  await put('gone/a.json', trail(1));
  for await (const source of sourcesOf([`s3://${bucket}/gone/`], { stdin: process.stdin, s3: { region, endpoint } })) {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'gone/a.json' }));
    const rows: Row[] = [];
    if (!('kind' in source)) for await (const batch of rowsOf(source)) rows.push(...batch);
    expect(rows).toMatchObject([{ level: 'aws', reason: 'cannot be read: the object does not exist' }]);
  }
  expect.assertions(1);
});
