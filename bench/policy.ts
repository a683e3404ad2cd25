// The policy engine against JSON.parse of the same lines, and how its time grows with what it is given.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, loadCatalogue } from '../policy/catalogue.ts';
import { comparePolicies } from '../policy/compare.ts';
import { answerCheck, answerSimulation } from '../policy/rows.ts';
import { fits } from '../policy/wildcard.ts';
import { median, type Row } from './row.ts';

const CASES = join(import.meta.dirname, '../test/policy');
const [WARM, ROUNDS] = [20, 21];

/** Speed on the suites' own rows, which are small and all different: what is found for one hardly helps another. */
export async function policy(): Promise<Row[]> {
  const catalogue = await loadCatalogue();
  return [...speeds(catalogue), ...growth(catalogue)];
}

function speeds(catalogue: Catalogue): Row[] {
  const requests = linesIn('evaluation');
  const documents = linesIn('analysis');
  const simulating = against(requests, (line) => answerSimulation(line, catalogue));
  const checking = against(documents, (line) => answerCheck(line, { now: 1.8e12, catalogue }));
  return [
    { name: 'simulate, parsing included, against JSON.parse of the same lines', ratio: simulating.ratio, gate: 4 },
    { name: 'check, parsing included, against JSON.parse of the same lines', ratio: checking.ratio, gate: 12 },
    {
      name: 'decisions in a second, in thousands',
      ratio: simulating.perSecond / 1000,
      gate: Number.POSITIVE_INFINITY,
      unit: 'k',
    },
    {
      name: 'policies in a second, in thousands',
      ratio: checking.perSecond / 1000,
      gate: Number.POSITIVE_INFINITY,
      unit: 'k',
    },
  ];
}

function linesIn(suite: string): string[] {
  const folder = join(CASES, suite);
  return readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(join(folder, file), 'utf8')) as object[]).map((each) => JSON.stringify(each)),
  );
}

/** Both take turns, so that both see the same machine; the first rounds warm up. */
function against(lines: string[], act: (line: string) => unknown): { ratio: number; perSecond: number } {
  const ratios: number[] = [];
  const times: number[] = [];
  for (let round = -WARM; round < ROUNDS; round += 1) {
    const parsing = timed(() => lines.forEach((each) => void JSON.parse(each)));
    const acting = timed(() => lines.forEach((each) => void act(each)));
    if (round < 0) continue;
    ratios.push(acting / parsing);
    times.push(acting);
  }
  return { ratio: median(ratios), perSecond: lines.length / (median(times) / 1000) };
}

function timed(act: () => void): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}

/** How many times the time of doing something at twice the size: 2 is linear. */
function growth(catalogue: Catalogue): Row[] {
  const around = { now: 1.8e12, catalogue };
  const checked = (statement: (at: number) => object, count: number) => {
    const line = JSON.stringify({ policy: documentOf(statement, count) });
    return () => answerCheck(line, around);
  };
  const compared = (statement: (at: number) => object, count: number) => {
    const [before, after] = [documentOf(statement, count), documentOf((at) => statement(at + 1), count)];
    return () => comparePolicies(before, after, { ...around, type: undefined, account: undefined });
  };
  const matched = (piece: string, length: number) => () => fits(`*${piece.repeat(length / 2)}b*`, 'a'.repeat(length));
  const rows: [name: string, small: () => unknown, large: () => unknown][] = [
    ['check of 500 statements against 250', checked(permission, 250), checked(permission, 500)],
    ['check of 500 statements of a resource against 250', checked(entrance, 250), checked(entrance, 500)],
    ['comparison of 500 statements against 250', compared(permission, 250), compared(permission, 500)],
    ['comparison of 500 statements of a resource against 250', compared(entrance, 250), compared(entrance, 500)],
    ['a pattern of a long piece at twice the length', matched('a', 200_000), matched('a', 400_000)],
    ['a pattern of a long piece with gaps at twice the length', matched('?a', 50_000), matched('?a', 100_000)],
  ];
  return rows.map(([name, small, large]) => ({ name, ratio: growthOf(small, large), gate: 2.5 }));
}

function documentOf(statement: (at: number) => object, count: number): object {
  return { Version: '2012-10-17', Statement: Array.from({ length: count }, (_, at) => statement(at)) };
}

/** Every second one denies what others allow, so that each has to be held against all. */
function permission(at: number): object {
  const Resource = `arn:aws:iam::111122223333:user/team-${at}/*`;
  return at % 2 === 0
    ? {
        Effect: 'Allow',
        Action: ['iam:*', 's3:*', `lambda:Get${at}*`],
        Resource: [Resource, `arn:aws:s3:::bucket-${at}*`],
      }
    : {
        Effect: 'Deny',
        Action: ['iam:*AccessKey*', 's3:Put*'],
        Resource: [Resource, `arn:aws:s3:::*-${at}/*`],
        Condition: { StringEquals: { 'aws:PrincipalTag/team': `${at}` } },
      };
}

/** Others get in, all but some of them. */
function entrance(at: number): object {
  const AWS = Array.from({ length: 20 }, (_, each) => `arn:aws:iam::${100_000_000_000 + at * 20 + each}:root`);
  return at % 2 === 0
    ? { Effect: 'Allow', Principal: { AWS }, Action: 's3:*', Resource: 'arn:aws:s3:::reports/*' }
    : { Effect: 'Deny', NotPrincipal: { AWS }, Action: 's3:Put*', Resource: 'arn:aws:s3:::reports/*' };
}

function growthOf(small: () => unknown, large: () => unknown): number {
  const ratios = Array.from({ length: 9 }, () => timed(large) / timed(small));
  return median(ratios);
}
