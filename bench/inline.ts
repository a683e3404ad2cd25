// What the check of a policy adds to `detect`: the same event with a policy of 6 kB and with the smallest one.
import { execFileSync } from 'node:child_process';
import { emptyArchive } from '../adapters/archive.ts';
import { memoryStore } from '../adapters/memory.ts';
import { detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { indexRules } from '../core/match.ts';
import { DEFAULTS } from '../core/settings.ts';
import { did, role } from '../events/did.ts';
import { NODE_OPTIONS } from '../infra/names.ts';
import { rules } from '../rules/index.ts';
import type { Row } from './row.ts';

const [WARM, ROUNDS, BYTES] = [1_000, 4_000, 6_000];

/** In a process of its own, which runs as the functions do. */
export function inline(): Row[] {
  const env = { ...process.env, NODE_OPTIONS };
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename], { env, encoding: 'utf8' })) as Row[];
}

/** No two documents are alike, and both kinds take turns, so that both see the same machine. In milliseconds. */
async function measured(): Promise<Row[]> {
  const known = indexRules(rules, DEFAULTS);
  const [small, large]: [number[], number[]] = [[], []];
  for (let round = -WARM; round < ROUNDS; round += 1) {
    const times = [
      await timeOf(round, 1, lineInMemory(known)),
      await timeOf(round, BYTES, lineInMemory(known)),
    ] as const;
    if (round < 0) continue;
    small.push(times[0]);
    large.push(times[1]);
  }
  const added = ninetyNinth(large) - ninetyNinth(small);
  return [
    { name: 'added to detect by the check of a policy of 6 kB, at p99', ratio: added, gate: 1, unit: 'ms' },
    { name: 'detect and judge such an event, at p99', ratio: ninetyNinth(large), gate: 5, unit: 'ms' },
  ];
}

/** A line whose store is empty, as that of a function is: what it writes is elsewhere. */
function lineInMemory(known: Line['rules']): Line {
  const clock = { now: () => 1.8e12, sleep: async () => {} };
  const silent = { info() {}, warn() {} };
  const unused = async (): Promise<never> => {
    throw new Error('the benchmark changes nothing');
  };
  return {
    settings: DEFAULTS,
    rules: known,
    remediations: new Map(),
    keeps: true,
    runner: 'bench',
    ports: {
      accounts: { open: unused },
      store: memoryStore({ clock }),
      queue: { send: async () => {} },
      people: { tell: async () => {} },
      archive: emptyArchive,
      clock,
      log: silent,
    },
  };
}

async function timeOf(round: number, bytes: number, line: Line): Promise<number> {
  const request = { roleName: `web-${round}`, policyName: 'web', policyDocument: documentOf(round, bytes) };
  const record = did(role('deploy', `run-${round}`), 'iam:PutRolePolicy', request, { id: `bench-${bytes}-${round}` });
  const started = performance.now();
  await detect(record, line);
  return performance.now() - started;
}

/** A document of about so many bytes, with statements as deployments write them. */
function documentOf(round: number, bytes: number): string {
  const statements: object[] = [];
  for (let size = 0; size < bytes; size += JSON.stringify(statements.at(-1)).length)
    statements.push({
      Sid: `Part${statements.length}`,
      Effect: statements.length % 8 === 7 ? 'Deny' : 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 'dynamodb:Query', 'iam:PassRole', 'lambda:Update*'],
      Resource: [`arn:aws:s3:::app-${round}-${statements.length}/*`, `arn:aws:iam::111122223333:role/app-${round}-*`],
      Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', `eu-${round}`] } },
    });
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function ninetyNinth(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measured()));
