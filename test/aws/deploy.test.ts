// From the source to an account: packaged without AWS, deployed to moto, and there a record on the bus ends as a disabled key.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Rule as RuleOfBus,
} from '@aws-sdk/client-eventbridge';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readSettings } from '../../adapters/settings.ts';
import { did, user } from '../../events/did.ts';
import { FUNCTIONS } from '../../infra/names.ts';
import { commandsOf } from '../../infra/slim.ts';
import { call, lint, type Recorder, recorder, serverless, variablesOf } from './deployed.ts';

const ACCOUNT = '123456789012';
const moto = inject('moto');
const client = { region: 'us-east-1', endpoint: moto, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const iam = new IAMClient(client);
const events = new EventBridgeClient(client);
const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
/** Where nothing answers: whoever asks AWS there fails. */
const NOWHERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

let folder: string;
let settings: string;
let proxy: Recorder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guardrail-deploy-'));
  settings = join(folder, 'auto.yml');
  await writeFile(settings, 'mode: auto\n');
  proxy = await recorder(moto);
});

afterAll(async () => {
  proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => join(folder, name);
const packaged = (name: string, file = settings) =>
  serverless(['package', '--package', inFolder(name), '--param', `settings=${file}`], NOWHERE);

test('packages without credentials and without AWS, to the same bytes each time', async () => {
  const [first, again] = [await packaged('package'), await packaged('again')];
  expect([first.code, again.code], first.output).toEqual([0, 0]);
  for (const each of FUNCTIONS) {
    const zips = await Promise.all(['package', 'again'].map((name) => readFile(inFolder(`${name}/${each}.zip`))));
    const digests = zips.map((zip) => createHash('sha256').update(zip).digest('hex'));
    expect(digests[0], each).toBe(digests[1]);
    expect(zips[0]?.length).toBeLessThan(500_000);
  }
});

test('cfn-lint has nothing to say', async () => {
  for (const template of ['update', 'create'])
    expect(await lint(inFolder(`package/cloudformation-template-${template}-stack.json`))).toMatchObject({
      code: 0,
      output: '',
    });
});

test('a wrong setting stops it, with file, path and reason', async () => {
  const wrong = inFolder('wrong.yml');
  await writeFile(wrong, 'mode: always\nrules: {no-such-rule: {enabled: false}}\n');
  const { code, output } = await packaged('wrong', wrong);
  expect(code).not.toBe(0);
  expect(output).toContain(`${wrong}: mode: `);
  expect(output).toContain(`${wrong}: rules.no-such-rule: `);
  expect(output).not.toMatch(/^\s+at /m);
});

test('deploys', async () => {
  const { code, output } = await serverless(['deploy', '--param', `settings=${settings}`], {
    ...credentials,
    AWS_ENDPOINT_URL: moto,
  });
  expect(code, output).toBe(0);
  const { GUARDRAIL_DEPLOYER, ...variables } = await variablesOf('iam-guardrail-detect', moto);
  expect(GUARDRAIL_DEPLOYER).toMatch(/^arn:aws:/);
  expect(variables).toMatchObject({
    GUARDRAIL_TABLE: 'iam-guardrail',
    GUARDRAIL_QUEUE_URL: expect.stringContaining('.fifo'),
  });
});

/** All of them: a page holds a hundred. */
async function deployedRules() {
  const all: RuleOfBus[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ NamePrefix: 'iam-guardrail-', NextToken }));
    all.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
}

/** moto cannot hand an event to a function: in the place of each function stands a queue that the test reads. */
async function tap(): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'tap' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  for (const { Name: Rule, EventPattern } of await deployedRules()) {
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
    await events.send(new RemoveTargetsCommand({ Rule, Ids: Targets.flatMap(({ Id }) => Id ?? []) }));
    if (EventPattern)
      await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'tap', Arn: Attributes?.QueueArn }] }));
  }
  return QueueUrl;
}

async function received(QueueUrl: string) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
  );
  return Messages.map(({ Body: body = '', MessageId: messageId, Attributes: attributes = {} }) => ({
    body,
    messageId,
    attributes,
  }));
}

async function put(source: string, detail: object): Promise<void> {
  const Entries = [{ Source: source, DetailType: 'AWS API Call via CloudTrail', Detail: JSON.stringify(detail) }];
  await events.send(new PutEventsCommand({ Entries }));
}

async function statusOf(name: string): Promise<string | undefined> {
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: name }));
  return AccessKeyMetadata?.[0]?.Status;
}

test('a record on the bus ends as a disabled key, with the commands that the roles allow', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'bob' }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'bob' }));
  const accessKey = { accessKeyId: key?.AccessKeyId, userName: 'bob', status: 'Active' };
  const details = { account: ACCOUNT, time: new Date().toISOString(), response: { accessKey } };
  const record = did(user('mallory', ACCOUNT), 'iam:CreateAccessKey', { userName: 'bob' }, details);

  const queue = await tap();
  await put('aws.iam', record);
  await put('aws.iam', did(user('mallory', ACCOUNT), 'iam:GetUser'));
  await put('attacker.iam', record);
  const delivered = await received(queue);
  expect(delivered).toHaveLength(1);

  const functions = { ...credentials, AWS_ENDPOINT_URL: proxy.url };
  const [detect, respond, sweep] = await Promise.all(
    FUNCTIONS.map(async (each) => ({ ...(await variablesOf(`iam-guardrail-${each}`, moto)), ...functions })),
  );
  if (!detect || !respond || !sweep) throw new Error('not all functions are deployed');
  const event: unknown = JSON.parse(delivered[0]?.body ?? '');
  expect(await call('detect', event, detect)).toMatchObject({
    findings: [expect.stringMatching('/access-key-created$')],
  });
  expect(await call('detect', event, detect)).toEqual({ findings: [], work: [] });
  expect(sentBy('detect')).toEqual([]);
  expect(await statusOf('bob')).toBe('Active');

  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'iam-guardrail-work.fifo' }));
  const work = await received(QueueUrl);
  expect(work).toHaveLength(1);
  expect(work[0]?.attributes.MessageGroupId).toBe(JSON.parse(work[0]?.body ?? '').incident);
  expect(await call('respond', { Records: work }, respond)).toEqual({ batchItemFailures: [] });
  expect(await statusOf('bob')).toBe('Inactive');
  expect(await call('respond', { Records: work }, respond)).toEqual({ batchItemFailures: [] });
  expect(sentBy('respond')).toEqual([]);

  expect(await call('sweep', {}, sweep)).toEqual({ resent: [] });
  expect(sentBy('sweep')).toEqual([]);
});

/** What the function has sent since the last look and its role does not allow. */
function sentBy(name: (typeof FUNCTIONS)[number]): string[] {
  const allowed = commandsOf(name, readSettings(settings));
  const sent = [...proxy.sent];
  proxy.sent.clear();
  expect(sent.length, name).toBeGreaterThan(0);
  return sent.filter((each) => !allowed.includes(each));
}
