// How a command ends: the exit codes of the contract, and what is said when something stops it.

import { SettingsError } from '../adapters/settings.ts';
import { SnapshotError } from '../adapters/snapshot.ts';
import { terminalText } from '../adapters/terminal.ts';
import { AwsError } from '../core/operations.ts';

export const EXIT = { done: 0, found: 1, usage: 2, input: 3, aws: 4, bug: 70, interrupted: 130 } as const;

/** Ends the command with a message on stderr (none where it is empty) and an exit code. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly code: number;
  constructor(code: number, message = '') {
    super(message);
    this.code = code;
  }
}

/** Names of errors that the network makes, wherever they were raised. */
const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EPIPE',
  'CredentialsProviderError',
  'TimeoutError',
];

/** The exit code and the lines for an error that nobody caught. No stack trace: a person reads this. */
export function explain(error: unknown): { code: number; lines: string[] } {
  if (error instanceof Stop) return { code: error.code, lines: error.message ? error.message.split('\n') : [] };
  if (error instanceof SettingsError) return { code: EXIT.usage, lines: error.message.split('\n') };
  if (error instanceof SnapshotError) return { code: EXIT.input, lines: [error.message] };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AwsError || isNetwork(error))
    return { code: EXIT.aws, lines: [`AWS: ${message || String((error as { code?: unknown }).code)}`] };
  return {
    code: EXIT.bug,
    lines: [`This is a bug in guardrail: ${message}`, 'Please report it with the command that you ran.'],
  };
}

/** Says it on stderr, one escaped line each. */
export function say(lines: readonly string[]): void {
  for (const each of lines) process.stderr.write(`${terminalText(each)}\n`);
}

function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : error.name;
  return NETWORK.includes(code) || NETWORK.includes(error.name) || isNetwork(error.cause);
}
