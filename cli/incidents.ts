// `guardrail incidents`: what has happened, latest first.
import { Command, Option } from 'commander';
import { type Incident, incidents } from '../core/incident.ts';
import { outputOption, type StateOptions, withState } from './options.ts';
import { jsonLine, print, table } from './output.ts';
import { openStateful, someNumber } from './stateful.ts';

type Options = StateOptions & { output: 'table' | 'json'; most: number };

export function incidentsCommand(): Command {
  return withState(new Command('incidents'))
    .description('List the incidents: the findings and changes of one actor in one account in one window.')
    .addOption(outputOption('table', 'json'))
    .addOption(new Option('--most <n>', 'at most so many, latest first').default(50).argParser(someNumber))
    .addHelpText(
      'after',
      '\nExamples:\n  $ guardrail incidents\n  $ guardrail incidents --state .guardrail/state.db --output json',
    )
    .action(list);
}

async function list(options: Options): Promise<void> {
  const found = await openStateful(options, ({ store }) => incidents(store, options.most));
  if (options.output === 'json') return print(jsonLine(found.map(incidentRow)));
  if (found.length === 0) return print('No incidents.\n');
  return print(table(['INCIDENT', 'RISK', 'ACCOUNT', 'ACTOR', 'LAST', 'FINDINGS', 'CHANGES'], found.map(cells)));
}

/** An incident as JSON. */
export function incidentRow(incident: Incident) {
  const { id, account, actor, risk, severity, findings, rules, changes } = incident;
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    incident: id,
    account,
    actor: actor.id,
    name: actor.name,
    first: time(incident.first),
    last: time(incident.last),
    risk,
    severity,
    findings,
    rules,
    changes,
  };
}

function cells(incident: Incident): string[] {
  const changes = Object.entries(incident.changes).map(([id, state]) => `${id} ${state}`);
  const last = new Date(incident.last).toISOString().slice(0, 16).replace('T', ' ');
  return [
    incident.id,
    `${incident.risk} ${incident.severity}`,
    incident.account,
    incident.actor.name,
    last,
    String(incident.findings),
    changes.join(', '),
  ];
}
