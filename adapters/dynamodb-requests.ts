// What the port's words are in DynamoDB's: pure translations, so that the store itself only sends them.
import type { AttributeValue, QueryCommandInput, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Item, Key, Write } from '../core/ports.ts';
import { itemOf, type StoredRange, seconds, storedKey, storedText } from './stored.ts';

/** An item as DynamoDB returns it. */
export type Attributes = { [name: string]: AttributeValue };

type Condition = {
  ConditionExpression?: string;
  ExpressionAttributeNames?: { [name: string]: string };
  ExpressionAttributeValues?: Attributes;
};

/** The key attributes. */
export function keyAttributes(key: Key): Attributes {
  const { partition, sort } = storedKey(key);
  return { partition: { S: partition }, sort: { S: sort } };
}

/** The item, or undefined where there is none or it has expired but was not yet deleted. */
export function itemFrom(partition: string, attributes: Attributes | undefined, now: number): Item | undefined {
  if (!attributes) return undefined;
  const { sort, version, value, expires } = attributes;
  if (expires?.N !== undefined && Number(expires.N) <= seconds(now)) return undefined;
  return itemOf(partition, { sort: sort?.S ?? '', version: Number(version?.N), text: value?.S ?? '{}' });
}

/** A page of a partition; expired items are left out by DynamoDB after it has counted them towards `Limit`. */
export function queryOf(
  table: string,
  partition: string,
  { from, to, limit }: StoredRange,
  now: number,
): QueryCommandInput {
  const bounds = [
    ['#sort >= :from', from],
    ['#sort <= :to', to],
  ] as const;
  const set = bounds.filter(([, bound]) => bound !== undefined).map(([text]) => text);
  const range = set.length === 2 ? ['#sort BETWEEN :from AND :to'] : set;
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: ['#partition = :partition', ...range].join(' AND '),
    FilterExpression: 'attribute_not_exists(#expires) OR #expires > :now',
    ExpressionAttributeNames: {
      '#partition': 'partition',
      '#expires': 'expires',
      ...(range.length && { '#sort': 'sort' }),
    },
    ExpressionAttributeValues: {
      ':partition': { S: storedKey({ partition, sort: '' }).partition },
      ':now': { N: String(seconds(now)) },
      ...(from !== undefined && { ':from': { S: from } }),
      ...(to !== undefined && { ':to': { S: to } }),
    },
    ...(limit < 1000 && { Limit: limit }),
  };
}

/** The write as one action of a transaction. `writer` is kept in the item: by it a write recognizes itself. */
export function actionOf(table: string, write: Write, now: number, writer: string): TransactWriteItem {
  if (write.value === null) {
    return { Delete: { TableName: table, Key: keyAttributes(write), ...conditionOf(write, now) } };
  }
  if (write.expect === 'any') return { Update: countedUp(table, write, storedText(write, write.value), writer) };
  return {
    Put: {
      TableName: table,
      Item: {
        ...keyAttributes(write),
        version: { N: String(write.expect + 1) },
        value: { S: storedText(write, write.value) },
        writer: { S: writer },
        ...(write.expires !== undefined && { expires: { N: String(write.expires) } }),
      },
      ...conditionOf(write, now),
    },
  };
}

/** Only an update can count from a version that it does not know. */
function countedUp(
  table: string,
  write: Write,
  text: string,
  writer: string,
): NonNullable<TransactWriteItem['Update']> {
  const expires = write.expires === undefined ? undefined : { ':expires': { N: String(write.expires) } };
  const set = `SET #value = :value, #writer = :writer${expires ? ', #expires = :expires' : ' REMOVE #expires'}`;
  return {
    TableName: table,
    Key: keyAttributes(write),
    UpdateExpression: `${set} ADD #version :one`,
    ExpressionAttributeNames: { '#value': 'value', '#writer': 'writer', '#expires': 'expires', '#version': 'version' },
    ExpressionAttributeValues: { ':value': { S: text }, ':writer': { S: writer }, ':one': { N: '1' }, ...expires },
  };
}

/** INVARIANT: an expired item counts as none, whether or not DynamoDB has deleted it yet. */
function conditionOf({ expect }: Write, now: number): Condition {
  if (expect === 'any') return {};
  const moment = { ':now': { N: String(seconds(now)) } };
  if (expect === 0) {
    return {
      ConditionExpression: 'attribute_not_exists(#partition) OR #expires <= :now',
      ExpressionAttributeNames: { '#partition': 'partition', '#expires': 'expires' },
      ExpressionAttributeValues: moment,
    };
  }
  return {
    ConditionExpression: '#version = :expect AND (attribute_not_exists(#expires) OR #expires > :now)',
    ExpressionAttributeNames: { '#version': 'version', '#expires': 'expires' },
    ExpressionAttributeValues: { ...moment, ':expect': { N: String(expect) } },
  };
}
