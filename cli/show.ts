// `guardrail show`: one incident whole, or one change: what happened, why, what was done, and the journal.
import { Command } from 'commander';
import { terminalText } from '../adapters/terminal.ts';
import { type Change, incidentOf } from '../core/change-record.ts';
import type { Finding } from '../core/finding.ts';
import { changesOf, findingsOf, type Incident, incidentById } from '../core/incident.ts';
import { type Entry, entriesOf } from '../core/journal.ts';
import type { Store } from '../core/ports.ts';
import { EXIT, Stop } from './exit.ts';
import { incidentRow } from './incidents.ts';
import { outputOption, type StateOptions, withState } from './options.ts';
import { bold, changeLines, changeRow, dim, factorLines, findingRow, jsonLine, print, severityWord } from './output.ts';
import { openStateful } from './stateful.ts';

type Options = StateOptions & { output: 'table' | 'json' };
type Whole = { incident: Incident; findings: Finding[]; changes: Change[]; journal: Entry[] };

export function showCommand(): Command {
  return withState(new Command('show'))
    .description(
      'Show an incident, or the incident of a change: findings with their reasons, changes with their calls, the journal.',
    )
    .argument('<id>', 'an incident, or a change')
    .addOption(outputOption('table', 'json'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ guardrail show ik3v9x2mqa\n  $ guardrail show ik3v9x2mqa.1f0c9a2b --output json',
    )
    .action(show);
}

async function show(id: string, options: Options): Promise<void> {
  const whole = await openStateful(options, ({ store }) => gather(id.includes('.') ? incidentOf(id) : id, store));
  if (!whole) throw new Stop(EXIT.found, `There is no incident ${id}; see: guardrail incidents`);
  if (options.output === 'json') return print(jsonLine(wholeRow(whole)));
  return print(wholeLines(whole));
}

async function gather(id: string, store: Store): Promise<Whole | undefined> {
  const incident = await incidentById(store, id);
  if (!incident) return undefined;
  const [findings, changes, journal] = await Promise.all([
    findingsOf(store, id),
    changesOf(store, id),
    entriesOf(store, id),
  ]);
  return { incident: incident.value, findings, changes, journal };
}

function wholeRow({ incident, findings, changes, journal }: Whole) {
  return {
    ...incidentRow(incident),
    findings: findings.map((each, index) => findingRow(each, index)),
    changes: changes.map(changeRow),
    journal,
  };
}

function wholeLines({ incident, findings, changes, journal }: Whole): string {
  const head = `${bold(`Incident ${incident.id}`)}  ${severityWord(incident.severity)} ${incident.risk}  ${terminalText(incident.actor.name)} in ${incident.account}\n`;
  return [
    head,
    ...findings.map(findingText),
    ...changes.map((each) => changeLines(changeRow(each))),
    dim('Journal\n'),
    ...journal.map(entryLine),
  ].join('\n');
}

function findingText(finding: Finding): string {
  const head = `${bold(terminalText(finding.because))}\n  ${finding.time}  ${finding.rule}  risk ${finding.risk}: ${finding.decision}`;
  return [head, ...factorLines(finding.factors), `  ${dim(terminalText(finding.reasons.join('; ')))}`, ''].join('\n');
}

function entryLine(entry: Entry): string {
  const about = entry.about.change ?? entry.about.rule ?? '';
  return dim(
    `  ${String(entry.number).padStart(3)}  ${entry.at}  ${entry.kind.padEnd(9)} ${terminalText(String(about))}  ${entry.hash.slice(0, 12)}\n`,
  ).trimEnd();
}
