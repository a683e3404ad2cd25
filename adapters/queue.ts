// The way from `detect` and the sweep to `respond`: an SQS FIFO queue with one group per incident, or an array.
import { createHash } from 'node:crypto';
import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { AwsError } from '../core/operations.ts';
import type { Queue } from '../core/ports.ts';
import type { Work } from '../core/work.ts';
import { isFields, text } from '../events/fields.ts';

export type QueueOptions = {
  /** The URL of the FIFO queue. */
  url: string;
  region: string;
  /** Another address for SQS, as for a local emulator. */
  endpoint?: string | undefined;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

type Sdk = typeof import('@aws-sdk/client-sqs');
type Connection = { sdk: Sdk; client: SQSClient };

/** SendMessageBatch takes so many. */
const BATCH = 10;
const MINUTE = 60_000;

/** Work into the queue, in order. Throws `AwsError` where a message was not taken; the sweep sends it again. */
export function sqsQueue(options: QueueOptions): Queue {
  const now = options.now ?? Date.now;
  let opened: Promise<Connection> | undefined;
  return {
    async send(work) {
      if (work.length === 0) return;
      opened ??= connect(options);
      const connection = await opened;
      for (let from = 0; from < work.length; from += BATCH)
        await sendBatch(work.slice(from, from + BATCH), options.url, now(), connection);
    },
  };
}

/** An in-process queue: `drain` hands the work over in order, what arrives meanwhile too, and says how much it was. */
export function localQueue(): Queue & { drain(handle: (work: Work) => Promise<unknown>): Promise<number> } {
  const waiting: Work[] = [];
  return {
    async send(work) {
      waiting.push(...work);
    },
    async drain(handle) {
      for (let done = 0; ; done += 1) {
        const next = waiting.shift();
        if (!next) return done;
        await handle(next);
      }
    },
  };
}

/**
 * The queue entry for work that is sent at `now`. SQS swallows an id that it has seen in the last five minutes, even when
 * that message has long been received: work that was tried and is due again (a change that does not show yet) would be
 * swallowed with it. So the id holds for one minute: a doubled send is one message, the sweep's next one is another.
 * `respond` does nothing for work that is done, so a message too many costs a read.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
 */
export function entryOf(work: Work, now: number): { body: string; group: string; deduplication: string } {
  const minute = Math.floor(now / MINUTE);
  const deduplication = createHash('sha256')
    .update(JSON.stringify([work.id, minute]))
    .digest('hex');
  return { body: JSON.stringify(work), group: work.incident, deduplication };
}

/** The work in a message. Throws where it is none: such a message ends in the dead-letter queue, where it is seen. */
export function workIn(body: string): Work {
  const parsed: unknown = JSON.parse(body);
  if (isWork(parsed)) return parsed;
  throw new Error('The message holds no work: was it sent by another version?');
}

const ABOUT: { [step in Work['do']]: 'finding' | 'change' } = {
  alert: 'finding',
  change: 'finding',
  carry: 'change',
  undo: 'change',
  expire: 'change',
  tell: 'change',
};

function isWork(value: unknown): value is Work {
  if (!isFields(value) || !text(value, 'id') || !text(value, 'incident')) return false;
  const step = text(value, 'do') ?? '';
  return Object.hasOwn(ABOUT, step) && text(value, ABOUT[step as Work['do']]) !== undefined;
}

/** Loaded with the first message; most events make none. A queue URL names another host than a local emulator's. */
async function connect({ region, endpoint }: QueueOptions): Promise<Connection> {
  const sdk = await import('@aws-sdk/client-sqs');
  const elsewhere = endpoint ? { endpoint, useQueueUrlAsEndpoint: false } : {};
  return { sdk, client: new sdk.SQSClient({ region, ...elsewhere }) };
}

async function sendBatch(work: Work[], url: string, now: number, { sdk, client }: Connection): Promise<void> {
  const command = new sdk.SendMessageBatchCommand({
    QueueUrl: url,
    Entries: work.map((each, at) => entry(each, at, now)),
  });
  const { Failed = [] } = await client.send(command).catch((cause: unknown) => {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    throw new AwsError('sqs:SendMessage', name, message, { retryable: true, cause });
  });
  const [first] = Failed;
  if (!first) return;
  const says = `${Failed.length} of ${work.length} messages were not taken: ${first.Message ?? 'no reason given'}`;
  throw new AwsError('sqs:SendMessage', first.Code ?? 'Unknown', says, { retryable: !first.SenderFault });
}

function entry(work: Work, at: number, now: number): SendMessageBatchRequestEntry {
  const { body, group, deduplication } = entryOf(work, now);
  return { Id: String(at), MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplication };
}
