// The door: the only file that knows CloudTrail's field names. Records come in as anything; activities go out typed.
// Fields: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
import { createHash } from 'node:crypto';
import type { Activity, EventName, Fields } from './activity.ts';
import { actorOf } from './actor.ts';
import { at, flag, HIDDEN, inner, isFields, NO_FIELDS, text } from './fields.ts';
import { isReport, recordOfReport } from './reports.ts';

/** An activity, or the reason why the record is none. */
export type Reading = { ok: true; activity: Activity } | { ok: false; reason: string };

/** The raw records in a trail file (`{"Records": […]}`), an EventBridge event, a raw record, or an array of any of them. */
export function recordsOf(value: unknown): unknown[] {
  const found: unknown[] = [];
  const waiting = [value];
  // A loop with its own stack: input may be nested deeper than the language's stack reaches.
  while (waiting.length > 0) {
    const next = waiting.pop();
    const many = manyIn(next);
    if (many) for (let each = many.length - 1; each >= 0; each -= 1) waiting.push(many[each]);
    else found.push(unwrap(next));
  }
  return found;
}

function manyIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return isFields(value) && Array.isArray(value.Records) ? value.Records : undefined;
}

/** The record inside an EventBridge event, or what is told there of a report of another service; anything else unchanged. */
export function unwrap(value: unknown): unknown {
  if (!isFields(value) || typeof value['detail-type'] !== 'string' || !('detail' in value)) return value;
  return recordOfReport(value) ?? value.detail;
}

/**
 * Whether an EventBridge event comes from AWS itself. `PutEvents` refuses sources that begin with `aws.`, so the prefix
 * tells CloudTrail's events from those that anybody with `events:PutEvents` can write.
 */
export function isFromAws(envelope: unknown): boolean {
  return isFields(envelope) && typeof envelope.source === 'string' && envelope.source.startsWith('aws.');
}

const DETAIL_TYPES: { [eventType: string]: string } = {
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
};

/** The EventBridge event that carries a raw record, as far as patterns look at it. */
export function envelopeOf(record: unknown): Fields {
  const fields = isFields(record) ? record : NO_FIELDS;
  const source = typeof fields.eventSource === 'string' ? serviceOf(fields.eventSource) : 'unknown';
  const type = typeof fields.eventType === 'string' ? fields.eventType : '';
  return {
    source: `aws.${source}`,
    'detail-type': isReport(type) ? type : (DETAIL_TYPES[type] ?? 'AWS API Call via CloudTrail'),
    detail: record,
  };
}

/** `iam:CreateAccessKey` of a raw record, without reading the rest of it; undefined where there is no name. */
export function nameOf(record: unknown): EventName | undefined {
  if (!isFields(record)) return undefined;
  const { eventSource, eventName } = record;
  if (typeof eventName !== 'string' || typeof eventSource !== 'string' || eventName === '' || eventSource === '')
    return undefined;
  return NAMES.get(eventSource)?.get(eventName) ?? named(eventSource, eventName);
}

/** Every record is asked for its name, and there are few: put together once, it is found faster than put together again. */
const NAMES = new Map<string, Map<string, EventName>>();
const MOST = 500;

function named(source: string, event: string): EventName {
  const name: EventName = `${serviceOf(source)}:${withoutApiDate(event)}`;
  const events = NAMES.get(source) ?? new Map<string, EventName>();
  if (NAMES.size < MOST && events.size < MOST) NAMES.set(source, events.set(event, name));
  return name;
}

