// moto answers the scripts of the account contract as it was recorded, through the adapter that talks to the real AWS.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { awsAccounts, awsSenders } from '../../adapters/aws.ts';
import { AwsError } from '../../core/operations.ts';
import { accountContract, playAll, RECORDING, type World } from '../account.contract.ts';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'an example' };
const options = () => ({ region: 'us-east-1', endpoint: inject('moto'), credentials });

/** An account that nobody has used, entered through the member role. moto has every account and every role. */
async function freshAccount(): Promise<World> {
  const account = String(randomInt(100_000_000_000, 999_999_999_999));
  const call = await awsSenders(options())(account);
  await bucketFor(account);
  return { account, port: await awsAccounts(options()).open(account), call };
}

/** A trail needs a bucket. */
async function bucketFor(account: string): Promise<void> {
  const s3 = new S3Client({ ...options(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: `trail-${account}` }));
}

beforeAll(async () => {
  if (!process.env.UPDATE) return;
  const file = fileURLToPath(RECORDING);
  const head =
    'Generated: what moto answers to test/account.scripts.ts. UPDATE=1 npm run test:aws -- test/aws/account.test.ts writes it.';
  writeFileSync(file, `${JSON.stringify({ head, answers: await playAll(freshAccount) }, null, 2)}\n`);
  execFileSync('node_modules/.bin/biome', ['format', '--write', file]);
});

accountContract('moto', freshAccount);

describe('the door to an account', () => {
  test("is the caller's own credentials in its own account", async () => {
    const open = awsSenders(options());
    expect(await (await open('123456789012'))('sts:GetCallerIdentity', {})).toMatchObject({ Account: '123456789012' });
  });

  test('is a session of the member role elsewhere, asked for once', async () => {
    const open = awsSenders(options());
    const [first, second] = await Promise.all([open('444455556666'), open('444455556666')]);
    expect(first).toBe(second);
    expect(await first('sts:GetCallerIdentity', {})).toMatchObject({
      Account: '444455556666',
      Arn: 'arn:aws:sts::444455556666:assumed-role/iam-guardrail-remediation/iam-guardrail',
    });
  });

  test('is opened anew five minutes before the session ends', async () => {
    let now = Date.now();
    const open = awsSenders({ ...options(), now: () => now });
    const first = await open('444455556666');
    now += 54 * 60_000;
    expect(await open('444455556666')).toBe(first);
    now += 2 * 60_000;
    expect(await open('444455556666')).not.toBe(first);
  });

  test('says what is wrong with an account id', async () => {
    await expect(awsAccounts(options()).open('prod')).rejects.toThrow(
      'prod is not an AWS account id: it must have 12 digits',
    );
  });

  test('says what to deploy where the role cannot be assumed', async () => {
    const { endpoint, close } = await refusing();
    const accounts = awsAccounts({ ...options(), endpoint });
    const failure = await accounts.open('444455556666').catch((error: unknown) => error);
    close();
    expect(failure).toMatchObject({
      message: 'Cannot assume iam-guardrail-remediation in 444455556666: deploy the member role there',
      cause: { name: 'AwsError', call: 'sts:AssumeRole', code: 'AccessDenied', retryable: false },
    });
  });
});

test('a refusal says what was called, why, and that trying again does not help', async () => {
  const { port } = await freshAccount();
  const failure = await port
    .write({ call: 'iam:DeleteUserPolicy', input: { UserName: 'x', PolicyName: 'y' } })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AwsError);
  expect(failure).toMatchObject({
    call: 'iam:DeleteUserPolicy',
    code: 'NoSuchEntityException',
    retryable: false,
    cause: { name: 'NoSuchEntityException' },
  });
});

test('an AWS that cannot be reached may be tried again', async () => {
  const { endpoint, close } = await refusing();
  close();
  const open = awsAccounts({ ...options(), endpoint }).open('444455556666');
  await expect(open).rejects.toMatchObject({ name: 'AwsError', code: 'ECONNREFUSED', retryable: true });
});

/** An STS that knows its caller and lets it assume nothing, as moto never does. */
async function refusing(): Promise<{ endpoint: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const asked = (await request.toArray()).join('');
    if (asked.includes('GetCallerIdentity')) response.end(IDENTITY);
    else response.writeHead(403).end(DENIED);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ana</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>';
const DENIED =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>';
