// Carrying a change out and taking it back. Both begin by looking at the target and go on only while it is as the journal
// says; both may be interrupted anywhere and begun again.
import type { Change } from './change-record.ts';
import type { Told } from './incident.ts';
import { type Answer, type Line, refuse } from './line.ts';
import { AwsError, type Call } from './operations.ts';
import { acknowledge, announce, type Made } from './own.ts';
import type { Account, Write } from './ports.ts';
import { carrying } from './propose.ts';
import type { Remediation, State } from './remediation.ts';
import { difference, same } from './state.ts';
import { nameOfTarget } from './target.ts';
import { transition } from './transition.ts';
import { type Work, workDone, workDue } from './work.ts';

/** How long one runner may take before another may think that it died. */
export const LEASE = 60_000;

/** IAM shows a change after a few seconds: looks again after these pauses (ms). */
const LOOKS = [0, 2_000, 5_000];
const ATTEMPTS = 8;
const RETRIES = 3;

/** Carries a planned change out, or goes on where somebody stopped. Returns the change as it then stands. */
export async function carry(incident: string, id: string, line: Line): Promise<Change> {
  const held = await takeLease(
    incident,
    id,
    line,
    (change) => change.state === 'planned' || change.state === 'carried',
  );
  if (!held.mine) return held.change;
  const scene = await enter(held.change, line);
  if ('failed' in scene) return settle(held.change, 'failed', { reason: scene.failed }, line);
  const { remedy, account } = scene;
  const seen = await remedy.observe(held.change.target, account.read);
  const already = remedy.verify(seen, held.change.target);
  const resumed = held.change.attempts > 1;
  if (already)
    return resumed
      ? settle(held.change, 'verified', { after: seen }, line)
      : settle(held.change, 'refused', { reason: 'it is so already' }, line);
  if (held.change.state === 'carried') return lookAgain(held.change, remedy, account, line);
  const half = resumed && held.change.calls.length > 1;
  if (!half && !same(held.change.before, seen))
    return settle(held.change, 'refused', { reason: moved(held.change, held.change.before, seen) }, line);
  const problem = await callAll(held.change, held.change.calls, account, line);
  return lookAgain({ ...held.change, reason: problem ?? held.change.reason }, remedy, account, line, problem);
}

/** Takes a verified change back, while its target is as it was left. `answer` says who wants it, and why. */
export async function undo(
  incident: string,
  id: string,
  answer: Change['answer'],
  line: Line,
): Promise<Answer<Change>> {
  const held = await takeLease(incident, id, line, (change) => change.state === 'verified');
  if (held.change.state === 'undone') return { ok: true, value: held.change };
  if (held.change.state !== 'verified')
    return refuse(`the change is ${held.change.state}; only a verified one can be undone`);
  if (!held.mine) return refuse('somebody else is at it; try again in a minute');
  const scene = await enter(held.change, line);
  if ('failed' in scene) return refuse(await release(held.change, scene.failed, line));
  const { remedy, account } = scene;
  const seen = await remedy.observe(held.change.target, account.read);
  if (held.change.undoing && same(held.change.before, seen))
    return { ok: true, value: await finishUndo(held.change, line) };
  const half = held.change.undoing && held.change.undo.length > 1;
  if (!half && !same(held.change.after, seen))
    return refuse(await release(held.change, moved(held.change, held.change.after, seen), line));
  const begun = await beginUndo(held.change, answer, line);
  const problem = await callAll(begun, begun.undo, account, line);
  const left = await look(remedy, begun, account, line, (now) => same(begun.before, now));
  if (!left.holds)
    return refuse(await release(begun, problem ?? `it was undone but ${difference(begun.before, left.seen)}`, line));
  return { ok: true, value: await finishUndo(begun, line) };
}

type Held = { change: Change; mine: boolean };

/** Nobody else carries the change out or undoes it while the lease holds. */
async function takeLease(incident: string, id: string, line: Line, may: (change: Change) => boolean): Promise<Held> {
  const now = line.ports.clock.now();
  let mine = false;
  const change = await transition(incident, id, line, (stored) => {
    const taken = stored?.lease && stored.lease.until > now && stored.lease.by !== line.runner;
    mine = stored !== undefined && may(stored) && !taken;
    if (!mine || !stored) return undefined;
    const lease = { by: line.runner, until: now + LEASE };
    return { change: { ...stored, lease, attempts: stored.attempts + 1 }, told: [] };
  });
  if (!change) throw new Error(`There is no change ${id}`);
  return { change, mine };
}

type Scene = { remedy: Remediation; account: Account } | { failed: string };