/** The activity of a raw record. `received` (ms since the epoch) stands in for a time that cannot be read. */
export function activityOf(record: unknown, received: number): Reading {
  if (!isFields(record)) return { ok: false, reason: `not a CloudTrail record but ${kindOf(record)}` };
  const name = nameOf(record);
  if (!name) return { ok: false, reason: `no ${text(record, 'eventName') ? 'eventSource' : 'eventName'}` };
  const identity = inner(record, 'userIdentity');
  const extra = { ...inner(record, 'serviceEventDetails'), ...inner(record, 'additionalEventData') };
  const actor = actorOf(identity, extra);
  const time = Date.parse(text(record, 'eventTime') ?? '');
  return {
    ok: true,
    activity: {
      id: text(record, 'eventID') ?? digest(record),
      eventId: text(record, 'eventID') ?? null,
      requestId: text(record, 'requestID'),
      name,
      version: text(record, 'eventVersion'),
      kind: kindOfEvent(record),
      time: Number.isNaN(time) ? received : time,
      account: text(record, 'recipientAccountId') ?? actor.account ?? 'unknown',
      region: text(record, 'awsRegion') ?? 'unknown',
      actor,
      source: text(record, 'sourceIPAddress') ?? 'unknown',
      agent: text(record, 'userAgent') ?? 'unknown',
      failed: failureOf(record),
      readOnly: flag(record, 'readOnly') ?? false,
      request: inner(record, 'requestParameters'),
      response: inner(record, 'responseElements'),
      extra,
      hidden: hiddenIn(record),
    },
  };
}

function serviceOf(source: string): string {
  const dot = source.indexOf('.');
  return dot === -1 ? source : source.slice(0, dot);
}

const [ZERO, NINE] = [0x30, 0x39];

/** Lambda's event names carry the API date: `AddPermission20150331v2`. */
function withoutApiDate(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  return last >= ZERO && last <= NINE ? name.replace(/\d{8}(v\d+)?$/, '') : name;
}

/** AWS's documentation shows `AwsConsoleSignIn` and `AwsConsoleSignin`. */
function kindOfEvent(record: Fields): Activity['kind'] {
  const type = text(record, 'eventType')?.toLowerCase();
  if (type === 'awsapicall') return 'api';
  if (type === 'awsconsolesignin') return 'sign-in';
  if (type === 'awsserviceevent') return 'service';
  return 'other';
}

// A failed console sign-in has no errorCode on some paths, only `ConsoleLogin: Failure` in its response.
function failureOf(record: Fields): Activity['failed'] {
  const code = text(record, 'errorCode');
  const message = text(record, 'errorMessage');
  if (code || message) return { code: code ?? 'Failure', message: message ?? '' };
  const signIn = text(inner(record, 'responseElements'), text(record, 'eventName') ?? '');
  return signIn === 'Failure' ? { code: 'Failure', message: '' } : undefined;
}

function hiddenIn(record: Fields): string[] {
  const hidden = [
    ...(isFields(record.userIdentity) ? [] : ['userIdentity']),
    ...(text(inner(record, 'userIdentity'), 'userName') === HIDDEN ? ['userName'] : []),
    ...(Number.isNaN(Date.parse(text(record, 'eventTime') ?? '')) ? ['eventTime'] : []),
    ...(isEmptyWrite(record) ? ['requestParameters'] : []),
  ];
  for (const part of ['requestParameters', 'responseElements'] as const) {
    const value = at(record, part);
    if (isCut(value)) hidden.push(part);
    else
      for (const [key, each] of Object.entries(isFields(value) ? value : NO_FIELDS))
        if (each === HIDDEN) hidden.push(key);
  }
  return [...new Set(hidden)];
}

/** Too long for CloudTrail: a text that breaks off, or `{ omitted: true, originalSize, reason }`. */
function isCut(value: unknown): boolean {
  return typeof value === 'string' || (isFields(value) && value.omitted === true);
}

/**
 * A write without request parameters says what was done but not to what, unless the answer does: a user who makes a key
 * for itself sends none.
 */
function isEmptyWrite(record: Fields): boolean {
  return (
    record.eventType === 'AwsApiCall' &&
    flag(record, 'readOnly') === false &&
    !isFields(record.requestParameters) &&
    !isFields(record.responseElements) &&
    !record.errorCode
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function digest(record: Fields): string {
  return `digest-${createHash('sha256').update(written(record)).digest('hex').slice(0, 32)}`;
}

/** What cannot be written whole (nested deeper than the stack reaches) is told by its plain texts. */
function written(record: Fields): string {
  try {
    return JSON.stringify(record);
  } catch {
    return JSON.stringify(Object.entries(record).filter(([, each]) => typeof each === 'string'));
  }
}
