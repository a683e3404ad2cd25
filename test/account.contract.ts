// What an account must answer, whoever plays it: the same scripts run on the sandbox and on moto, an AWS that others wrote.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonical } from '../core/journal.ts';
import { AwsError, type Call, type ReadName } from '../core/operations.ts';
import type { Account } from '../core/ports.ts';
import { isFields, parseDocument } from '../events/fields.ts';
import type { OperationName } from '../sandbox/operations.ts';
import { SCRIPTS, type Step } from './account.scripts.ts';

/** An empty account: behind its port, and for what the port does not offer, by operation name. */
export type World = { account: string; port: Account; call(name: string, input: object): Promise<object> };

/** What the steps of each script answered, by its title. */
export type Answers = { [title: string]: unknown[] };

export const RECORDING = new URL('./fixtures/moto-answers.json', import.meta.url);

/**
 * Fields that cannot be compared, because moto does not answer as AWS's documentation says. Whole answers that cannot
 * be are in no script but in `sandbox.test.ts`: moto deletes users that still have keys, a password or groups, takes
 * anything as the trust policy of a new role, lists nobody for a policy that does not exist, makes a trail a second
 * time, and answers 500 when logging of a trail is started or stopped by ARN or when there is no such trail.
 * Documents are compared by content: moto does not URL-encode those of managed policies.
 */
const EXCEPTIONS: { call: OperationName; field: string; because: string }[] = [
  {
    call: 'iam:CreateLoginProfile',
    field: 'PasswordResetRequired',
    because: 'moto always says false, AWS what was asked for',
  },
  { call: 'iam:ListAccessKeys', field: 'IsTruncated', because: 'moto leaves it out, AWS always says it' },
  { call: 'iam:GetGroup', field: 'IsTruncated', because: 'moto leaves it out, AWS always says it' },
  { call: 'iam:CreatePolicy', field: 'PermissionsBoundaryUsageCount', because: 'moto leaves it out, AWS says 0' },
  { call: 'iam:GetPolicy', field: 'PermissionsBoundaryUsageCount', because: 'moto leaves it out, AWS says 0' },
  { call: 'iam:CreateRole', field: 'Description', because: 'moto answers as to GetRole, AWS with less' },
  { call: 'iam:CreateRole', field: 'MaxSessionDuration', because: 'moto answers as to GetRole, AWS with less' },
  { call: 'iam:CreateRole', field: 'RoleLastUsed', because: 'moto answers as to GetRole, AWS with less' },
  { call: 'iam:CreatePolicyVersion', field: 'Document', because: 'moto shows it, AWS only in GetPolicyVersion' },
  { call: 'iam:ListPolicyVersions', field: 'Document', because: 'moto shows it, AWS only in GetPolicyVersion' },
  { call: 'iam:ListPolicyVersions', field: 'IsTruncated', because: 'moto leaves it out, AWS always says it' },
  ...['Delivery', 'Notification'].flatMap((what) =>
    [`Latest${what}Time`, `Latest${what}AttemptTime`, `Latest${what}AttemptSucceeded`].map((field) => ({
      call: 'cloudtrail:GetTrailStatus' as const,
      field,
      because: 'the sandbox delivers no files, and moto says that it does',
    })),
  ),
];

/** Runs every script in a fresh account and compares its answers with moto's, as they were recorded. */
export function accountContract(name: string, setUp: () => Promise<World>): void {
  describe(name, () => {
    for (const [title, steps] of Object.entries(SCRIPTS)) {
      test(title, async () => {
        expect(await play(steps, await setUp())).toEqual(recorded()[title]);
      });
    }
  });
}

/** The answers to all scripts, for the recording. */
export async function playAll(setUp: () => Promise<World>): Promise<Answers> {
  const answers: Answers = {};
  for (const [title, steps] of Object.entries(SCRIPTS)) answers[title] = await play(steps, await setUp());
  return answers;
}

function recorded(): Answers {
  return (JSON.parse(readFileSync(RECORDING, 'utf8')) as { answers: Answers }).answers;
}

async function play(steps: readonly Step[], world: World): Promise<unknown[]> {
  const names = placeholders(world.account);
  const answers: unknown[] = [];
  for (const [name, input] of steps) {
    const answer = await answerOf(world, name, names.fill(input) as object);
    answers.push([name, names.shown(withoutExceptions(name, answer))]);
  }
  return answers;
}

/** Reads and writes go through the port, the rest beside it. Errors become their code. */
async function answerOf(world: World, name: OperationName, input: object): Promise<unknown> {
  try {
    if (isRead(name)) return (await world.port.read(name, input as never)) ?? 'nothing';
    if (isSetUp(name)) return await world.call(name, input);
    const { requestId } = await world.port.write({ call: name, input } as Call);
    return requestId ? 'done' : 'done without a request id';
  } catch (error) {
    if (error instanceof AwsError) return `error ${error.code}`;
    throw error;
  }
}

function isRead(name: OperationName): name is ReadName {
  return /:(Get|List)/.test(name);
}

function isSetUp(name: OperationName): boolean {
  return /:(Create|DeleteUser$|DeleteAccessKey$|DeletePolicyVersion$)/.test(name);
}

function withoutExceptions(name: OperationName, answer: unknown): unknown {
  const left = new Set(EXCEPTIONS.filter((each) => each.call === name).map((each) => each.field));
  return left.size === 0 ? answer : without(answer, left);
}

function without(value: unknown, left: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, left));
  if (!isFields(value) || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([key]) => !left.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, without(each, left)]));
}

/** Puts names in the place of what every account makes up for itself, and finds it again for the next call. */
function placeholders(account: string) {
  const keys: string[] = [];
  const shownText = (text: string): unknown => {
    if (/^AKIA[A-Z0-9]{16}$/.test(text))
      return `<key ${(keys.includes(text) ? keys.indexOf(text) : keys.push(text) - 1) + 1}>`;
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return '<date>';
    return parseDocument(text) ?? text.replaceAll(account, '<account>');
  };
  const filledText = (text: string): string =>
    text.replace(/<key (\d)>/g, (_, number) => keys[number - 1] ?? 'AKIANONE').replaceAll('<account>', account);
  return { shown: (value: unknown) => mapped(value, shownText), fill: (value: unknown) => mapped(value, filledText) };
}

const MADE_UP = /^(User|Group|Role|Policy)Id$|^SecretAccessKey$/;

function mapped(value: unknown, text: (text: string) => unknown): unknown {
  if (value instanceof Date) return '<date>';
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, text)).sort(byText);
  if (!isFields(value)) return value;
  const shown = Object.entries(value).filter(([key, each]) => key !== '$metadata' && each !== undefined);
  return Object.fromEntries(shown.map(([key, each]) => [key, MADE_UP.test(key) ? '<made up>' : mapped(each, text)]));
}

/** AWS promises no order. */
function byText(one: unknown, other: unknown): number {
  return canonical(one) < canonical(other) ? -1 : 1;
}
