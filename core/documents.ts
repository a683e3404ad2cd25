// Policy documents as events show them, remembered: what stood there before is what an undo puts back.
import type { Activity } from '../events/activity.ts';
import { text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { short } from './key.ts';
import type { Ports, Write } from './ports.ts';
import { ownerOf, reference } from './reference.ts';
import { documentsIn, type Remembered } from './remembered.ts';
import type { Former, Principal } from './target.ts';

/** `alarmed`: it came with a finding that was not merely observed. */
type Past = { at: number; event: string; document: PolicyDocument | null; alarmed: boolean };

type Memory = Pick<Ports, 'store' | 'archive'>;

const KEPT = 5;
const DAYS = 400;

/** The documents asked for, as they stood before the activity. */
export async function recall(
  references: string[],
  activity: Activity,
  ports: Pick<Ports, 'store' | 'archive'>,
): Promise<Map<string, Former>> {
  const found = new Map<string, Former>();
  for (const each of new Set(references)) found.set(each, await formerOf(each, activity, ports));
  return found;
}

/** The writes that remember what the activity leaves behind; `alarmed` where it was not merely observed. */
export async function remember(
  activity: Activity,
  alarmed: boolean,
  ports: Pick<Ports, 'store' | 'clock'>,
): Promise<Write[]> {
  const left = documentsIn(activity);
  const writes = await Promise.all(left.map((each) => rememberOne(each, activity, alarmed, ports)));
  const touches = await touchesOf(left, activity, ports);
  return [...writes.filter((each) => each !== undefined), ...touches];
}

/** A fact as events left it, and whether it came with an alarm. */
export type Fact = { reference: string; document: PolicyDocument | null; alarmed: boolean };

/** What events before the activity have changed of what the principal has, each as it was left. */
export async function factsAbout(principal: Principal, activity: Activity, { store }: Memory): Promise<Fact[]> {
  const { references } = await touchedOf(principal, activity.account, store);
  const facts = await Promise.all(references.map((each) => factOf(each, activity, store)));
  return facts.filter((each) => each !== undefined);
}

async function factOf(ref: string, activity: Activity, store: Ports['store']): Promise<Fact | undefined> {
  const known = latest((await pastOf(activity.account, ref, store)).past, activity);
  return known && { reference: ref, document: known.document, alarmed: known.alarmed };
}

function latest(past: Past[], activity: Activity): Past | undefined {
  return past.filter((each) => each.at <= activity.time && each.event !== activity.id).at(-1);
}

/** So many changes of one principal are kept in mind; with more, not everything is known. */
export const TOUCHED = 100;

/** The writes that note whose permissions the activity has changed. */
async function touchesOf(
  left: Remembered[],
  { account }: Activity,
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<Write[]> {
  const byOwner = Map.groupBy(left, (each) => reference.touched(ownerOf(each.reference) ?? NOBODY));
  byOwner.delete(reference.touched(NOBODY));
  const writes = [...byOwner].map(async ([ref, mine]): Promise<Write | undefined> => {
    const item = await store.get(keyOf(account, ref));
    const known = (item?.value.references as string[] | undefined) ?? [];
    const fresh = mine.map((each) => each.reference).filter((each) => !known.includes(each));
    if (fresh.length === 0) return undefined;
    const value = { references: [...known, ...fresh].slice(-TOUCHED) };
    return { ...keyOf(account, ref), expect: item?.version ?? 0, value, expires: expiry(clock.now()) };
  });
  return (await Promise.all(writes)).filter((each) => each !== undefined);
}

const NOBODY: Principal = { type: 'user', name: '' };

async function touchedOf(
  principal: Principal,
  account: string,
  store: Ports['store'],
): Promise<{ references: string[] }> {
  const item = await store.get(keyOf(account, reference.touched(principal)));
  return { references: (item?.value.references as string[] | undefined) ?? [] };
}

function expiry(now: number): number {
  return Math.floor(now / 1000) + DAYS * 86_400;
}

async function formerOf(ref: string, activity: Activity, ports: Memory): Promise<Former> {
  const [kind, arn] = [ref.slice(0, ref.indexOf('/')), ref.slice(ref.indexOf('/') + 1)];
  if (kind === 'granted')
    return (await ports.archive.granted(activity.account, arn)) ?? formerOf(reference.policy(arn), activity, ports);
  if (kind === 'policy')
    return (await ofDefaultVersion(arn, activity, ports)) ?? ports.archive.document(activity.account, ref);
  const { past } = await pastOf(activity.account, ref, ports.store);
  const known = latest(past, activity);
  if (known && isDoubtful(kind, known, activity)) return undefined;
  return known ? known.document : ports.archive.document(activity.account, ref);
}

/**
 * INVARIANT: what raised an alarm is nothing to go back to, and nothing that makes the same again look harmless. The content
 * of a version is only content, and that a policy is attached is a fact once the guardrail's own events must have come in.
 */
function isDoubtful(kind: string, { alarmed, at }: Past, activity: Activity): boolean {
  if (!alarmed || kind === 'version') return false;
  const isFact = kind === 'attached' || kind === 'key';
  return !isFact || activity.time - at < HOUR;
}

const HOUR = 3_600_000;

async function ofDefaultVersion(arn: string, activity: Activity, ports: Memory): Promise<Former> {
  const version = text((await formerOf(reference.default(arn), activity, ports)) ?? {}, 'version');
  return version ? formerOf(reference.version(arn, version), activity, ports) : undefined;
}

async function rememberOne(
  one: Remembered,
  activity: Activity,
  alarmed: boolean,
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<Write | undefined> {
  const { past, version } = await pastOf(activity.account, one.reference, store);
  if (past.some((each) => each.event === activity.id)) return undefined;
  const last: Past = { at: activity.time, event: activity.id, document: one.document, alarmed };
  const history = [...past, last].sort((a, b) => a.at - b.at).slice(-KEPT);
  const expires = expiry(clock.now());
  return { ...keyOf(activity.account, one.reference), expect: version, value: { history }, expires };
}

async function pastOf(account: string, ref: string, store: Ports['store']): Promise<{ past: Past[]; version: number }> {
  const item = await store.get(keyOf(account, ref));
  return { past: (item?.value.history as Past[] | undefined) ?? [], version: item?.version ?? 0 };
}

function keyOf(account: string, ref: string): { partition: string; sort: string } {
  return { partition: short(`documents#${account}`), sort: short(ref) };
}
