// `detect`: a CloudTrail record from EventBridge becomes findings, and work for `respond`.
import { liveArchive } from '../adapters/archive.ts';
import { awsAccounts } from '../adapters/aws.ts';
import { detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { isFromAws, unwrap } from '../events/cloudtrail.ts';
import { isFields } from '../events/fields.ts';
import { clientOf, queueOf } from './container.ts';
import { count, dressed } from './dress.ts';
import { containerLine, notHere } from './line.ts';

/** Reads the account with its own role, which may look at managed policies and at nothing else. */
const line = containerLine((around) => {
  const accounts = awsAccounts(clientOf(around));
  return { accounts, queue: queueOf(around), people: { tell: notHere }, archive: liveArchive(accounts) };
});

/** The Lambda's entry. Lambda calls again where it throws, and that has no second effect. */
export const handler = dressed((event: unknown) => receive(event, line()));

/** What became of an event, in ids. */
export type Received = { findings: string[]; work: string[] };

const NOTHING: Received = { findings: [], work: [] };

/**
 * Takes an EventBridge event. Whoever may call `events:PutEvents` can write any record into an event, but not a source
 * that begins with `aws.`: other events are refused. Rejects only where the store, the queue or AWS fails.
 */
export async function receive(envelope: unknown, line: Line): Promise<Received> {
  if (!isFromAws(envelope)) return refused(envelope, line);
  const { fresh, work, notes, unreadable } = await detect(unwrap(envelope), line);
  if (unreadable !== undefined) {
    count('Unreadable');
    line.ports.log.warn('A record could not be read', { reason: unreadable, event: idOf(envelope) });
    return NOTHING;
  }
  count('Findings', fresh.length);
  for (const { id, rule, risk, decision, because, incident, account } of fresh)
    line.ports.log.info('Finding', { id, rule, risk, decision, because, incident, account, notes });
  return { findings: fresh.map((each) => each.id), work: work.map((each) => each.id) };
}

function refused(envelope: unknown, line: Line): Received {
  count('Refused');
  const source = isFields(envelope) ? envelope.source : undefined;
  line.ports.log.warn('An event was refused: its source is not AWS', { source, event: idOf(envelope) });
  return NOTHING;
}

function idOf(envelope: unknown): unknown {
  return isFields(envelope) ? envelope.id : undefined;
}
