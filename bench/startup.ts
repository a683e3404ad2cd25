// How long the bundled `detect` takes from the start of its process to the end of its first call, and how large it is.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULTS } from '../core/settings.ts';
import { bundleFunctions } from '../infra/bundle.ts';
import { bundleOf } from '../infra/template.ts';
import { median, type Row } from './row.ts';

const ROUNDS = 15;
const run = promisify(execFile);

/** Bundles into a folder of its own and measures; bare and bundled processes take turns, so that both see the same machine. */
export async function startup(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'guardrail-startup-'));
  try {
    await bundleFunctions(DEFAULTS, folder);
    const call = join(folder, 'call.mjs');
    await writeFile(call, callOf(join(folder, bundleOf('detect'), 'index.mjs')));
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, '');
    const ratio = await ratioOf(call, empty);
    const size = await sizeOf(join(folder, bundleOf('detect')));
    return [
      { name: 'start-up and first call of detect / bare Node process', ratio, gate: 4 },
      { name: 'size of detect with all that it loads', ratio: size / 1_000, gate: 500, unit: 'kB' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first call is with an event that no rule wants: it passes all of the handler, and reaches no network. */
function callOf(bundle: string): string {
  const event = { source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail', detail: unwanted };
  return `const { handler } = await import(${JSON.stringify(bundle)});
await handler(${JSON.stringify(event)}, { functionName: 'detect', awsRequestId: 'bench' });`;
}

const unwanted = { eventName: 'GetServerCertificate', eventSource: 'iam.amazonaws.com', eventType: 'AwsApiCall' };

async function ratioOf(call: string, empty: string): Promise<number> {
  const bundled: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const times = [await timeOf(call), await timeOf(empty)] as const;
    // The first round fills the caches of the disk.
    if (round === 0) continue;
    bundled.push(times[0]);
    bare.push(times[1]);
  }
  return median(bundled) / median(bare);
}

async function timeOf(file: string): Promise<number> {
  const env = { ...process.env, GUARDRAIL_TABLE: 'none', GUARDRAIL_QUEUE_URL: 'http://127.0.0.1:9/none' };
  const start = performance.now();
  await run(process.execPath, [file], { env });
  return performance.now() - start;
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (each) => (await stat(join(folder, each))).size));
  return sizes.reduce((sum, each) => sum + each, 0);
}
