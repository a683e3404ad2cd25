// Least privilege: what each role may do is what its function does, recorded from the handlers at work.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { liveArchive } from '../adapters/archive.ts';
import type { Account, Store } from '../core/ports.ts';
import { OWN_ROLES } from '../core/protect.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';
import { envelopeOf } from '../events/cloudtrail.ts';
import { user } from '../events/did.ts';
import { receive as detectEvent } from '../handlers/detect.ts';
import { receive as respondTo } from '../handlers/respond.ts';
import { sweep } from '../handlers/sweep.ts';
import { FUNCTIONS, type FunctionName } from '../infra/names.ts';
import { commandsOf } from '../infra/slim.ts';
import { remediationStatements, statementsFor } from '../infra/statements.ts';
import { functions, resources } from '../infra/template.ts';
import { remediations } from '../remediations/index.ts';
import { rules } from '../rules/index.ts';
import { world } from './world.ts';

const SLACK: Settings = { ...DEFAULTS, slack: { channel: 'C0SECURITY' }, accounts: { '222233334444': {} } };
const records = rules.flatMap((rule) => Object.values(rule.examples).map(({ event }) => event));

/** What the store's methods send, and what allows it. */
const STORE = {
  get: ['dynamodb:GetItem'],
  list: ['dynamodb:Query'],
  write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
};

type Note = (actions: string[]) => void;

function noted<In extends unknown[], Out>(
  actions: string[],
  note: Note,
  act: (...about: In) => Out,
): (...about: In) => Out {
  return (...about) => {
    note(actions);
    return act(...about);
  };
}

/** A world whose ports note the actions that stand behind them. */
function noting() {
  const used = new Set<string>();
  const note: Note = (actions) => {
    for (const each of actions) used.add(each);
  };
  const store = (inner: Store): Store => ({
    get: noted(STORE.get, note, inner.get),
    list: noted(STORE.list, note, inner.list),
    write: noted(STORE.write, note, inner.write),
  });
  const it = world({ store });
  const line = it.start();
  const { queue, people, accounts } = line.ports;
  line.ports.queue = { send: noted(['sqs:SendMessage'], note, queue.send) };
  line.ports.people = { tell: noted(['secretsmanager:GetSecretValue'], note, people.tell) };
  line.ports.accounts = { open: noted(['sts:AssumeRole'], note, accounts.open) };
  return { ...it, used, line, note };
}

/** What Lambda does in the name of a function's role. */
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

async function usedByDetect(): Promise<Set<string>> {
  const { line, used, note } = noting();
  const read = async (name: string) => {
    note([name]);
    return { Policy: { DefaultVersionId: 'v1' }, PolicyVersion: { Document: '{}' } };
  };
  line.ports.archive = liveArchive({ open: async () => ({ read }) as unknown as Account });
  for (const each of records) await detectEvent(envelopeOf(each), line);
  return used.union(new Set(LOG));
}

async function usedByRespond(): Promise<Set<string>> {
  const { line, used, sandbox, store, records } = noting();
  await sandbox.as(user('eve')).call('iam:CreateUser', { UserName: 'eve' });
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await sandbox.as(user('eve')).call('iam:AttachUserPolicy', { UserName: 'eve', PolicyArn });
  for (const each of records) await detectEvent(envelopeOf(each), line);
  used.clear();
  for (const { value } of await store.list('work')) {
    const record = { body: JSON.stringify(value), messageId: '1', attributes: {} };
    await respondTo({ Records: [record] } as unknown as Parameters<typeof respondTo>[0], line);
  }
  return used.union(new Set([...LOG, ...RECEIVE]));
}

async function usedBySweep(): Promise<Set<string>> {
  const { line, used } = noting();
  await sweep(line.ports);
  return used.union(new Set(LOG));
}

const USED = { detect: usedByDetect, respond: usedByRespond, sweep: usedBySweep };

function actionsOf(name: FunctionName): string[] {
  return statementsFor(name, SLACK).flatMap((each) => each.actions);
}

describe('roles', () => {
  test.each(FUNCTIONS)('%s may do what it does, and nothing else', async (name) => {
    expect([...(await USED[name]())].sort()).toEqual([...new Set(actionsOf(name))].sort());
  });

  test('the adapters send the commands that the actions stand for', () => {
    const sent = (file: string) => {
      const text = readFileSync(join(import.meta.dirname, '..', 'adapters', file), 'utf8');
      return [...new Set([...text.matchAll(/new (?:[\w.]+\.)?(\w+)Command\(/g)].map((each) => each[1]))].sort();
    };
    const puts = ['DeleteItem', 'PutItem', 'TransactWriteItems', 'UpdateItem'];
    expect(sent('dynamodb.ts')).toEqual(['GetItem', 'Query', ...puts].sort());
    expect(sent('queue.ts')).toEqual(['SendMessageBatch']);
    expect(sent('secret.ts')).toEqual(['GetSecretValue']);
    const store = ['GetItem', 'Query', ...puts].map((each) => `dynamodb:${each}`);
    expect(commandsOf('detect', SLACK)).toEqual(expect.arrayContaining([...store, 'sqs:SendMessageBatch']));
    expect(commandsOf('sweep', SLACK)).not.toContain('dynamodb:TransactWriteItems');
  });

  test('the remediation role may do what remediations need, and only respond can assume it', () => {
    const needs = new Set(remediations.flatMap((each) => each.needs));
    expect(
      remediationStatements()
        .flatMap((each) => each.actions)
        .sort(),
    ).toEqual([...needs].sort());
    const { Resources } = resources(rules, DEFAULTS);
    expect(Resources.RemediationRole?.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Principal: { AWS: { 'Fn::GetAtt': ['RespondRole', 'Arn'] } }, Action: 'sts:AssumeRole' }],
    });
  });

  test('no action has a wildcard, and no resource has one without a reason', () => {
    const all = [...FUNCTIONS.flatMap((each) => statementsFor(each, SLACK)), ...remediationStatements()];
    expect(all.flatMap((each) => each.actions).filter((each) => /[*?]/.test(each))).toEqual([]);
    const wide = all.filter((each) => /[*?]/.test(JSON.stringify(each.resources)));
    expect(wide.filter((each) => !each.because)).toEqual([]);
    expect(all.flatMap((each) => each.resources)).not.toContain('*');
  });

  test('their names are those that the guardrail protects', () => {
    const { Resources } = resources(rules, DEFAULTS);
    const named = Object.values(Resources).filter((each) => each.Type === 'AWS::IAM::Role');
    expect(named.map((each) => each.Properties.RoleName).sort()).toEqual([...OWN_ROLES].sort());
  });

  test('the secret of Slack is there for respond only, and only where there is a channel', () => {
    const may = (name: FunctionName, settings: Settings) =>
      statementsFor(name, settings).some((each) => each.actions.includes('secretsmanager:GetSecretValue'));
    expect(FUNCTIONS.filter((name) => may(name, SLACK))).toEqual(['respond']);
    expect(FUNCTIONS.filter((name) => may(name, DEFAULTS))).toEqual([]);
    expect(JSON.stringify(functions(SLACK).respond)).toContain('GUARDRAIL_SLACK_SECRET');
    expect(JSON.stringify([functions(SLACK).detect, functions(DEFAULTS)])).not.toContain('GUARDRAIL_SLACK_SECRET');
  });
});
