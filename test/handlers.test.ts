// The handlers with the line behind them: what they refuse, what they repeat, and in which order.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { lambdaLog, loggable } from '../adapters/logger.ts';
import { entryOf, localQueue, sqsQueue, workIn } from '../adapters/queue.ts';
import { PATIENCE } from '../core/propose.ts';
import type { Work } from '../core/work.ts';
import { workDue } from '../core/work.ts';
import { envelopeOf } from '../events/cloudtrail.ts';
import { did, user } from '../events/did.ts';
import { receive as detectEvent, handler } from '../handlers/detect.ts';
import { receive as respondTo } from '../handlers/respond.ts';
import { sweep } from '../handlers/sweep.ts';
import { AUTO, world } from './world.ts';

const attack = did(user('mallory'), 'iam:AttachUserPolicy', {
  userName: 'mallory',
  policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
});

function message(work: Work | string, group: string): SQSRecord {
  const body = typeof work === 'string' ? work : JSON.stringify(work);
  const attributes = { MessageGroupId: group, ApproximateReceiveCount: '1' };
  return { body, messageId: `${group}/${body}`, attributes } as unknown as SQSRecord;
}

describe('detect', () => {
  test('an event of AWS becomes findings and work, and nothing more the second time', async () => {
    const { start, store } = world();
    const line = start();
    const first = await detectEvent(envelopeOf(attack), line);
    expect(first.findings).toHaveLength(1);
    expect(await store.list('work')).toHaveLength(first.work.length);
    expect(first.work).not.toEqual([]);
    expect(await detectEvent(envelopeOf(attack), line)).toEqual({ findings: [], work: [] });
  });

  test.each(['custom.app', 'AWS.iam', 'xaws.iam', '', undefined, ['aws.iam']])(
    'an event from %j is refused',
    async (source) => {
      const { start, store } = world();
      const line = start();
      const warn = vi.spyOn(line.ports.log, 'warn');
      expect(await detectEvent({ ...envelopeOf(attack), source, id: 'e-1' }, line)).toEqual({ findings: [], work: [] });
      expect(warn.mock.calls).toEqual([['An event was refused: its source is not AWS', { source, event: 'e-1' }]]);
      expect(await store.list('work')).toEqual([]);
    },
  );

  test.each([null, 42, 'text', [], {}, { source: 'aws.iam' }, { source: 'aws.iam', 'detail-type': 'x', detail: null }])(
    'whatever comes (%j), it answers',
    async (event) => {
      expect(await detectEvent(event, world().start())).toEqual({ findings: [], work: [] });
    },
  );

  test('the handler itself refuses without an environment, and nothing of AWS is asked', async () => {
    vi.stubEnv('GUARDRAIL_TABLE', 'none');
    vi.stubEnv('GUARDRAIL_QUEUE_URL', 'http://127.0.0.1:9/none');
    const context = { functionName: 'detect', awsRequestId: 'r-1' } as Parameters<typeof handler>[1];
    expect(await handler({ source: 'custom', detail: attack }, context)).toEqual({ findings: [], work: [] });
    vi.unstubAllEnvs();
  });
});

describe('respond', () => {
  test('a group stops at its first failure, the others go on', async () => {
    const { start, store } = world();
    const line = start();
    const done: string[] = [];
    const works = ['a1', 'a2', 'a3', 'b1'].map(
      (id): Work => ({ id, incident: id.slice(0, 1), do: 'alert', finding: id }),
    );
    await store.write(works.map((each) => workDue(each, 0)));
    line.ports.store = {
      ...store,
      async get(key) {
        if (key.sort === 'a2') throw new Error('busy');
        done.push(key.sort);
        return store.get(key);
      },
    };
    const batch = works.map((each) => message(each, each.incident));
    const { batchItemFailures } = await respondTo({ Records: batch }, line);
    expect(batchItemFailures.map((each) => each.itemIdentifier)).toEqual([batch[1]?.messageId, batch[2]?.messageId]);
    expect(done.filter((each) => /^[ab]\d$/.test(each)).sort()).toEqual(['a1', 'b1']);
    expect((await store.list('work')).map((each) => each.sort)).toEqual(['a2', 'a3']);
  });

  test.each([
    '',
    'null',
    '{}',
    '{"id":"x","incident":"i","do":"toString","finding":"f"}',
    '{"id":"x","incident":"i","do":"carry"}',
  ])('a message that holds no work (%s) comes back, and at last stands in the dead-letter queue', async (body) => {
    const { batchItemFailures } = await respondTo({ Records: [message(body, 'g')] }, world().start());
    expect(batchItemFailures).toHaveLength(1);
  });

  test('work that is done has no second effect', async () => {
    const { start, notices, store } = world();
    const line = start();
    await detectEvent(envelopeOf(attack), line);
    const [item] = await store.list('work');
    const again = message(item?.value as unknown as Work, 'g');
    expect(await respondTo({ Records: [again, again] }, line)).toEqual({ batchItemFailures: [] });
    expect(notices).toHaveLength(1);
  });
});

