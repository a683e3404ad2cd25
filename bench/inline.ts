// What the check of a policy adds to `detect`: the same event with a policy of 6 kB and with one statement in as many bytes.
import { emptyArchive } from '../adapters/archive.ts';
import { memoryStore } from '../adapters/memory.ts';
import { detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import { indexRules } from '../core/match.ts';
import { DEFAULTS } from '../core/settings.ts';
import { did, role } from '../events/did.ts';
import { rules } from '../rules/index.ts';
import type { Row } from './row.ts';

const [RUNS, WARM, ROUNDS, BYTES] = [3, 1_000, 4_000, 6_000];

/** In milliseconds, the least of a few runs: whatever else the machine does only adds to the others. */
export async function inline(): Promise<Row[]> {
  const known = indexRules(rules, DEFAULTS);
  let [added, whole] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < RUNS; run += 1) {
    const { small, large } = await timesOf(known);
    added = Math.min(added, ninetyNinth(large) - ninetyNinth(small));
    whole = Math.min(whole, ninetyNinth(large));
  }
  return [
    { name: 'added to detect by the check of a policy of 6 kB, at p99', ratio: added, gate: 1, unit: 'ms' },
    { name: 'detect and judge such an event, at p99', ratio: whole, gate: 5, unit: 'ms' },
  ];
}

/** No two documents are alike, and both kinds take turns, so that both see the same machine. */
async function timesOf(known: Line['rules']): Promise<{ small: number[]; large: number[] }> {
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
  return { small, large };
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

/**
 * A document of 6 kB, of which so many bytes are statements as deployments write them, and the rest is its name: what is
 * kept of an event costs the same for all.
 */
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
  const document = { Version: '2012-10-17', Statement: statements };
  return JSON.stringify({ ...document, Id: 'x'.repeat(Math.max(0, BYTES - JSON.stringify(document).length)) });
}

function ninetyNinth(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
