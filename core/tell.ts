// Telling people how a change has ended: recorded as work with the end itself, so that a channel that is down loses nothing.
import type { Change } from './change-record.ts';
import { telling } from './change-work.ts';
import { findingById } from './incident.ts';
import type { Line } from './line.ts';
import { isLeft, workDone } from './work.ts';

/** Tells it, where that is still to be done. Rejects where the channel fails; then the work stays. */
export async function tellOutcome(change: Change, line: Line): Promise<void> {
  const work = telling(change);
  if (!(await isLeft(line.ports.store, work))) return;
  const finding = await findingById(line.ports.store, change.incident, change.finding);
  if (finding) await line.ports.people.tell({ kind: 'outcome', finding, change });
  await line.ports.store.write([workDone(work)]);
}

/** The same for somebody who has just answered: the answer stands whether the others can be told now or later. */
export async function tryToTell(change: Change, line: Line): Promise<void> {
  await tellOutcome(change, line).catch((error: unknown) => {
    line.ports.log.warn(
      `${change.id} could not be told yet: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
}
