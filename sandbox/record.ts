// The CloudTrail record of a call to the sandbox, in CloudTrail's spelling.
import { randomUUID } from 'node:crypto';
import type { EventName, Fields } from '../events/activity.ts';
import { type CloudTrailRecord, type Details, did } from '../events/did.ts';
import { isFields } from '../events/fields.ts';
import type { Refusal } from './refusal.ts';
import type { Scene } from './state.ts';

/** A call as it went: `answer` where it succeeded, `refusal` where it did not. */
export type Performed = { name: EventName; input: object; requestId: string; answer?: object; refusal?: Refusal };

/** Where a caller sits: its address and its agent. */
export type Origin = Pick<Details, 'source' | 'agent'>;

/** CloudTrail never shows these. */
const SECRET = ['Password', 'SecretAccessKey'];

export function recordOf(
  scene: Scene,
  origin: Origin,
  { name, input, requestId, answer, refusal }: Performed,
): CloudTrailRecord {
  return did(scene.caller, name, orNull(camelCased(input)), {
    ...common(scene, origin),
    region: name.startsWith('iam:') ? 'us-east-1' : scene.region,
    requestId,
    response: isRead(name) ? null : orNull(camelCased(answer ?? {})),
    ...(refusal ? { error: refusal.code, record: { errorMessage: refusal.message } } : {}),
  });
}

/** The record of a console sign-in. A failed one has no error code, only a message and its outcome. */
export function signInRecord(
  scene: Scene,
  origin: Origin,
  { mfa, ok }: { mfa: boolean; ok: boolean },
): CloudTrailRecord {
  const { accessKeyId: _, sessionContext: __, ...who } = scene.caller;
  return did(who, 'signin:ConsoleLogin', null, {
    agent: 'Mozilla/5.0',
    ...common(scene, origin),
    region: scene.region,
    response: { ConsoleLogin: ok ? 'Success' : 'Failure' },
    extra: { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed: mfa ? 'Yes' : 'No' },
    ...(ok ? {} : { record: { errorMessage: 'Failed authentication' } }),
  });
}

function common(scene: Scene, origin: Origin): Details {
  return { ...origin, time: scene.now.toISOString().replace(/\.\d+Z$/, 'Z'), account: scene.account, id: randomUUID() };
}

function isRead(name: EventName): boolean {
  return /:(Get|List)/.test(name);
}

function orNull(fields: unknown): Fields | null {
  return isFields(fields) && Object.keys(fields).length > 0 ? fields : null;
}

/** `{ UserName }` as CloudTrail writes it, `{ userName }`, at every depth, with its way of writing dates. */
function camelCased(value: unknown): unknown {
  if (value instanceof Date) return written(value);
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isFields(value)) return value;
  const shown = Object.entries(value).filter(([key, each]) => each !== undefined && !SECRET.includes(key));
  return Object.fromEntries(shown.map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), camelCased(each)]));
}

/** `Nov 20, 2026 3:12:45 AM`, in UTC. */
function written(date: Date): string {
  const day = date.toLocaleDateString('en-US', { timeZone: 'UTC', dateStyle: 'medium' });
  return `${day} ${date.toLocaleTimeString('en-US', { timeZone: 'UTC', timeStyle: 'medium' }).replace('\u202f', ' ')}`;
}
