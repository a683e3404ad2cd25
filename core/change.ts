// Carrying a change out and taking it back. Both begin by looking at the target and go on only while it is as the journal
// says; both may be interrupted anywhere and begun again.
import type { Change } from './change-record.ts';
import { carrying, telling, undoing } from './change-work.ts';
import type { Told } from './incident.ts';
import { type Answer, type Line, refuse } from './line.ts';
import { AwsError, type Call } from './operations.ts';
import { acknowledge, announce, CALLS, type Made } from './own.ts';
import type { Account, Write } from './ports.ts';
import type { Remediation, State } from './remediation.ts';
import { difference, same } from './state.ts';
import { nameOfTarget } from './target.ts';
import { transition } from './transition.ts';
import { workDone, workDue } from './work.ts';

/** How long one runner may take before another may think that it died. */
export const LEASE = 60_000;

/** IAM shows a change after a few seconds: looks again after these pauses (ms). */
const LOOKS = [0, 2_000, 5_000];
const ATTEMPTS = 8;

/**
 * Carries a planned change out, or goes on where somebody stopped. Returns the change as it then stands. Rejects with a
 * retryable `AwsError` where AWS was busy or out of reach: the work stays, and comes again.
 */
export async function carry(incident: string, id: string, line: Line): Promise<Change> {
  const held = await takeLease(
    incident,
    id,
    line,
    (change) => change.state === 'planned' || change.state === 'carried',
  );
  if (!held.mine) return held.change;
  const { change } = held;
  const scene = await enter(change, line);
  if ('failed' in scene) return settle(change, 'failed', { reason: scene.failed }, line);
  const { remedy, account } = scene;
  const seen = await orGiveBack(change, line, () => remedy.observe(change.target, account.read));
  if ('failed' in seen) return settle(change, 'failed', { reason: seen.failed }, line);
  const verdict = verdictOn(change, remedy, seen.value);
  if (verdict) return settle(change, verdict.state, verdict.facts, line);
  if (change.state === 'carried') return lookAgain(change, remedy, account, line);
  const problem = await callAll(change, change.calls, account, line);
  if (problem?.error.retryable && change.attempts < ATTEMPTS)
    throw await givenBack(change, change.attempts, problem.error, line);
  return lookAgain(change, remedy, account, line, problem?.error.message);
}

/** How a change ends without a call: it is done, it is not ours to do, or somebody has moved the target. */
function verdictOn(
  change: Change,
  remedy: Remediation,
  seen: State,
): { state: 'verified' | 'refused'; facts: Partial<Change> } | undefined {
  const resumed = change.attempts > 1;
  if (remedy.verify(seen, change.target))
    return resumed
      ? { state: 'verified', facts: { after: seen } }
      : { state: 'refused', facts: { reason: 'it is so already' } };
  const half = resumed && change.calls.length > 1;
  if (change.state === 'carried' || half || same(change.before, seen)) return undefined;
  return { state: 'refused', facts: { reason: moved(change, change.before, seen) } };
}

/** Takes a verified change back, while its target is as it was left. `answer` says who wants it, and why. */
export async function undo(
  incident: string,
  id: string,
  answer: Change['answer'],
  line: Line,
): Promise<Answer<Change>> {
  const held = await takeLease(incident, id, line, (change) => change.state === 'verified');
  const { change } = held;
  if (change.state === 'undone') return { ok: true, value: change };
  if (change.state !== 'verified') return refuse(`the change is ${change.state}; only a verified one can be undone`);
  if (!held.mine) return refuse('somebody else is at it; try again in a minute');
  const scene = await enter(change, line);
  if ('failed' in scene) return refuse(await release(change, scene.failed, line));
  const { remedy, account } = scene;
  const seen = await orGiveBack(change, line, () => remedy.observe(change.target, account.read));
  if ('failed' in seen) return refuse(await release(change, seen.failed, line));
  if (change.undoing && same(change.before, seen.value)) return { ok: true, value: await finishUndo(change, line) };
  const half = change.undoing && change.undo.length > 1;
  if (!half && !same(change.after, seen.value))
    return refuse(await release(change, moved(change, change.after, seen.value), line));
  return callUndo(await beginUndo(change, answer, line), remedy, account, line);
}

