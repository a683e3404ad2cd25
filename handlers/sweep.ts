// `sweep`: each minute, whatever should have been done and was not is sent to `respond` again, so that no crash loses work.
import { systemClock } from '../adapters/clock.ts';
import { lambdaLog } from '../adapters/logger.ts';
import type { Ports } from '../core/ports.ts';
import { workLeft } from '../core/work.ts';
import { once, queueOf, storeOf } from './container.ts';
import { count, dressed } from './dress.ts';

/** It has no rules and no way into an account: it lists and sends. */
const ports = once((around) => ({
  store: storeOf(around),
  queue: queueOf(around),
  clock: systemClock,
  log: lambdaLog,
}));

/** The Lambda's entry, for a schedule; the event is of no interest. */
export const handler = dressed(async () => sweep(ports()));

/** Work is overdue after this time (ms): before, its first message is under way. */
const GRACE = 60_000;
const MOST = 1_000;

/** Sends overdue work: unsent alerts and changes, requests that ran out, changes that stopped half-way. */
export async function sweep({
  store,
  queue,
  clock,
  log,
}: Pick<Ports, 'store' | 'queue' | 'clock' | 'log'>): Promise<{ resent: string[] }> {
  const overdue = await workLeft(store, clock.now() - GRACE, MOST);
  await queue.send(overdue);
  count('Resent', overdue.length);
  const resent = overdue.map((each) => each.id);
  if (resent.length > 0) log.info('Overdue work was sent again', { resent });
  return { resent };
}
