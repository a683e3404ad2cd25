// What the policy commands print for people.
import { terminalText } from '../adapters/terminal.ts';
import type { Comparison } from '../policy/comparison.ts';
import type { Finding } from '../policy/finding.ts';
import type { Checked } from '../policy/rows.ts';
import type { Simulated } from '../policy/simulate.ts';
import { bold, dim, severityWord } from './output.ts';

type Check = Extract<Checked, { ok: true }>['answer'];
type Simulation = Extract<Simulated, { ok: true }>['answer'];

/** A policy: how bad it is, what it makes possible, and a finding a line, the worst first. */
export function checkLines({ id, risk, severity, findings, capabilities }: Check, place: string): string {
  const name = id === null ? place : String(id);
  const head = `${severity === 'none' ? dim('none    ') : severityWord(severity)} ${String(risk).padStart(3)}  ${bold(terminalText(name, 100))}`;
  const told = [
    ...possible(capabilities).map((each) => `     ${terminalText(each, 400)}`),
    ...findings.toSorted(worstFirst).map(findingLine),
  ];
  return `${[head, ...told].join('\n')}\n`;
}

function possible(capabilities: Check['capabilities']): string[] {
  const { admin, privilegeEscalation, crossAccount } = capabilities;
  return [
    ...(admin ? ['makes an administrator'] : []),
    ...(!admin && privilegeEscalation.length > 0
      ? [`leads to other permissions: ${privilegeEscalation.join(', ')}`]
      : []),
    ...(capabilities.public ? ['open to everybody'] : []),
    ...(crossAccount.length > 0 ? [`open to ${crossAccount.join(', ')}`] : []),
  ];
}

const ORDER = ['critical', 'high', 'medium', 'low', 'info'];

function worstFirst(one: Finding, other: Finding): number {
  return ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity);
}

function findingLine({ code, severity, statement, message }: Finding): string {
  const where = statement === null ? '' : `statement ${statement}: `;
  return `  ${severityWord(severity)} ${dim(code.padEnd(22))} ${terminalText(`${where}${message}`, 600)}`;
}

/** A decision with its reasons. */
export function simulationLines({ id, decision, reasons, missingContext }: Simulation, place: string): string {
  const name = id === null ? place : String(id);
  const missing = missingContext.length > 0 ? [`not said in the request: ${missingContext.join(', ')}`] : [];
  const told = [...reasons, ...missing].map((each) => `     ${dim(terminalText(each, 300))}`);
  return `${[`${decision.padEnd(13)} ${bold(terminalText(name, 100))}`, ...told].join('\n')}\n`;
}

/** What a change gives, and what it opens. */
export function comparisonLines({ severity, says, gained }: Comparison): string {
  const paths =
    gained.privilegeEscalation.length > 0
      ? [dim(`new ways to other permissions: ${gained.privilegeEscalation.join(', ')}`)]
      : [];
  const lines = says.map((each) => terminalText(each, 400));
  const head = severity === 'none' ? [] : [severityWord(severity).trimEnd()];
  return `${[...head, ...lines, ...paths].join('\n')}\n`;
}
