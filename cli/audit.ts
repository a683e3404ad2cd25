// `guardrail audit verify`: is the journal whole, and if not, which entry is the first that does not hold.
import { Command } from 'commander';
import { incidents } from '../core/incident.ts';
import { entriesOf, firstBreak } from '../core/journal.ts';
import type { Store } from '../core/ports.ts';
import { EXIT, Stop } from './exit.ts';
import { type StateOptions, withState } from './options.ts';
import { print } from './output.ts';
import { openStateful } from './stateful.ts';

export function auditCommand(): Command {
  const verifyCommand = withState(new Command('verify'))
    .description(
      'Check the hash chain of every incident; exit 1 with the first entry that was changed, removed or added.',
    )
    .addHelpText('after', '\nExample:\n  $ guardrail audit verify --state .guardrail/state.db')
    .action(verify);
  return new Command('audit')
    .description('Prove what the journal holds.')
    .addCommand(verifyCommand)
    .addHelpText('after', '\nExample:\n  $ guardrail audit verify --state .guardrail/state.db');
}

async function verify(options: StateOptions): Promise<void> {
  const { problems, entries } = await openStateful(options, ({ store }) => check(store));
  for (const each of problems) await print(`${each}\n`);
  if (problems.length > 0) throw new Stop(EXIT.found);
  await print(`The journal is whole: ${entries} entries.\n`);
}

async function check(store: Store): Promise<{ problems: string[]; entries: number }> {
  const problems: string[] = [];
  let entries = 0;
  for (const { id, head } of await incidents(store, Number.MAX_SAFE_INTEGER)) {
    const chain = await entriesOf(store, id);
    const broken = firstBreak(id, chain, head);
    if (broken) problems.push(`incident ${id}, entry ${broken.number}: ${broken.reason}`);
    entries += chain.length;
  }
  return { problems, entries };
}
