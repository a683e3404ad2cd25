// Commands that only read the state: opened, asked, closed.
import { InvalidArgumentError } from 'commander';
import type { Store } from '../core/ports.ts';
import { openStore } from './line.ts';
import { type StateOptions, settingsOf } from './options.ts';

/** What `ask` makes of the store that the options name. */
export async function openStateful<Value>(
  options: StateOptions,
  ask: (opened: { store: Store }) => Promise<Value>,
): Promise<Value> {
  settingsOf(options); // a wrong setting is told by every command that is given one
  const { store, close } = openStore(options);
  try {
    return await ask({ store });
  } finally {
    close();
  }
}

/** For commander: a whole number above 0. */
export function someNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}
