// INVARIANT 5: the guardrail knows its own changes by what its journal holds, never by a name that an attacker can
// choose. A call is known by the request id that AWS gave it; where the reply was lost, by the intent written before.
import type { Activity, Fields } from '../events/activity.ts';
import { at, text } from '../events/fields.ts';
import { segmentsOf } from '../policy/arn.ts';
import type { Change } from './change-record.ts';
import { short } from './key.ts';
import type { Call } from './operations.ts';
import type { Key, Store, Write } from './ports.ts';
import { REMEDIATION_ROLE } from './protect.ts';

/** The change that the guardrail made, or undefined where the activity is somebody else's. */
export type Own = { change: string };

const MINUTE = 60_000;
/** CloudTrail's clock and ours may differ, and a call may be retried for a while. */
const EARLY = 2 * MINUTE;
const LATE = 15 * MINUTE;
const DAYS = 30;
/** The most that one call is tried (`change.ts`). */
export const CALLS = 3;

/** The writes that announce calls before they are made. */
export function announce(account: string, change: string, calls: Call[], now: number): Write[] {
  return calls.map((each) => intent(account, change, each, now, CALLS));
}

/** A call that was made: its request id, and how often it was tried. */
export type Made = { requestId: string | undefined; tries: number };

/** The writes that know a call by its request id. Its intent stays for earlier tries, which may have been carried out unseen. */
export function acknowledge(change: Change, call: Call, { requestId, tries }: Made, now: number): Write[] {
  if (!requestId) return [];
  const known: Write = {
    ...requestKey(change.account, requestId),
    expect: 'any',
    value: { change: change.id },
    expires: expiry(now),
  };
  return [
    known,
    tries > 1
      ? intent(change.account, change.id, call, now, tries - 1)
      : { ...intentKey(change.account, change.id, call), expect: 'any', value: null },
  ];
}

function intent(account: string, change: string, call: Call, now: number, uses: number): Write {
  const value = { change, input: { ...call.input }, from: now - EARLY, to: now + LATE, uses };
  return { ...intentKey(account, change, call), expect: 'any', value, expires: expiry(now) };
}

/** Whether the guardrail did it. An intent is used up by the first event that fits it. */
export async function ownChange(activity: Activity, store: Store): Promise<Own | undefined> {
  if (activity.readOnly || !activity.requestId) return undefined;
  const known = await store.get(requestKey(activity.account, activity.requestId));
  if (known) return { change: String(known.value.change) };
  return isRemediationRole(activity) ? claimIntent(activity, activity.requestId, store) : undefined;
}

/** Only the guardrail's role makes calls whose reply can be lost: that role of this account, without a path, and nobody else. */
function isRemediationRole({ actor, account }: Activity): boolean {
  const segments = segmentsOf(actor.id);
  return actor.kind === 'role' && segments[4] === account && segments[5] === `role/${REMEDIATION_ROLE}`;
}

async function claimIntent(activity: Activity, requestId: string, store: Store): Promise<Own | undefined> {
  const intents = await store.list(intentPartition(activity.account, activity.name));
  const fitting = intents.find((each) => isAnnounced(activity, each.value));
  if (!fitting) return undefined;
  const change = String(fitting.value.change);
  const claimed = await store.write([
    {
      partition: fitting.partition,
      sort: fitting.sort,
      expect: fitting.version,
      value: usedOnce(fitting.value),
      expires: expiry(activity.time),
    },
    { ...requestKey(activity.account, requestId), expect: 'any', value: { change }, expires: expiry(activity.time) },
  ]);
  return claimed ? { change } : ownChange(activity, store);
}

/** A call may be made as often as it is tried: each of its events uses up one. */
function usedOnce(intent: Fields): Fields | null {
  const uses = Number(intent.uses) - 1;
  return uses > 0 ? { ...intent, uses } : null;
}

function isAnnounced(activity: Activity, intent: Fields): boolean {
  const inTime = activity.time >= Number(intent.from) && activity.time <= Number(intent.to);
  const input = intent.input as Fields;
  return inTime && Object.keys(input).every((key) => at(activity.request, key) === text(input, key));
}

function requestKey(account: string, requestId: string): Key {
  return { partition: short(`own#${account}#${requestId}`), sort: 'call' };
}

function intentKey(account: string, change: string, call: Call): Key {
  return { partition: intentPartition(account, call.call), sort: `${change}#${short(JSON.stringify(call.input))}` };
}

function intentPartition(account: string, name: string): string {
  return short(`intent#${account}#${name}`);
}

function expiry(now: number): number {
  return Math.floor(now / 1000) + DAYS * 86_400;
}
