// A person answers: who may, and what follows. Every refusal is a reason that can be read out.
import type { ActorKind } from '../events/activity.ts';
import { fitsArn } from '../policy/arn.ts';
import { undo } from './change.ts';
import { type Change, incidentOf } from './change-record.ts';
import { telling } from './change-work.ts';
import { changeById, incidentById } from './incident.ts';
import { type Answer, type Line, refuse } from './line.ts';
import { expiryDone, preparation } from './propose.ts';
import type { Settings } from './settings.ts';
import { tryToTell } from './tell.ts';
import { transition } from './transition.ts';
import { workDue } from './work.ts';

/** Whoever works the command line and has not said a name. */
export const OPERATOR = 'the operator';

/** Who answers, and why. */
export type Reply = { by: string; reason: string };

/** Lets a waiting change be carried out; the work of doing so is recorded with the answer. */
export async function approve(id: string, reply: Reply, line: Line): Promise<Answer<Change>> {
  return answer(id, reply, line, 'approved');
}

/** Says no to a waiting change. */
export async function deny(id: string, reply: Reply, line: Line): Promise<Answer<Change>> {
  return answer(id, reply, line, 'denied');
}

/**
 * Takes back a change that was carried out. Where the settings name no responders, whoever holds the state and the
 * credentials may: a wrong change must never be left standing for want of a name.
 */
export async function undoAs(id: string, reply: Reply, line: Line): Promise<Answer<Change>> {
  const allowed = line.settings.responders.length === 0 ? await find(id, line) : await mayAnswer(id, reply, line);
  if (!allowed.ok) return allowed;
  const undone = await undo(incidentOf(id), id, { ...reply, says: 'undone', at: line.ports.clock.now() }, line);
  if (undone.ok) await tryToTell(undone.value, line);
  return undone;
}

/** Ends a request that nobody answered in time; a request that was answered stays as it is. */
export async function expire(id: string, line: Line): Promise<Change | undefined> {
  const now = line.ports.clock.now();
  return transition(incidentOf(id), id, line, (stored) => {
    if (stored?.state !== 'waiting' || (stored.expires ?? 0) > now) return undefined;
    const change: Change = { ...stored, state: 'expired', reason: 'nobody answered in time' };
    return {
      change,
      told: [{ kind: 'expired', about: { change: id } }],
      also: [expiryDone(stored), workDue(telling(change), now)],
    };
  });
}

async function answer(id: string, reply: Reply, line: Line, says: 'approved' | 'denied'): Promise<Answer<Change>> {
  const allowed = await mayAnswer(id, reply, line);
  if (!allowed.ok) return allowed;
  const now = line.ports.clock.now();
  let problem: string | undefined;
  const change = await transition(incidentOf(id), id, line, (stored) => {
    problem = whyNot(stored, now);
    if (problem || !stored) return undefined;
    const next: Change = {
      ...stored,
      state: says === 'approved' ? 'planned' : 'denied',
      reason: reply.reason,
      answer: { ...reply, says, at: now },
    };
    const also = says === 'approved' ? preparation(next, now) : [workDue(telling(next), now)];
    return {
      change: next,
      told: [{ kind: says, about: { change: id, ...reply } }],
      also: [expiryDone(stored), ...also],
    };
  });
  if (!change || problem) return refuse(problem ?? `there is no change ${id}`);
  if (change.state === 'denied') await tryToTell(change, line);
  return { ok: true, value: change };
}

function whyNot(change: Change | undefined, now: number): string | undefined {
  if (!change) return 'there is no such change';
  if (change.state !== 'waiting')
    return `the change is ${change.state}, it does not wait for an answer${change.answer ? ` (${change.answer.says} by ${change.answer.by})` : ''}`;
  return (change.expires ?? 0) <= now ? 'the request has expired' : undefined;
}

/** INVARIANT: nobody answers for what they did themselves, and only those who are named in the settings answer. */
async function mayAnswer(id: string, reply: Reply, line: Line): Promise<Answer<Change>> {
  const found = await find(id, line);
  if (!found.ok) return found;
  const incident = await incidentById(line.ports.store, found.value.incident);
  const reason = incident
    ? whyNotResponder(reply.by, incident.value.actor, line.settings)
    : `there is no incident ${found.value.incident}`;
  return reason ? refuse(reason) : found;
}

async function find(id: string, line: Line): Promise<Answer<Change>> {
  const change = await changeById(line.ports.store, incidentOf(id), id);
  return change ? { ok: true, value: change.value } : refuse(`there is no change ${id}; see: guardrail incidents`);
}

function whyNotResponder(name: string, actor: { id: string; kind: ActorKind }, settings: Settings): string | undefined {
  if (settings.responders.length === 0) return 'the settings name no responders';
  if (name === OPERATOR) return 'the settings name responders: say which of them you are';
  const responder = settings.responders.find((each) => each.name === name);
  if (!responder) return `${name} is not among the responders in the settings`;
  return responder.principals.some((each) => fitsArn(each, actor.id))
    ? `${name} is the actor of this incident, and cannot answer for it`
    : undefined;
}
