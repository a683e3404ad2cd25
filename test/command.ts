// The command as its users start it, in a folder.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';

const CLI = resolve(import.meta.dirname, '../cli/guardrail.ts');

/** Runs the command in the folder; it never shows a stack trace. */
export function guardrailIn(
  folder: string,
  args: string[],
  input = '',
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
    maxBuffer: 100_000_000,
  });
  expect(stderr, 'no stack trace').not.toMatch(/^\s+at /m);
  return { code: status, out: stdout, err: stderr };
}
