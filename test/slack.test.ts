// Posting to Slack, against a server that answers as Slack does and records what it was sent.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slackPeople } from '../adapters/slack.ts';
import { slackMessage } from '../adapters/slack-blocks.ts';
import { ALERT, everywhere, HOSTILE, REQUEST } from './notices.ts';

type Reply = { status?: number; headers?: Record<string, string>; body: unknown };

const TOKEN = 'xoxb-not-a-real-token-4711';
const OK: Reply = { body: { ok: true, ts: '1.2', channel: 'C0SECURITY' } };

type Seen = { path: string; headers: IncomingHttpHeaders; form: URLSearchParams; at: number };

let server: Server;
let api: string;
let seen: Seen[];
let replies: Reply[];

beforeEach(async () => {
  seen = [];
  replies = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    seen.push({ path: request.url ?? '', headers: request.headers, form, at: performance.now() });
    const { status = 200, headers = {}, body } = replies.shift() ?? OK;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  api = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function people(token: () => Promise<string> = async () => TOKEN) {
  return slackPeople({ token, channel: 'C0SECURITY', api });
}

/** The message of the error, after looking for the token in all of it. */
async function refusal(token?: () => Promise<string>): Promise<string> {
  const error: unknown = await people(token)
    .tell(ALERT)
    .then(
      () => 'told',
      (each: unknown) => each,
    );
  const everything = inspect(error, { depth: 20, showHidden: true });
  expect(everything).not.toContain('4711');
  expect(error).toBeInstanceOf(Error);
  return error instanceof Error ? error.message : '';
}

const failing = (error: string): Reply => ({ body: { ok: false, error } });

describe('a message', () => {
  test('is posted to the channel, quietly', async () => {
    await people().tell(REQUEST);
    const [request] = seen;
    expect(request?.path).toBe('/api/chat.postMessage');
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const { text, blocks } = slackMessage(REQUEST);
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      channel: 'C0SECURITY',
      text,
      blocks: JSON.stringify(blocks),
      unfurl_links: 'false',
      unfurl_media: 'false',
      parse: 'none',
      mrkdwn: 'false',
    });
  });

  test('arrives as it was made, whatever is in it', async () => {
    for (const hostile of HOSTILE) {
      const notice = everywhere(REQUEST, hostile);
      await people().tell(notice);
      expect(seen.at(-1)?.form.get('blocks')).toBe(JSON.stringify(slackMessage(notice).blocks));
    }
    expect(seen.length).toBe(HOSTILE.length);
  });

  test('goes with the token of the moment', async () => {
    const tokens = ['xoxb-old', 'xoxb-new\n'];
    const told = people(async () => tokens.shift() ?? '');
    await told.tell(ALERT);
    await told.tell(ALERT);
    expect(seen.map((each) => each.headers.authorization)).toEqual(['Bearer xoxb-old', 'Bearer xoxb-new']);
  });

  test('goes without its layout where Slack refuses that', async () => {
    replies = [failing('invalid_blocks'), OK];
    await people().tell(ALERT);
    expect(seen.map((each) => each.form.has('blocks'))).toEqual([true, false]);
    expect(seen[1]?.form.get('text')).toContain('alice created an access key for bob');
  });
});

describe('a rate limit', () => {
  const limited = (seconds: string): Reply => ({
    status: 429,
    headers: { 'retry-after': seconds },
    body: { ok: false, error: 'ratelimited' },
  });

  test('is waited for', async () => {
    replies = [limited('1'), OK];
    await people().tell(ALERT);
    expect(seen.length).toBe(2);
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('in the body of an answer is waited for as well', async () => {
    replies = [failing('ratelimited'), OK];
    await people().tell(ALERT);
    expect(seen.length).toBe(2);
  });

  test('that is too long is left to the caller, without a second request', async () => {
    replies = [limited('3600')];
    expect(await refusal()).toBe(
      "Slack's rate limit holds for 3600 s: the message was not sent, send it again after that",
    );
    expect(seen.length).toBe(1);
  });

  test('without a number of seconds is an error', async () => {
    replies = [limited(`soon, ${TOKEN}`)];
    expect(await refusal()).toMatch(/^Slack could not be told: .*soon, \[token\]/);
    expect(seen.length).toBe(1);
  });
});

describe('a failure', () => {
  test.each([
    ['channel_not_found', 'invite the app to C0SECURITY or correct slack.channel in guardrail.yml'],
    ['not_in_channel', 'invite the app to C0SECURITY or correct slack.channel in guardrail.yml'],
    ['is_archived', 'unarchive C0SECURITY or choose another slack.channel in guardrail.yml'],
    ['invalid_auth', 'put a current bot token (xoxb-…) into the secret'],
    ['missing_scope', 'give the app the bot scope chat:write, install it again and put its bot token into the secret'],
    ['restricted_action', 'let the app post in C0SECURITY, or choose another slack.channel in guardrail.yml'],
    ['fatal_error', 'look it up at https://docs.slack.dev/reference/methods/chat.postMessage'],
  ])('%s says what to do', async (code, advice) => {
    replies = [failing(code)];
    expect(await refusal()).toBe(`Slack refused: ${code}: ${advice}`);
    expect(seen.length).toBe(1);
  });

  test('of Slack for a moment is tried again', async () => {
    replies = [{ status: 500, body: 'oops' }, OK];
    await people().tell(ALERT);
    expect(seen.length).toBe(2);
  });

  test('of Slack that lasts is an error after three requests', async () => {
    replies = Array.from({ length: 5 }, () => ({ status: 500, headers: { 'x-echo': TOKEN }, body: `Bearer ${TOKEN}` }));
    expect(await refusal()).toBe(
      'Slack answered with HTTP status 500: try again later, and see https://slack-status.com',
    );
    expect(seen.length).toBe(3);
  });

  test('to answer as Slack is not repeated to anybody', async () => {
    replies = [{ body: `<html>Bearer ${TOKEN}</html>` }];
    expect(await refusal()).toBe('Slack gave an answer that is none of its own: check proxies on the way to slack.com');
  });

  test('of an error code with the token in it keeps the token', async () => {
    replies = [failing(TOKEN.replaceAll('-', '_'))];
    expect(await refusal()).not.toContain('not_a_real_token');
  });

  test('to reach Slack names the reason', async () => {
    server.close();
    expect(await refusal()).toMatch(/^Slack cannot be reached \(fetch failed: ECONNREFUSED\)/);
  });

  test.each(['', ' \n', `${TOKEN}\n${TOKEN}`, `${TOKEN}\u0000`, `tökén${TOKEN}`])(
    'to hold a token is told without it: %j',
    async (token) => {
      expect(await refusal(async () => token)).toContain('put the bot token (xoxb-…) into the secret');
      expect(seen.length).toBe(0);
    },
  );

  test('to read the token reaches the caller', async () => {
    const read = () => Promise.reject(new Error('Cannot read the secret slack'));
    expect(await refusal(read)).toBe('Cannot read the secret slack');
  });
});
