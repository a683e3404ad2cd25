// Starts moto, an AWS that others wrote and that others check, for the tests that must not believe our own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of moto, `http://127.0.0.1:PORT`. */
    moto: string;
  }
}

const MISSING = "These tests need moto, an AWS emulator, and moto_server does not start: pip install 'moto[server]'";
const PATIENCE = 60_000;

let server: ChildProcess | undefined;

/** Starts `moto_server` on a free port of this machine and provides its address as `moto`. Throws where there is none. */
export async function setup(project: TestProject): Promise<void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  await answering(server, url);
  project.provide('moto', url);
}

/** Ends the process that `setup` started, and no other. */
export async function teardown(): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill();
  await ended;
}

async function answering(process: ChildProcess, url: string): Promise<void> {
  let said = '';
  let failure: Error | undefined;
  process.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  process.once('error', (error) => {
    failure = new Error(MISSING, { cause: error });
  });
  process.once('exit', (code) => {
    failure ??= new Error(`${MISSING}\nIt ended with ${code}: ${said}`);
  });
  for (const end = Date.now() + PATIENCE; Date.now() < end; await setTimeout(50)) {
    if (failure) throw failure;
    if (await answers(url)) return;
  }
  process.kill();
  throw new Error(`moto_server did not answer on ${url} within ${PATIENCE / 1000} s: ${said}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}
