// Trail files where CloudTrail puts them: an S3 object, or every object under a prefix.
import type { S3Client } from '@aws-sdk/client-s3';
import { type Broken, type Source, Unreadable } from './records/row.ts';
import { isTrailName, unreadable } from './records/sources.ts';

export type S3Options = {
  region: string;
  /** Another S3 than the real one, as `http://127.0.0.1:5000`; its buckets stand in the path. */
  endpoint?: string | undefined;
};

/** The object `s3://bucket/key`, or else all objects whose keys begin so, in the order of their keys. */
export async function* s3Sources(url: string, options: S3Options): AsyncGenerator<Source | Broken> {
  const [bucket = '', ...path] = url.slice('s3://'.length).split('/');
  const key = path.join('/');
  if (bucket === '') return yield unreadable(url, 'names no bucket: write s3://bucket/key');
  try {
    const client = await clientOf(options);
    const bytes = key === '' || key.endsWith('/') ? undefined : await sizeOf(client, bucket, key);
    if (bytes !== undefined) yield objectSource(client, bucket, key, bytes);
    else yield* objectsUnder(client, bucket, key);
  } catch (cause) {
    yield unreadable(url, reasonOf(cause), 'aws');
  }
}

async function clientOf({ region, endpoint }: S3Options): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({ region, ...(endpoint ? { endpoint, forcePathStyle: true } : {}) });
}

/** The size of an object; undefined where there is none, which S3 calls forbidden to those who may not list. */
async function sizeOf(client: S3Client, bucket: string, key: string): Promise<number | undefined> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ContentLength ?? 0;
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 404 || status === 403) return undefined;
    throw cause;
  }
}

async function* objectsUnder(client: S3Client, bucket: string, prefix: string): AsyncGenerator<Source | Broken> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  let none = true;
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key: key, Size: size } of page.Contents ?? []) {
      if (!key || !isTrailName(key)) continue;
      none = false;
      yield objectSource(client, bucket, key, size);
    }
  }
  if (none) yield unreadable(`s3://${bucket}/${prefix}`, 'holds no .json, .jsonl or .ndjson objects');
}

function objectSource(client: S3Client, bucket: string, key: string, bytes: number | undefined): Source {
  const source: Source = { name: `s3://${bucket}/${key}`, open: () => contentOf(client, bucket, key) };
  return bytes === undefined ? source : { ...source, bytes };
}

async function* contentOf(client: S3Client, bucket: string, key: string): AsyncGenerator<Buffer> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (body) yield* body as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new Unreadable(reasonOf(cause), 'aws', cause);
  }
}

const REASONS: { [name: string]: string } = {
  NoSuchBucket: 'there is no such bucket',
  NoSuchKey: 'the object does not exist',
  AccessDenied: 'access denied',
  InvalidAccessKeyId: 'AWS does not know the access key',
  SignatureDoesNotMatch: 'AWS refuses the secret access key',
  ExpiredToken: 'the AWS session has expired',
  PermanentRedirect: 'the bucket lies in another region: set AWS_REGION',
  InvalidObjectState: 'the object is archived: restore it first',
  CredentialsProviderError: 'there are no AWS credentials',
  SlowDown: 'S3 asks to slow down',
};

/** Why S3 does not hand over an object; error texts from outside are not passed on. */
function reasonOf(cause: unknown): string {
  const known = cause instanceof Error ? REASONS[cause.name] : undefined;
  if (known) return `cannot be read: ${known}`;
  const status = statusOf(cause);
  if (status === 403) return 'cannot be read: access denied';
  return status ? `cannot be read: S3 answers with status ${status}` : 'cannot be read: S3 cannot be reached';
}

function statusOf(cause: unknown): number | undefined {
  if (!(cause instanceof Error) || !('$metadata' in cause)) return undefined;
  return (cause.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