async function callUndo(begun: Change, remedy: Remediation, account: Account, line: Line): Promise<Answer<Change>> {
  const problem = await callAll(begun, begun.undo, account, line);
  if (problem?.error.retryable) throw await givenBack(begun, begun.attempts, problem.error, line);
  const left = await look(remedy, begun, account, line, (now) => same(begun.before, now));
  if (left.holds) return { ok: true, value: await finishUndo(begun, line) };
  if (problem) return refuse(await release(begun, problem.error.message, line));
  await givenBack(begun, begun.attempts, undefined, line);
  return refuse('the calls of the undo were made, but it does not show yet; it is looked at again in a minute');
}

/** What `ask` says, or why it never will. Where AWS is busy, the lease goes back as if nobody had begun, and it rejects. */
async function orGiveBack<Value>(
  change: Change,
  line: Line,
  ask: () => Promise<Value>,
): Promise<{ value: Value } | { failed: string }> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (!error.retryable) return { failed: error.message };
    throw await givenBack(change, change.attempts - 1, error, line);
  }
}

/** Gives the lease back for a later attempt, which the work that is due brings; passes the reason on. */
async function givenBack<Reason>(change: Change, attempts: number, reason: Reason, line: Line): Promise<Reason> {
  const now = line.ports.clock.now();
  const work = change.state === 'verified' ? undoing(change) : carrying(change);
  const wanted = change.state !== 'verified' || change.undoing;
  await transition(change.incident, change.id, line, (stored) => ({
    change: { ...must(stored), attempts, lease: null },
    told: [],
    also: wanted ? [workDue(work, now + LEASE)] : [],
  }));
  return reason;
}

type Held = { change: Change; mine: boolean };

/** Nobody else carries the change out or undoes it while the lease holds. */
async function takeLease(incident: string, id: string, line: Line, may: (change: Change) => boolean): Promise<Held> {
  const now = line.ports.clock.now();
  let mine = false;
  const change = await transition(incident, id, line, (stored) => {
    const taken = stored?.lease && stored.lease.until > now;
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

/** Makes the calls in order and notes each; why one of them failed, or undefined. The state afterwards decides. */
async function callAll(
  change: Change,
  calls: Call[],
  account: Account,
  line: Line,
): Promise<{ error: AwsError } | undefined> {
  for (const call of calls) {
    const made = await callOne(call, account, line);
    if ('error' in made) return made;
    const told: Told = { kind: 'called', about: { change: change.id, ...call, requestId: made.requestId } };
    await note(change, told, line, acknowledge(change, call, made, line.ports.clock.now()));
  }
  return undefined;
}

/** Every call may be repeated without a second effect, so a lost reply is answered by calling again. */
async function callOne(call: Call, account: Account, line: Line): Promise<Made | { error: AwsError }> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { requestId } = await account.write(call);
      return { requestId, tries };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!error.retryable || tries === CALLS) return { error };
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
      const also = state === 'carried' ? [workDue(work, now + LEASE)] : [workDone(work), workDue(telling(next), now)];
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
  const now = line.ports.clock.now();
  return must(
    await transition(change.incident, change.id, line, (stored) => {
      const next: Change = {
        ...must(stored),
        state: 'undone',
        undoing: false,
        lease: null,
        reason: change.answer?.reason ?? '',
      };
      const told: Told = { kind: 'undone', about: { change: change.id, by: change.answer?.by } };
      return { change: next, told: [told], also: [workDone(undoing(change)), workDue(telling(next), now)] };
    }),
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

function moved(change: Change, expected: State, seen: State): string {
  return `${nameOfTarget(change.target)} has changed meanwhile: ${difference(expected, seen)}`;
}

function must(change: Change | undefined): Change {
  if (!change) throw new Error('The change is gone from the store');
  return change;
}
