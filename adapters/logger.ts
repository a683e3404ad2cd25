// Structured log lines in CloudWatch. What an event wrote stands in them escaped and cut; what looks like a secret does not.
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../core/ports.ts';
import type { Fields } from '../events/activity.ts';
import { isFields } from '../events/fields.ts';
import { cut, head, visible } from './visible.ts';

/** The logger of the container; the handlers' middleware gives it the request id. */
export const logger = new Logger({ serviceName: 'iam-guardrail', logLevel: 'INFO' });

/** The core's log on Powertools. Details stand under `about`, so that no event can overwrite the line's own fields. */
export const lambdaLog: Log = {
  info: (message, about = {}) => logger.info(line(message), { about: loggable(about) }),
  warn: (message, about = {}) => logger.warn(line(message), { about: loggable(about) }),
};

const LONGEST = 1_000;
const WIDEST = 50;
const DEEPEST = 6;

/** Names under which secrets travel, and the tokens of Slack and of temporary AWS credentials by their looks. */
const SECRET_NAME = /secret|password|token|authorization|cookie/i;
const SECRET_TEXT = /\bxox[a-z]-[\w-]+|\bxapp-[\w-]+/g;

/** The value as it may stand in a log: every text on one line and short, nothing deep, no secrets. */
export function loggable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return line(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) return value.slice(0, WIDEST).map((each) => loggable(each, depth + 1));
  if (value instanceof Error) return line(`${value.name}: ${value.message}`);
  return isFields(value) ? loggableFields(value, depth) : line(String(value));
}

function loggableFields(fields: Fields, depth: number): Fields {
  const entries = Object.entries(fields).slice(0, WIDEST);
  return Object.fromEntries(
    entries.map(([key, each]) => [line(key), SECRET_NAME.test(key) ? '[not logged]' : loggable(each, depth + 1)]),
  );
}

function line(text: string): string {
  return cut(visible(head(text, LONGEST)), LONGEST).replace(SECRET_TEXT, '[not logged]');
}
