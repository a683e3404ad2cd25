// The store in the cloud: one DynamoDB table, strongly consistent reads, every step of the line one conditional write.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient, DynamoDBClientConfig, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../core/operations.ts';
import type { Clock, Item, Store, Write } from '../core/ports.ts';
import { type Attributes, actionOf, itemFrom, keyAttributes, queryOf } from './dynamodb-requests.ts';
import { checked, type StoredRange, storedRange } from './stored.ts';

/** `client` goes to the SDK as it is: region, endpoint, credentials. */
export type DynamoOptions = { table: string; client?: DynamoDBClientConfig; clock?: Clock };

type Sdk = typeof import('@aws-sdk/client-dynamodb');
type Table = { sdk: Sdk; client: DynamoDBClient; name: string; clock: Clock };

/** After so many tries a conflict or a throttle is an error: about three seconds, at most six. */
const TRIES = 8;

const SYSTEM: Clock = { now: Date.now, sleep: async (ms) => setTimeout(ms) };

/**
 * The store in a table with the key attributes `partition` (S, hash) and `sort` (S, range), and `expires` as its TTL
 * attribute. Throws `AwsError`, retryable where DynamoDB was busy for too long.
 */
export function dynamoStore({ table: name, client = {}, clock = SYSTEM }: DynamoOptions): Store {
  let opened: Promise<Table> | undefined;
  const table = () => {
    opened ??= open(name, client, clock);
    return opened;
  };
  return {
    get: async (key) => get(await table(), key),
    list: async (partition, range) => list(await table(), partition, storedRange(range)),
    write: async (writes) => writes.length === 0 || write(await table(), checked(writes)),
  };
}

/** The SDK is loaded when it is first needed: a function that answers without the store starts without it. */
async function open(name: string, options: DynamoDBClientConfig, clock: Clock): Promise<Table> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  return { sdk, client: new sdk.DynamoDBClient(options), name, clock };
}

async function get(table: Table, key: { partition: string; sort: string }): Promise<Item | undefined> {
  const command = new table.sdk.GetItemCommand({
    TableName: table.name,
    Key: keyAttributes(key),
    ConsistentRead: true,
  });
  const { Item: found } = await patiently(table, 'dynamodb:GetItem', () => table.client.send(command));
  const item = itemFrom(key.partition, found, table.clock.now());
  return item && { ...item, sort: key.sort };
}

async function list(table: Table, partition: string, range: StoredRange | undefined): Promise<Item[]> {
  const items: Item[] = [];
  let start: Attributes | undefined;
  if (!range) return items;
  do {
    const now = table.clock.now();
    const query = queryOf(table.name, partition, { ...range, limit: range.limit - items.length }, now);
    const command = new table.sdk.QueryCommand({ ...query, ExclusiveStartKey: start });
    const page = await patiently(table, 'dynamodb:Query', () => table.client.send(command));
    items.push(...(page.Items ?? []).flatMap((each) => itemFrom(partition, each, now) ?? []));
    start = page.LastEvaluatedKey;
  } while (start && items.length < range.limit);
  return items.slice(0, range.limit);
}

async function write(table: Table, writes: Write[]): Promise<boolean> {
  const writer = randomUUID();
  const actions = writes.map((each) => actionOf(table.name, each, table.clock.now(), writer));
  const [only] = actions;
  try {
    if (only && actions.length === 1 && !only.Delete?.ConditionExpression) await writeOne(table, only);
    else await writeAll(table, actions);
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return writes.length === 1 && writerOf(error) === writer;
  }
}

/**
 * A single action. When the reply to a put is lost, the SDK sends it again and its condition fails on the very item
 * that it wrote: so a failed condition returns the item, and `write` looks whose it is.
 */
async function writeOne(table: Table, { Put, Update, Delete }: TransactWriteItem): Promise<void> {
  const { sdk, client } = table;
  if (Put) {
    const command = new sdk.PutItemCommand({ ...Put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    await patiently(table, 'dynamodb:PutItem', () => client.send(command));
  }
  if (Update) {
    const command = new sdk.UpdateItemCommand(Update);
    await patiently(table, 'dynamodb:UpdateItem', () => client.send(command));
  }
  if (Delete) {
    const command = new sdk.DeleteItemCommand(Delete);
    await patiently(table, 'dynamodb:DeleteItem', () => client.send(command));
  }
}

/** A transaction carries a token, by which DynamoDB recognizes it when it is sent again; so a conditional delete is one too. */
async function writeAll(table: Table, actions: TransactWriteItem[]): Promise<void> {
  const command = new table.sdk.TransactWriteItemsCommand({ TransactItems: actions, ClientRequestToken: randomUUID() });
  await patiently(table, 'dynamodb:TransactWriteItems', () => table.client.send(command));
}

/** Waits out conflicts and throttling with growing, jittered pauses. A refused condition passes through as it came. */
async function patiently<Answer>(table: Table, call: string, send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (isRefused(error)) throw error;
      if (!isPassing(error) || tries === TRIES) throw await explained(error, call, table);
      await table.clock.sleep(Math.random() * Math.min(2000, 25 * 2 ** tries));
    }
  }
}

const PASSING = new Set([
  'None',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
]);

type Failure = {
  name?: string;
  message?: string;
  /** Of Node, where no answer came: `ECONNREFUSED`. */
  code?: string;
  $fault?: 'client' | 'server';
  CancellationReasons?: { Code?: string }[];
  Item?: Attributes;
};

/** One code for a single action, one for each action of a transaction (`None` for those that were not at fault). */
function codesOf(error: unknown): string[] {
  const { name = '', CancellationReasons: reasons } = error as Failure;
  return name === 'TransactionCanceledException' && reasons ? reasons.map(({ Code = 'None' }) => Code) : [name];
}

function isRefused(error: unknown): boolean {
  return codesOf(error).some((code) => code === 'ConditionalCheckFailed' || code === 'ConditionalCheckFailedException');
}

function isPassing(error: unknown): boolean {
  return codesOf(error).every((code) => PASSING.has(code));
}

function writerOf(error: unknown): string | undefined {
  return (error as Failure).Item?.writer?.S;
}

async function explained(error: unknown, call: string, { name: table, client }: Table): Promise<AwsError> {
  const { name = 'Error', message = String(error), code, $fault } = error as Failure;
  const unanswered = code !== undefined || name === 'TimeoutError';
  const about = { retryable: isPassing(error) || unanswered || $fault === 'server', cause: error };
  if (name !== 'ResourceNotFoundException') return new AwsError(call, name, `table ${table}: ${message}`, about);
  const region = await client.config.region();
  return new AwsError(
    call,
    name,
    `there is no table ${table} in ${region}: deploy the guardrail there, or name its table`,
    about,
  );
}
