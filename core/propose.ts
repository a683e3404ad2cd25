// From a finding to a planned change: look, find the reasons not to, plan, and write down what will be done and how to
// undo it before anything is done (INVARIANT 2).
import { createHash } from 'node:crypto';
import { lastAdministrator, reachedBy } from './administrators.ts';
import { allowance } from './budget.ts';
import type { Change, ChangeState } from './change-record.ts';
import { carrying, expiring, telling } from './change-work.ts';
import type { Finding } from './finding.ts';
import { changeById, type Told } from './incident.ts';
import type { Line } from './line.ts';
import { AwsError, type Read } from './operations.ts';
import { announce } from './own.ts';
import type { Write } from './ports.ts';
import { whyProtectedInSettings } from './protect.ts';
import type { Plan, Remediation, State } from './remediation.ts';
import { nameOfTarget, principalsOf } from './target.ts';
import { type Step, transition } from './transition.ts';
import { workDone, workDue } from './work.ts';

/** How long a request waits for an answer. */
export const PATIENCE = 12 * 3_600_000;

/** The change that answers the finding: made on the first call, found on every later one. */
export async function propose(finding: Finding, remedy: Remediation, line: Line): Promise<Change> {
  const id = changeId(finding, remedy);
  const existing = await changeById(line.ports.store, finding.incident, id);
  if (existing) return existing.value;
  const draft = await survey(blank(id, finding, remedy, line), finding, remedy, line);
  const made = await transition(finding.incident, id, line, (stored) =>
    stored ? undefined : record(draft, finding, line),
  );
  return made ?? draft;
}

/** Looks at the target: the change with its plan, or refused or failed with the reason. */
async function survey(change: Change, finding: Finding, remedy: Remediation, line: Line): Promise<Change> {
  try {
    const { read } = await line.ports.accounts.open(finding.account);
    const seen = await remedy.observe(finding.target, read);
    if (seen === null)
      return { ...change, state: 'refused', reason: `${nameOfTarget(finding.target)} does not exist any more` };
    const objection = remedy.precheck(seen, finding.target);
    if (objection) return { ...change, before: seen, state: 'refused', reason: objection };
    return planned(change, seen, remedy.plan(seen, finding.target), await reasonsToAsk(finding, remedy, line, read));
  } catch (error) {
    if (error instanceof AwsError && error.retryable) throw error;
    return { ...change, state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function planned(change: Change, seen: State, plan: Plan, objection: string | undefined): Change {
  const noUndo = plan.undo.length === 0 ? 'no undo is known for it' : undefined;
  const reason = objection ?? plan.doubt ?? noUndo;
  const waits = change.state === 'waiting' || reason !== undefined;
  return {
    ...change,
    before: seen,
    says: plan.says,
    calls: plan.apply,
    undo: plan.undo,
    state: waits ? 'waiting' : 'planned',
    reason: change.state === 'waiting' ? change.reason : (reason ?? change.reason),
  };
}

/** What only AWS can tell: whom else it reaches, and whether the account would be left without an administrator. */
async function reasonsToAsk(
  finding: Finding,
  remedy: Remediation,
  line: Line,
  read: Read,
): Promise<string | undefined> {
  const reached = line.settings.protected.length > 0 ? await reachedBy(finding.target, read) : [];
  const protectedOne = reached
    .map((each) => whyProtectedInSettings(each, finding.account, line.settings))
    .find((each) => each !== undefined);
  if (protectedOne || remedy.reach === 'undo') return protectedOne;
  for (const each of principalsOf(finding.target)) {
    const reason = await lastAdministrator(each, read);
    if (reason) return reason;
  }
  return undefined;
}

/** The step that records the change, with what its state brings along: room in the budgets, intents, and work that is due. */
async function record(draft: Change, finding: Finding, line: Line): Promise<Step> {
  const now = line.ports.clock.now();
  if (draft.state === 'refused' || draft.state === 'failed')
    return { change: draft, told: [told(draft, draft.state)], also: [workDue(telling(draft), now)] };
  if (draft.state === 'waiting') return waiting(draft, draft.reason, now, []);
  const room = await allowance(line.ports.store, finding.account, finding.target, now);
  if (room.objection) return waiting(draft, room.objection, now, room.writes);
  return { change: draft, told: [told(draft, 'planned')], also: [...room.writes, ...preparation(draft, now)] };
}

function waiting(draft: Change, reason: string, now: number, also: Write[]): Step {
  const change: Change = { ...draft, state: 'waiting', reason, expires: now + PATIENCE };
  return { change, told: [told(change, 'asked')], also: [...also, workDue(expiring(change), now + PATIENCE)] };
}

/** What is written before calls are made, so that a crash resumes and our own events are known. */
export function preparation(change: Change, now: number): Write[] {
  return [...announce(change.account, change.id, change.calls, now), workDue(carrying(change), now)];
}

/** What the answering of a request writes besides: its expiry is off. */
export function expiryDone(change: Change): Write {
  return workDone(expiring(change));
}

function told(change: Change, kind: Told['kind']): Told {
  const { says, calls, undo, before, reason, remediation, target } = change;
  return { kind, about: { change: change.id, remediation, target, says, calls, undo, before, reason } };
}

function blank(id: string, finding: Finding, remedy: Remediation, line: Line): Change {
  const state: ChangeState = finding.decision === 'remediate' ? 'planned' : 'waiting';
  return {
    id,
    incident: finding.incident,
    finding: finding.id,
    rule: finding.rule,
    remediation: remedy.id,
    account: finding.account,
    region: finding.region,
    target: finding.target,
    state,
    says: '',
    calls: [],
    undo: [],
    before: null,
    after: null,
    reason: finding.reasons.join('; '),
    risk: finding.risk,
    factors: finding.factors,
    attempts: 0,
    undoing: false,
    lease: null,
    expires: null,
    answer: null,
    plannedAt: line.ports.clock.now(),
  };
}

function changeId(finding: Finding, remedy: Remediation): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([finding.id, remedy.id]))
    .digest('hex');
  return `${finding.incident}.${hash.slice(0, 8)}`;
}
