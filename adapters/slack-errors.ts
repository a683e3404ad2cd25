// What Slack's refusals mean for the person who set it up: https://docs.slack.dev/reference/methods/chat.postMessage
import { visible } from './visible.ts';

export type SlackModule = typeof import('@slack/web-api');

type Scene = { token: string; channel: string; slack: SlackModule };

/** An error that says what to do. The library's own is not its cause: it keeps pieces of the request. */
export function explain(error: unknown, scene: Scene): Error {
  const says = sentence(error, scene);
  return new Error(says.replaceAll(scene.token, '[token]'));
}

/** The seconds that Slack wants to be left alone; undefined where waiting is not the answer. */
export function waitFor(error: unknown): number | undefined {
  if (!isFrom(error)) return undefined;
  if (typeof error.retryAfter === 'number') return Math.max(1, error.retryAfter);
  return RATE_LIMITED.has(error.data?.error ?? '')
    ? Math.max(1, error.data?.response_metadata?.retryAfter ?? 1)
    : undefined;
}

/** Slack did not like the blocks, which is a fault of ours. */
export function layoutRefused(error: unknown): boolean {
  return isFrom(error) && LAYOUT.has(error.data?.error ?? '');
}

const RATE_LIMITED = new Set(['ratelimited', 'rate_limited']);
const LAYOUT = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/** The parts of the library's errors that are looked at. */
type FromSlack = Error & {
  retryAfter?: number;
  data?: { error?: string; response_metadata?: { retryAfter?: number } };
};

function isFrom(error: unknown): error is FromSlack {
  return error instanceof Error && ('retryAfter' in error || 'data' in error);
}

function sentence(error: unknown, { channel, slack }: Scene): string {
  if (error instanceof slack.WebAPIPlatformError) return refusal(error.data.error, channel);
  if (error instanceof slack.WebAPIRateLimitedError) {
    return `Slack's rate limit holds for ${error.retryAfter} s: the message was not sent, send it again after that`;
  }
  if (error instanceof slack.WebAPIHTTPError)
    return `Slack answered with HTTP status ${error.statusCode}: try again later, and see https://slack-status.com`;
  if (error instanceof slack.WebAPIRequestError)
    return `Slack cannot be reached (${reason(error.original)}): check the network's way to slack.com`;
  return `Slack could not be told: ${reason(error)}`;
}

function refusal(code: string, channel: string): string {
  if (!/^[a-z_]{1,80}$/.test(code))
    return 'Slack gave an answer that is none of its own: check proxies on the way to slack.com';
  return `Slack refused: ${code}: ${remedy(code, channel)}`;
}

function remedy(code: string, channel: string): string {
  switch (code) {
    case 'channel_not_found':
    case 'not_in_channel':
      return `invite the app to ${channel} or correct slack.channel in guardrail.yml`;
    case 'is_archived':
      return `unarchive ${channel} or choose another slack.channel in guardrail.yml`;
    case 'invalid_auth':
    case 'not_authed':
    case 'account_inactive':
    case 'token_expired':
    case 'token_revoked':
      return 'put a current bot token (xoxb-…) into the secret';
    case 'missing_scope':
    case 'not_allowed_token_type':
    case 'no_permission':
      return 'give the app the bot scope chat:write, install it again and put its bot token into the secret';
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
      return `let the app post in ${channel}, or choose another slack.channel in guardrail.yml`;
    case 'ratelimited':
    case 'rate_limited':
      return 'the message was not sent, send it again in a minute';
    default:
      return 'look it up at https://docs.slack.dev/reference/methods/chat.postMessage';
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const code = error.cause instanceof Error && 'code' in error.cause ? `: ${String(error.cause.code)}` : '';
  return visible(`${error.message}${code}`).slice(0, 300);
}
