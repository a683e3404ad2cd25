// How a change goes from one state to the next: one conditional write that holds the new state, the journal entry that
// tells it, and whatever must come true with it. Whoever comes second learns that the change has moved.
import type { Change } from './change-record.ts';
import { changeById, changeWrites, type Incident, incidentById, type Stored, type Told } from './incident.ts';
import type { Line } from './line.ts';
import type { Write } from './ports.ts';

const TRIES = 12;

/** What a transition writes besides the change. */
export type Step = { change: Change; told: Told[]; also?: Write[] };

/**
 * Writes the step that `next` makes of the change as it stands, or nothing where `next` answers undefined. Tries again
 * when the incident moved meanwhile. Returns the change as it now stands.
 */
export async function transition(
  incident: string,
  id: string,
  line: Line,
  next: (change: Change | undefined) => Promise<Step | undefined> | Step | undefined,
): Promise<Change | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [parent, stored] = await Promise.all([mustFind(incident, line), changeById(line.ports.store, incident, id)]);
    const step = await next(stored?.value);
    if (!step) return stored?.value;
    const writes = [
      ...changeWrites(parent, step.change, stored?.version ?? 0, step.told, line.ports.clock.now()),
      ...(step.also ?? []),
    ];
    if (await line.ports.store.write(writes)) return step.change;
    await line.ports.clock.sleep(5 * 2 ** Math.min(tries, 6));
  }
  throw new Error(`Change ${id} could not be recorded: its incident kept changing; try again`);
}

async function mustFind(incident: string, line: Line): Promise<Stored<Incident>> {
  const found = await incidentById(line.ports.store, incident);
  if (!found) throw new Error(`There is no incident ${incident}`);
  return found;
}
