// A notice in words, for every channel: what a person needs at night, most important first. Nothing is escaped here:
// each channel does that in its own way, line by line.
import type { Change, ChangeState } from '../core/change-record.ts';
import type { Finding } from '../core/finding.ts';
import type { Notice } from '../core/notice.ts';
import type { Call } from '../core/operations.ts';
import type { Settings } from '../core/settings.ts';
import { nameOfTarget } from '../core/target.ts';

export type Telling = {
  /** `[CRITICAL] Answer needed: alice created an access key for bob`. */
  headline: string;
  /** `prod (123456789012), us-east-1, 2026-11-20T03:00:00Z`. */
  place: string;
  /** Who, what and from where; the risk; the decision; the change. One line each, raw. */
  paragraphs: string[][];
  calls: { says: string; calls: Call[] };
  /** `lines` are safe to copy into a shell: an id that is not of our making leaves its line out. */
  commands: { says: string; lines: string[] };
};

/** The notice in words; `accounts` gives account ids their names. */
export function tellingOf(notice: Notice, accounts: Settings['accounts'] = {}): Telling {
  const { finding } = notice;
  const change = notice.kind === 'alert' ? undefined : notice.change;
  return {
    headline: `[${finding.severity.toUpperCase()}] ${change ? headlineOf(change) : 'Alert'}: ${finding.because}`,
    place: `${accountName(finding.account, accounts)}, ${finding.region}, ${finding.time}`,
    paragraphs: [story(notice), event(finding), risk(finding), decision(finding), change ? outcome(change) : []].filter(
      (each) => each.length > 0,
    ),
    calls: { says: CALLS.get(change?.state) ?? 'Calls that it would make', calls: change?.calls ?? [] },
    commands: commands(finding, change),
  };
}

const HEADLINES = new Map<ChangeState, string>([
  ['planned', 'Remedy under way'],
  ['waiting', 'Answer needed'],
  ['carried', 'Remedied, not confirmed yet'],
  ['verified', 'Remedied'],
  ['failed', 'Remedy FAILED'],
  ['refused', 'Remedy not carried out'],
  ['denied', 'Remedy denied'],
  ['expired', 'Nobody answered'],
  ['undone', 'Remedy undone'],
]);

const CALLS = new Map<ChangeState | undefined, string>([
  ['planned', 'Calls that it makes'],
  ['carried', 'Calls made'],
  ['verified', 'Calls made'],
  ['undone', 'Calls that were taken back'],
  ['failed', 'Calls, of which some may have been made'],
]);

function headlineOf(change: Change): string {
  return HEADLINES.get(change.state) ?? change.state;
}

function accountName(id: string, accounts: Settings['accounts']): string {
  const name = Object.hasOwn(accounts, id) ? accounts[id]?.name : undefined;
  return name ? `${name} (${id})` : `account ${id}`;
}

/** The incident as a whole, where its findings are more together than each for itself. */
function story(notice: Notice): string[] {
  if (notice.kind !== 'alert' || !notice.story) return [];
  const { says, sentences } = notice.story;
  return [`Together: ${says}`, ...sentences.map((each) => `- ${each}`)];
}

function event({ actor, event, target, title, rule }: Finding): string[] {
  const failed = event.failed ? `, which failed: ${event.failed}` : '';
  return [
    `Who: ${actor.name} (${actor.id})`,
    `What: ${event.name} on ${nameOfTarget(target)}${failed}`,
    `From: ${event.source}`,
    `With: ${event.agent}`,
    `Rule: ${title} (${rule})`,
  ];
}

function risk(finding: Finding): string[] {
  const factors = finding.factors.map((each) => `${each.points < 0 ? '' : '+'}${each.points} because ${each.because}`);
  return [`Risk ${finding.risk} of 100:`, ...factors];
}

function decision({ decision, reasons }: Finding): string[] {
  return [`Decided: ${decision}, because`, ...reasons.map((each) => `- ${each}`)];
}

/** What was or would be done, and why the change stands where it stands. */
function outcome(change: Change): string[] {
  const says = change.says || change.remediation;
  const by = change.answer ? `${change.answer.by}: ${change.answer.reason}` : change.reason;
  switch (change.state) {
    case 'waiting':
      return [`Would be done: ${says}`, `Asked because: ${change.reason}`];
    case 'planned':
      return [`Is being done: ${says}`, ...approval(change)];
    case 'carried':
      return [`Done: ${says}`, `Not confirmed: ${change.reason}`, ...approval(change)];
    case 'verified':
      return [`Done and confirmed: ${says}`, ...approval(change)];
    case 'failed':
      return [
        `Tried: ${says}`,
        `Failed: ${change.reason}`,
        'Look at the target: a part of it may have been done',
        ...approval(change),
      ];
    case 'denied':
      return [`Not done: ${says}`, `Denied by ${by}`];
    case 'undone':
      return [`Taken back: ${says}`, `Undone by ${by}`];
    case 'expired':
      return [`Not done: ${says}`, `Because: ${change.reason}`, 'It can only be done by hand now'];
    default:
      return [`Not done: ${says}`, `Because: ${change.reason}`];
  }
}

function approval({ answer }: Change): string[] {
  return answer?.says === 'approved' ? [`Approved by ${answer.by}: ${answer.reason}`] : [];
}

/** The command lines that answer a change as it stands, or take it back; NAME and … are for the responder to fill in. */
export function nextCommands({ id, state, undo }: Pick<Change, 'id' | 'state' | 'undo'>): string[] {
  if (state === 'waiting') return [`guardrail approve ${id} --as NAME`, `guardrail deny ${id} --as NAME --reason "…"`];
  return state === 'verified' && undo.length > 0 ? [`guardrail undo ${id} --as NAME`] : [];
}

function commands(finding: Finding, change: Change | undefined): Telling['commands'] {
  const show = isIncidentId(finding.incident) ? [`guardrail show ${finding.incident}`] : [];
  const next = change && isChangeId(change) ? nextCommands(change) : [];
  if (change?.state === 'waiting') return { says: `Answer ${deadline(change.expires)}:`, lines: [...next, ...show] };
  if (change?.state === 'verified' && change.undo.length > 0) return { says: 'To undo it:', lines: [...next, ...show] };
  if (change?.state === 'verified') return { says: 'No undo is known for it. All of it:', lines: show };
  return {
    says: change?.state === 'carried' ? 'It can be undone once it is confirmed. All of it:' : 'All of it:',
    lines: show,
  };
}

/** The dates that ECMAScript knows; the rest is shown as if there were none. */
function deadline(expires: number | null): string {
  const date = new Date(expires ?? Number.NaN);
  return Number.isNaN(date.getTime())
    ? 'while it waits'
    : `until ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

// INVARIANT: nothing but our own ids gets into a line that people paste into a shell.
function isIncidentId(id: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,63}$/i.test(id);
}

function isChangeId({ id, incident }: Change): boolean {
  return (
    isIncidentId(incident) && id.startsWith(`${incident}.`) && /^[a-z0-9]{1,32}$/i.test(id.slice(incident.length + 1))
  );
}