describe('sweep', () => {
  test('sends again what has been due for more than a minute, and what has run out', async () => {
    const { clock, store, start } = world();
    const sent: string[] = [];
    const { ports } = start();
    const queue = { send: async (work: Work[]) => void sent.push(...work.map((each) => each.id)) };
    const about = { incident: 'i', change: 'i.c' };
    await store.write([
      workDue({ id: 'carry.i.c', do: 'carry', ...about }, clock.now()),
      workDue({ id: 'expire.i.c', do: 'expire', ...about }, clock.now() + PATIENCE),
    ]);
    clock.pass(59_000);
    expect(await sweep({ ...ports, queue })).toEqual({ resent: [] });
    clock.pass(2_000);
    expect(await sweep({ ...ports, queue })).toEqual({ resent: ['carry.i.c'] });
    clock.pass(PATIENCE);
    expect(await sweep({ ...ports, queue })).toEqual({ resent: ['carry.i.c', 'expire.i.c'] });
    expect(sent).toEqual(['carry.i.c', 'carry.i.c', 'expire.i.c']);
  });

  test('a lost message loses nothing', async () => {
    const { clock, start, changes, sandbox } = world({ settings: AUTO });
    await sandbox.as(user('root')).call('iam:CreateUser', { UserName: 'mallory' });
    await sandbox.as(user('root')).call('iam:AttachUserPolicy', attachment);
    const line = start();
    line.ports.queue = { send: async () => {} };
    await detectEvent(envelopeOf(attack), line);
    expect(await changes()).toEqual([]);
    clock.pass(61_000);
    const queue = localQueue();
    await sweep({ ...line.ports, queue });
    expect(await queue.drain((work) => respondTo({ Records: [message(work, work.incident)] }, line))).toBe(1);
    expect((await changes()).map((each) => each.remediation)).toEqual(['detach-policy']);
  });
});

const attachment = { UserName: 'mallory', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const alert = (at: number): Work => ({ id: `alert.${at}`, incident: 'i', do: 'alert', finding: `${at}` });

describe('queue', () => {
  const batches: { QueueUrl: string; Entries: { Id: string; MessageBody: string; MessageGroupId: string }[] }[] = [];
  let server: Server;
  let refusing = false;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const batch = JSON.parse(Buffer.concat(await request.toArray()).toString());
      batches.push(batch);
      const Failed = refusing ? [{ Id: '0', Code: 'InternalError', SenderFault: false, Message: 'busy' }] : [];
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify({ Successful: [], Failed }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  const queue = () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return sqsQueue({ url: 'https://sqs.us-east-1.amazonaws.com/1/work.fifo', region: 'us-east-1', endpoint });
  };

  test('sends in batches of ten, in order, one group per incident', async () => {
    const work = Array.from({ length: 23 }, (_, at) => alert(at));
    await queue().send(work);
    expect(batches.map((each) => each.Entries.length)).toEqual([10, 10, 3]);
    const entries = batches.flatMap((each) => each.Entries);
    expect(entries.map((each) => workIn(each.MessageBody))).toEqual(work);
    expect(new Set(entries.map((each) => each.MessageGroupId))).toEqual(new Set(['i']));
  });

  test('a message that is not taken is an error', async () => {
    refusing = true;
    await expect(queue().send([alert(1), alert(2)])).rejects.toThrow(
      'sqs:SendMessage: InternalError: 1 of 2 messages were not taken: busy',
    );
  });

  test('the same work is one message within a minute, and another one in the next', () => {
    const minute = 60_000 * 1_000;
    const id = (work: Work, now: number) => entryOf(work, now).deduplication;
    expect(id(alert(1), minute)).toBe(id(alert(1), minute + 59_999));
    expect(id(alert(1), minute)).not.toBe(id(alert(1), minute + 60_000));
    expect(id(alert(1), minute)).not.toBe(id(alert(2), minute));
    expect(id(alert(1), minute)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the local queue hands over in order, what is sent meanwhile too', async () => {
    const local = localQueue();
    const seen: string[] = [];
    await local.send([alert(1), alert(2)]);
    const done = await local.drain(async (work) => {
      seen.push(work.id);
      if (work.id === 'alert.1') await local.send([alert(3)]);
    });
    expect([done, seen]).toEqual([3, ['alert.1', 'alert.2', 'alert.3']]);
  });
});

describe('log', () => {
  test('what an event wrote stands on one line, visible, short and under its own field', () => {
    const hostile = { name: 'bob\u202e\n{"level":"INFO"}', level: 'DEBUG', long: 'x'.repeat(5_000) };
    const logged = loggable(hostile) as { [key: string]: string };
    expect(logged.name).toBe('bob\\u{202e}\\n{"level":"INFO"}');
    expect(logged.long?.length).toBeLessThanOrEqual(1_000);
    const written: string[] = [];
    const spies = (['info', 'warn'] as const).map((each) =>
      vi.spyOn(console, each).mockImplementation((text) => void written.push(String(text))),
    );
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    lambdaLog.info('Finding\u2028 of bob', hostile);
    for (const each of [...spies, stdout]) each.mockRestore();
    const line = JSON.parse(written.join(''));
    expect(line).toMatchObject({ level: 'INFO', message: 'Finding\\u{2028} of bob', about: { level: 'DEBUG' } });
  });

  test('no secrets, and nothing without end', () => {
    expect(loggable({ SecretAccessKey: 'k', token: 't', text: 'it is xoxb-1-a', key: 'AKIAEXAMPLE000000001' })).toEqual(
      {
        SecretAccessKey: '[not logged]',
        token: '[not logged]',
        text: 'it is [not logged]',
        key: 'AKIAEXAMPLE000000001',
      },
    );
    const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => ({ inner }), 'x');
    expect(JSON.stringify(loggable(deep))).toContain('…');
    expect(loggable(new Error('a\nb'))).toBe('Error: a\\nb');
  });
});