async function enter(change: Change, line: Line): Promise<Scene> {
  const remedy = line.remediations.get(change.remediation);
  if (!remedy) return { failed: `there is no remediation ${change.remediation} in this version` };
  try {
    return { remedy, account: await line.ports.accounts.open(change.account) };
  } catch (error) {
    if (error instanceof AwsError && error.retryable) throw error;
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Makes the calls in order and notes each; the reason why one of them failed, or undefined. The state afterwards decides. */
async function callAll(change: Change, calls: Call[], account: Account, line: Line): Promise<string | undefined> {
  for (const call of calls) {
    const made = await callOne(call, account, line);
    if ('problem' in made) return made.problem;
    const told: Told = { kind: 'called', about: { change: change.id, ...call, requestId: made.requestId } };
    await note(change, told, line, acknowledge(change, call, made, line.ports.clock.now()));
  }
  return undefined;
}

/** Every call may be repeated without a second effect, so a lost reply is answered by calling again. */
async function callOne(call: Call, account: Account, line: Line): Promise<Made | { problem: string }> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { requestId } = await account.write(call);
      return { requestId, sure: tries === 1 };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!error.retryable || tries === RETRIES) return { problem: error.message };
      await line.ports.clock.sleep(250 * 2 ** tries);
    }
  }
}

/** Looks until the change holds; what does not hold in time is looked at again later, and at last has failed. */
async function lookAgain(
  change: Change,
  remedy: Remediation,
  account: Account,
  line: Line,
  problem?: string,
): Promise<Change> {
  const { holds, seen } = await look(remedy, change, account, line, (now) => remedy.verify(now, change.target));
  if (holds) return settle(change, 'verified', { after: seen }, line);
  if (problem) return settle(change, 'failed', { reason: problem }, line);
  if (change.attempts >= ATTEMPTS)
    return settle(
      change,
      'failed',
      { reason: `the calls were made, but after ${ATTEMPTS} looks it does not hold` },
      line,
    );
  return settle(change, 'carried', { reason: 'the calls were made; it does not show yet' }, line);
}

async function look(
  remedy: Remediation,
  change: Change,
  account: Account,
  line: Line,
  wanted: (seen: State) => boolean,
): Promise<{ holds: boolean; seen: State }> {
  let seen: State = null;
  for (const pause of LOOKS) {
    if (pause > 0) await line.ports.clock.sleep(pause);
    seen = await remedy.observe(change.target, account.read);
    if (wanted(seen)) return { holds: true, seen };
  }
  return { holds: false, seen };
}

/** The state in which an attempt ends, unless somebody else has moved the change meanwhile. */
async function settle(
  change: Change,
  state: 'verified' | 'carried' | 'failed' | 'refused',
  facts: Partial<Change>,
  line: Line,
): Promise<Change> {
  const now = line.ports.clock.now();
  const work = carrying(change);
  return must(
    await transition(change.incident, change.id, line, (stored) => {
      if (stored?.lease?.by !== line.runner) return undefined;
      const next: Change = { ...stored, ...facts, state, lease: null };
      const also = state === 'carried' ? [workDue(work, now + LEASE)] : [workDone(work)];
      return {
        change: next,
        told: [{ kind: state, about: { change: change.id, reason: next.reason, after: next.after } }],
        also,
      };
    }),
  );
}

async function beginUndo(change: Change, answer: Change['answer'], line: Line): Promise<Change> {
  if (change.undoing) return change;
  const now = line.ports.clock.now();
  return must(
    await transition(change.incident, change.id, line, (stored) => ({
      change: { ...must(stored), undoing: true, answer },
      told: [
        { kind: 'undoing', about: { change: change.id, calls: change.undo, by: answer?.by, reason: answer?.reason } },
      ],
      also: [...announce(change.account, change.id, change.undo, now), workDue(undoing(change), now + LEASE)],
    })),
  );
}

async function finishUndo(change: Change, line: Line): Promise<Change> {
  return must(
    await transition(change.incident, change.id, line, (stored) => ({
      change: { ...must(stored), state: 'undone', undoing: false, lease: null, reason: change.answer?.reason ?? '' },
      told: [{ kind: 'undone', about: { change: change.id, by: change.answer?.by } }],
      also: [workDone(undoing(change))],
    })),
  );
}

/** Gives the lease back after an undo that was refused, and passes the reason on. */
async function release(change: Change, reason: string, line: Line): Promise<string> {
  await transition(change.incident, change.id, line, (stored) => ({
    change: { ...must(stored), undoing: false, lease: null },
    told: [{ kind: 'refused', about: { change: change.id, undo: true, reason } }],
    also: [workDone(undoing(change))],
  }));
  return reason;
}

async function note(change: Change, told: Told, line: Line, also: Write[]): Promise<void> {
  await transition(change.incident, change.id, line, (stored) => ({ change: must(stored), told: [told], also }));
}

/** The work of undoing a change, for whoever finds it half done. */
const undoing = (change: Change): Work => ({
  id: `undo.${change.id}`,
  incident: change.incident,
  do: 'undo',
  change: change.id,
});

function moved(change: Change, expected: State, seen: State): string {
  return `${nameOfTarget(change.target)} has changed meanwhile: ${difference(expected, seen)}`;
}

function must(change: Change | undefined): Change {
  if (!change) throw new Error('The change is gone from the store');
  return change;
}
