// A month of an organization through replay: what was planted is found, nothing else is loud, and memory stays flat.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleCommand } from '../infra/bundle.ts';
import { ACCOUNTS, ATTACKS } from './month.ts';
import type { Row } from './row.ts';

const RECORDS = 2_000_000;
const [MONTH, PEAK] = ['month.ts', 'peak.mjs'].map((each) => join(import.meta.dirname, each)) as [string, string];

type Found = { rule: string; account: string; risk: number };

/** Records are written and read as they go: neither is ever there as a whole. */
export async function organization(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guardrail-month-'));
  try {
    const { found, peak } = await replayed(await bundleCommand(join(folder, 'guardrail.mjs')));
    const isPlanted = ({ account }: Found) => ACCOUNTS.indexOf(account) < ATTACKS.length && ACCOUNTS.includes(account);
    const loud = found.filter((each) => each.risk >= 40);
    const missed = ATTACKS.filter(
      ({ rule }, at) => !loud.some((each) => each.rule === rule && each.account === ACCOUNTS[at]),
    );
    return [
      { name: 'attacks in a month of 20 accounts that are missed', ratio: missed.length, gate: 0, unit: '' },
      {
        name: 'findings above observe besides',
        ratio: loud.filter((each) => !isPlanted(each)).length,
        gate: 0,
        unit: '',
      },
      { name: 'peak memory of its replay, 2 million records', ratio: peak / 1000, gate: 200, unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function replayed(command: string): Promise<{ found: Found[]; peak: number }> {
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
    NODE_OPTIONS: `--import ${PEAK}`,
  };
  const writer = spawn(process.execPath, [MONTH, String(RECORDS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = spawn(command, ['replay', '-', '--output', 'jsonl'], {
    env,
    stdio: [writer.stdout, 'pipe', 'ignore'],
  });
  const found: Found[] = [];
  let peak = 0;
  for await (const line of createInterface({ input: reader.stdout })) {
    if (line.startsWith('{')) {
      const row = JSON.parse(line) as Found;
      if (row.risk >= 40) found.push(row);
    } else if (line !== '') peak = Number(line);
  }
  return { found, peak };
}
