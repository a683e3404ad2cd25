// Help for the deployment test: commands, bundled functions in processes of their own, and a proxy that notes what they send.
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionName } from '../../infra/names.ts';
import { bundleOf } from '../../infra/template.ts';

export const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** `output` is all that was printed, `answer` the last line on standard output. */
export type Outcome = { code: number; output: string; answer: string };
type Variables = { [name: string]: string };

/** Runs a program in the project with nothing of AWS in its environment but `variables`. */
export async function program(name: string, args: string[], variables: Variables = {}): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(AWS|GUARDRAIL|SLS)_/.test(key));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables };
  try {
    const { stdout, stderr } = await run(name, args, { cwd: ROOT, env, maxBuffer: 1e8 });
    return { code: 0, output: stdout + stderr, answer: lastLine(stdout) };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code: number | string; stdout?: string; stderr?: string };
    if (typeof code === 'string') throw error;
    return { code, output: stdout + stderr, answer: lastLine(stdout) };
  }
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

export const serverless = (args: string[], variables?: Variables) =>
  program('npx', ['--no-install', 'serverless', ...args], variables);

/** `cfn-lint` on a template; where it is missing, says how to get it. */
export async function lint(template: string): Promise<Outcome> {
  return program('cfn-lint', [template]).catch((cause: unknown) => {
    throw new Error('This test needs cfn-lint, which judges templates: pip install cfn-lint', { cause });
  });
}

/** Calls a bundled function as Lambda does: in a process of its own, with the variables of its deployment. */
export async function call(name: FunctionName, event: unknown, variables: Variables): Promise<unknown> {
  const bundle = join(ROOT, bundleOf(name), 'index.mjs');
  const context = { functionName: name, awsRequestId: 'test' };
  const script = `const { handler } = await import(${JSON.stringify(bundle)});
const answer = await handler(${JSON.stringify(event)}, ${JSON.stringify(context)});
process.stdout.write('\\n' + JSON.stringify(answer ?? null));`;
  const { code, output, answer } = await program(
    process.execPath,
    ['--input-type=module', '--eval', script],
    variables,
  );
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${output}`);
  return JSON.parse(answer);
}

/** The variables that a deployed function has. */
export async function variablesOf(name: string, moto: string): Promise<Variables> {
  const credential =
    'AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=x';
  const url = `${moto}/2015-03-31/functions/${name}/configuration`;
  const answer = await fetch(url, { headers: { authorization: credential } });
  const { Environment } = (await answer.json()) as { Environment: { Variables: Variables } };
  return Environment.Variables;
}

export type Recorder = { url: string; sent: Set<string>; close(): void };

/** Passes everything on to moto, and notes the operations: `iam:UpdateAccessKey`. */
export async function recorder(moto: string): Promise<Recorder> {
  const sent = new Set<string>();
  const server: Server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray());
    sent.add(operationOf(incoming, body.toString()));
    const { method, headers, url = '/' } = incoming;
    const onward = request(new URL(url, moto), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, sent, close: () => void server.close() };
}

function operationOf({ headers }: IncomingMessage, body: string): string {
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? 'unknown';
  const target = headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action');
  return `${service}:${operation ?? 'unknown'}`;
}
