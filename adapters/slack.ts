// Tells people in a Slack channel. A message may come twice, when Slack's answer was lost; it is never silently lost.
import { setTimeout } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Notice } from '../core/notice.ts';
import type { People } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { slackMessage } from './slack-blocks.ts';
import { explain, layoutRefused, type SlackModule, waitFor } from './slack-errors.ts';

export type SlackOptions = {
  /** Read before each message, so that a renewed token is used; cache where that costs. */
  token: () => Promise<string>;
  /** The channel's id, `C0SECURITY`. */
  channel: string;
  /** Names for account ids. */
  accounts?: Settings['accounts'];
  /** Instead of `https://slack.com/api/`. */
  api?: string | undefined;
};

/** How long a message waits for Slack's rate limit in all, in seconds; after that the caller tries again later. */
const PATIENCE = 30;

const REQUEST_MS = 10_000;

/** People in a Slack channel. `tell` rejects with what to do; no error holds the token. */
export function slackPeople(options: SlackOptions): People {
  const connection = connections(options);
  return {
    async tell(notice) {
      const { client, token, slack } = await connection();
      await post(notice, client, options).catch((error: unknown) => {
        throw explain(error, { token, channel: options.channel, slack });
      });
    },
  };
}

async function post(notice: Notice, client: WebClient, { channel, accounts }: SlackOptions): Promise<void> {
  const { text, blocks } = slackMessage(notice, accounts);
  const quiet = { channel, text, unfurl_links: false, unfurl_media: false, parse: 'none', mrkdwn: false } as const;
  try {
    await patiently(() => client.chat.postMessage({ ...quiet, blocks }));
  } catch (error) {
    // An alert without its layout is better than none.
    if (!layoutRefused(error)) throw error;
    await patiently(() => client.chat.postMessage(quiet));
  }
}

/** Sends until Slack has room for it; the library would wait for as long as Slack says, a Lambda cannot. */
async function patiently(send: () => Promise<unknown>): Promise<void> {
  for (let waited = 0; ; ) {
    try {
      await send();
      return;
    } catch (error) {
      const pause = waitFor(error);
      if (pause === undefined || waited + pause > PATIENCE) throw error;
      await setTimeout(pause * 1_000);
      waited += pause;
    }
  }
}

type Connection = { token: string; client: WebClient; slack: SlackModule };

/** The library is loaded with the first message; a client lives as long as its token. */
function connections({ token: read, api }: SlackOptions): () => Promise<Connection> {
  let last: Connection | undefined;
  return async () => {
    const token = usable(await read());
    if (last?.token === token) return last;
    const slack = await import('@slack/web-api');
    last = { token, slack, client: connect(slack, token, api) };
    return last;
  };
}

function connect(slack: SlackModule, token: string, api: string | undefined): WebClient {
  return new slack.WebClient(token, {
    ...(api ? { slackApiUrl: api } : {}),
    logLevel: slack.LogLevel.ERROR,
    maxRequestConcurrency: 1,
    timeout: REQUEST_MS,
    retryConfig: { retries: 2, minTimeout: 500, factor: 2 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  });
}

// A token with a line break inside would come back in the error about the header that it makes.
function usable(read: string): string {
  const token = read.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new Error(
    'The Slack token is empty or holds characters that no token has: put the bot token (xoxb-…) into the secret',
  );
}
