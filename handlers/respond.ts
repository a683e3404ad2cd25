// `respond`: does the work that findings left: tells people, carries changes out, lets requests expire.
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { emptyArchive } from '../adapters/archive.ts';
import { awsAccounts } from '../adapters/aws.ts';
import { lambdaLog } from '../adapters/logger.ts';
import { workIn } from '../adapters/queue.ts';
import { respond } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { clientOf } from './container.ts';
import { count, dressed } from './dress.ts';
import { containerLine, notHere } from './line.ts';
import { peopleOf } from './people.ts';

/** Enters every account, its own too, with the remediation role: so its changes are known by who made them. */
const line = containerLine((around, settings) => ({
  accounts: awsAccounts({ ...clientOf(around), assume: 'always' }),
  queue: { send: notHere },
  people: peopleOf(around, settings, lambdaLog),
  archive: emptyArchive,
}));

/** The Lambda's entry, for a FIFO queue with `ReportBatchItemFailures`. */
export const handler = dressed((event: SQSEvent) => receive(event, line()));

/**
 * Does the work in the messages, the groups (incidents) side by side and each in its order. Names the messages that are
 * to come again: the first that failed in a group and all after it, so that the order holds.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function receive({ Records }: SQSEvent, line: Line): Promise<SQSBatchResponse> {
  const groups = Map.groupBy(Records, (each) => each.attributes.MessageGroupId ?? each.messageId);
  const failed = await Promise.all([...groups.values()].map((each) => inOrder(each, line)));
  return { batchItemFailures: failed.flat().map((each) => ({ itemIdentifier: each.messageId })) };
}

async function inOrder(records: SQSRecord[], line: Line): Promise<SQSRecord[]> {
  for (const [at, record] of records.entries()) if (!(await isDone(record, line))) return records.slice(at);
  return [];
}

async function isDone({ body, messageId, attributes }: SQSRecord, line: Line): Promise<boolean> {
  try {
    const work = workIn(body);
    const change = await respond(work, line);
    line.ports.log.info('Work done', {
      work: work.id,
      change: change?.id,
      state: change?.state,
      reason: change?.reason,
    });
    count('Done');
    return true;
  } catch (error) {
    const tries = attributes.ApproximateReceiveCount;
    line.ports.log.warn('Work failed and will come again', { message: messageId, tries, error });
    count('Failed');
    return false;
  }
}
