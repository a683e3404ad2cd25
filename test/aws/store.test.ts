// The store in DynamoDB, under the same contract, on moto; and what only a network can do to it.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { dynamoStore } from '../../adapters/dynamodb.ts';
import { AwsError } from '../../core/operations.ts';
import { storeContract } from '../store.contract.ts';

/** moto answers on several threads without locking a table, which DynamoDB does: one connection makes up for it. */
const oneByOne = { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }), socketAcquisitionWarningTimeout: 60_000 };
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const client = { ...settings, endpoint: inject('moto'), requestHandler: oneByOne };
/** Retries need no pause here. */
const still = { sleep: async () => {} };
const dynamo = new DynamoDBClient(client);

afterAll(() => {
  dynamo.destroy();
  oneByOne.httpAgent.destroy();
});

async function newTable(): Promise<string> {
  const table = `guardrail-${randomUUID()}`;
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'partition', AttributeType: 'S' },
        { AttributeName: 'sort', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'partition', KeyType: 'HASH' },
        { AttributeName: 'sort', KeyType: 'RANGE' },
      ],
    }),
  );
  return table;
}

storeContract(
  'the store in DynamoDB',
  async (clock) => dynamoStore({ table: await newTable(), client, clock: { ...still, now: clock.now } }),
  {
    runs: 40,
  },
);

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse, forward: () => Promise<void>) => Promise<void>;

/** A server between the store and moto, which answers as it is told to. */
async function between(answer: Answer): Promise<{ endpoint: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, () => forward(incoming, outgoing)).catch((error) => outgoing.destroy(error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, headers } = incoming;
  const onward = request(inject('moto'), { method, headers });
  onward.end(await text(incoming));
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  const body = await text(reply);
  if (outgoing.destroyed) return;
  outgoing.writeHead(reply.statusCode ?? 500, reply.headers).end(body);
}

function refuse(outgoing: ServerResponse, code: string, more: object = {}): void {
  outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(
    JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'as the test says', ...more }),
  );
}

describe('the store in DynamoDB, when the network or DynamoDB fails', () => {
  const KEY = { partition: 'p', sort: 's' };

  test('recognizes its own write when the reply was lost and the SDK sent it again', async () => {
    let lost = 0;
    const { endpoint, close } = await between(async (_, outgoing, pass) => {
      if (lost > 0) return pass();
      lost += 1;
      outgoing.writeHead = () => outgoing.destroy() as never;
      await pass().catch(() => {});
    });
    const store = dynamoStore({ table: await newTable(), client: { ...settings, endpoint } });
    expect(await store.write([{ ...KEY, expect: 0, value: { n: 1 } }])).toBe(true);
    expect(await store.write([{ ...KEY, expect: 0, value: { n: 2 } }])).toBe(false);
    expect(lost).toBe(1);
    close();
  });

  test('waits out conflicts, and gives up at last with an error that may be retried', async () => {
    let conflicts = 5;
    const { endpoint, close } = await between(async (incoming, outgoing, pass) => {
      if (!String(incoming.headers['x-amz-target']).endsWith('TransactWriteItems') || conflicts <= 0) return pass();
      conflicts -= 1;
      refuse(outgoing, 'TransactionCanceledException', {
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      });
    });
    const pauses: number[] = [];
    const clock = { now: Date.now, sleep: async (ms: number) => void pauses.push(ms) };
    const store = dynamoStore({ table: await newTable(), client: { ...settings, endpoint }, clock });
    const writes = ['a', 'b'].map((sort) => ({ partition: 'p', sort, expect: 0, value: {} }));
    expect(await store.write(writes)).toBe(true);
    expect(pauses).toHaveLength(5);
    conflicts = 1000;
    const error = await store.write(writes).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({
      call: 'dynamodb:TransactWriteItems',
      code: 'TransactionCanceledException',
      retryable: true,
    });
    expect(Math.max(...pauses)).toBeLessThanOrEqual(2000);
    close();
  });

  test('says which table is missing, and what to do', async () => {
    const store = dynamoStore({ table: 'nowhere', client });
    await expect(store.get(KEY)).rejects.toThrow(
      'dynamodb:GetItem: ResourceNotFoundException: there is no table nowhere in us-east-1: deploy',
    );
    await expect(store.list('p')).rejects.toMatchObject({ retryable: false });
  });

  test('says what is too large for an item', async () => {
    const store = dynamoStore({ table: await newTable(), client });
    const write = store.write([{ ...KEY, expect: 0, value: { text: 'x'.repeat(500_000) } }]);
    await expect(write).rejects.toThrow(/dynamodb:PutItem: ValidationException: table guardrail-\S+: Item size/);
  });

  test('says that nobody answers', async () => {
    const { endpoint, close } = await between(async (_, outgoing) => void outgoing.destroy());
    const store = dynamoStore({ table: 't', client: { ...settings, endpoint, maxAttempts: 1 } });
    await expect(store.get(KEY)).rejects.toMatchObject({ call: 'dynamodb:GetItem', retryable: true });
    close();
  });
});
