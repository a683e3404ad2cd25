// How the sandbox tells what happens: short, in the order in which it happens.
import { terminalText } from '../adapters/terminal.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { Scenario } from '../sandbox/scenarios.ts';
import { SANDBOX_STATE } from './line.ts';
import { bold, dim, factorLines, severityWord } from './output.ts';

/** What is about to be played. */
export function opening(scenario: Scenario): string {
  return `\n${bold('An AWS account in memory, and iam-guardrail watching it in mode auto.')}\n${scenario.title}.\n\n`;
}

/** The guardrail did it itself. */
export function isOwn(finding: Finding): boolean {
  return finding.factors.some((each) => each.id === 'own');
}

/** What the guardrail did itself, on one line, whichever rules looked at it. */
export function ownStory({ event, factors }: Finding): string {
  const own = factors.find((each) => each.id === 'own');
  return `     ${dim(terminalText(`${event.name} seen: ${own?.because}`))}\n`;
}

/** A finding with its reasons. */
export function findingStory(finding: Finding): string {
  const head = `   ${severityWord(finding.severity)} ${finding.risk}  ${terminalText(finding.because)}`;
  return [
    head,
    ...factorLines(finding.factors),
    `     decided: ${bold(finding.decision)} ${dim(`(${terminalText(finding.reasons.join('; '))})`)}`,
    '',
  ].join('\n');
}

const STATE_OPTION = `--state ${SANDBOX_STATE}`;

/** What came of it, and what to do next. */
export function closing(found: Incident[], attacks: number): string {
  const states = found.flatMap((each) => Object.values(each.changes));
  const count = (state: string) => states.filter((each) => each === state).length;
  const waiting = count('waiting') > 0 ? `, ${count('waiting')} waiting for an answer` : '';
  return [
    '',
    bold(`${attacks} attacks, ${found.length} incidents: ${count('verified')} changes made${waiting}.`),
    'Go on with:',
    `  npx guardrail incidents ${STATE_OPTION}`,
    ...found.slice(0, 1).map((each) => `  npx guardrail show ${each.id} ${STATE_OPTION}`),
    ...found
      .flatMap((each) => Object.keys(each.changes))
      .slice(0, 1)
      .map((id) => `  npx guardrail undo ${id} --as ana --reason "it was a drill" ${STATE_OPTION}`),
    `  npx guardrail audit verify ${STATE_OPTION}`,
    '',
  ].join('\n');
}
