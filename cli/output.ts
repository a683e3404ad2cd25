// What goes to stdout: rows of findings and changes in the shapes of the contract, and tables for people.
import { once } from 'node:events';
import { styleText } from 'node:util';
import { nextCommands } from '../adapters/telling.ts';
import { terminalText } from '../adapters/terminal.ts';
import { visibleJson } from '../adapters/visible.ts';
import type { Change } from '../core/change-record.ts';
import type { Finding } from '../core/finding.ts';
import { SEVERITIES, type Severity } from '../core/risk.ts';
import { nameOfTarget } from '../core/target.ts';

/** A finding as `replay` and `run` print it; `index` counts the records of the whole input. */
export function findingRow(finding: Finding, index: number) {
  return {
    eventId: finding.eventId,
    index,
    rule: finding.rule,
    severity: finding.severity,
    risk: finding.risk,
    decision: finding.decision,
    because: finding.because,
    factors: finding.factors,
    remediations: finding.remedy ? [finding.remedy] : [],
    actor: finding.actor.id,
    target: nameOfTarget(finding.target),
    account: finding.account,
    region: finding.region,
    time: finding.time,
    incident: finding.incident,
    reasons: finding.reasons,
  };
}

export type FindingRow = ReturnType<typeof findingRow>;

/** A change as `run` and the answers print it. */
export function changeRow(change: Change) {
  return {
    change: change.id,
    incident: change.incident,
    remediation: change.remediation,
    target: nameOfTarget(change.target),
    state: change.state,
    says: change.says,
    calls: change.calls,
    undo: change.undo,
    reason: change.reason,
  };
}

/** Writes to stdout and waits while the reader is slower, so that memory stays flat. A reader that is gone ends it quietly. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** One line of JSON; what terminals would not show as it is stands escaped. */
export function jsonLine(value: unknown): string {
  return `${visibleJson(JSON.stringify(value))}\n`;
}

const COLOURS = { info: 'dim', low: 'dim', medium: 'yellow', high: 'red', critical: 'redBright' } as const;

/** The severity as a word, in its colour where stdout shows colours (`NO_COLOR` and pipes do not). */
export function severityWord(severity: Severity): string {
  return styleText(COLOURS[severity], severity.padEnd(8), { stream: process.stdout });
}

export function dim(text: string): string {
  return styleText('dim', text, { stream: process.stdout });
}

export function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}

/** Two lines for a person: what happened, and how it was judged. */
export function findingLines(finding: FindingRow): string {
  const when = finding.time.slice(0, 19).replace('T', ' ');
  const head = `${severityWord(finding.severity)} ${String(finding.risk).padStart(3)}  ${finding.decision.padEnd(9)}  ${bold(terminalText(finding.because, 160))}`;
  const about = `${when}  ${finding.account} ${finding.region}  ${finding.rule}  incident ${finding.incident}`;
  return `${head}\n${' '.repeat(25)}${dim(terminalText(about, 200))}\n`;
}

/** The factors of a risk, a line each: points, and why. */
export function factorLines(factors: Finding['factors']): string[] {
  return factors.map((each) => `     ${dim(`${String(each.points).padStart(4)}  ${terminalText(each.because, 200)}`)}`);
}

/** A change for a person: what became of it, and how to go on. */
export function changeLines(change: ReturnType<typeof changeRow>): string {
  const next = nextCommands({ ...change, id: change.change });
  const reason = change.reason ? [`reason: ${change.reason}`] : [];
  const lines = [
    `${change.change}  ${change.state}  ${change.says || `${change.remediation} on ${change.target}`}`,
    ...reason,
    ...next,
  ];
  return lines.map((each, index) => `${index === 0 ? '  -> ' : '     '}${terminalText(each, 240)}\n`).join('');
}

/** Rows in columns as wide as their widest cell. */
export function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows.map((row) => row.map((each) => terminalText(each, 90)))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((each, column) => each.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [dim(lines[0] ?? ''), ...lines.slice(1), ''].join('\n');
}

/** Whether the severity is at or above the other. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
