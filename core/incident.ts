// The findings and changes of one actor in one account in one window: what a person sees and answers. Every transition
// of any of them is one conditional write together with the journal entry that tells it.
import type { Activity, ActorKind, Fields } from '../events/activity.ts';
import type { Window } from './actor-memory.ts';
import type { Change, ChangeState } from './change-record.ts';
import type { Finding } from './finding.ts';
import { append, type Entry, type Head, NO_HEAD } from './journal.ts';
import type { Item, Store, Write } from './ports.ts';
import { type Severity, severityOf } from './risk.ts';
import { completedBy } from './sequence.ts';

export type Incident = {
  id: string;
  account: string;
  actor: { id: string; kind: ActorKind; name: string };
  /** Ms since the epoch, from the records. */
  first: number;
  last: number;
  risk: number;
  severity: Severity;
  findings: number;
  rules: string[];
  /** What its findings are together, where they are a story. */
  story?: string | undefined;
  changes: { [id: string]: ChangeState };
  head: Head;
};

/** A value and the version of the item that holds it. */
export type Stored<Value> = { value: Value; version: number };

const RULES = 50;
/** What a story adds to the risk of its findings. */
const STORY = 20;

/** The incident by its id. */
export async function incidentById(store: Store, id: string): Promise<Stored<Incident> | undefined> {
  return stored(await store.get({ partition: partitionOf(id), sort: 'incident' }));
}

/** All incidents, latest first, at most `limit`. */
export async function incidents(store: Store, limit: number): Promise<Incident[]> {
  const listed = await store.list(LIST);
  const newest = listed.slice(-limit).reverse();
  const found = await Promise.all(newest.map((each) => incidentById(store, String(each.value.id))));
  return found.flatMap((each) => (each ? [each.value] : []));
}

export async function findingsOf(store: Store, incident: string): Promise<Finding[]> {
  const items = await store.list(partitionOf(incident), { from: 'finding#', to: 'finding#~' });
  return items.map((each) => each.value as unknown as Finding).sort((a, b) => a.at - b.at);
}

export async function findingById(store: Store, incident: string, id: string): Promise<Finding | undefined> {
  return stored<Finding>(await store.get({ partition: partitionOf(incident), sort: `finding#${id}` }))?.value;
}

export async function changesOf(store: Store, incident: string): Promise<Change[]> {
  const items = await store.list(partitionOf(incident), { from: 'change#', to: 'change#~' });
  return items.map((each) => each.value as unknown as Change).sort((a, b) => a.plannedAt - b.plannedAt);
}

export async function changeById(store: Store, incident: string, id: string): Promise<Stored<Change> | undefined> {
  return stored(await store.get({ partition: partitionOf(incident), sort: `change#${id}` }));
}

/** What a transition tells the journal. */
export type Told = { kind: Entry['kind']; about: Fields };

/** The writes that add findings to their incident, new or not, with a journal entry each. */
export function findingWrites(
  incident: Stored<Incident> | undefined,
  window: Window,
  activity: Activity,
  found: Finding[],
  now: number,
): Write[] {
  const before = incident?.value ?? emptyIncident(window, activity);
  const { risk, story } = withStory(incident?.value, found);
  const told = found.map((each): Told => ({ kind: 'finding', about: { ...each } }));
  const after: Incident = {
    ...before,
    first: Math.min(before.first, window.first),
    last: Math.max(before.last, window.last),
    risk,
    severity: severityOf(risk),
    findings: before.findings + found.length,
    ...(story ? { story } : {}),
    rules: [...new Set([...before.rules, ...found.map((each) => each.rule)])].slice(0, RULES),
  };
  return [
    ...tellingWrites(after, incident?.version ?? 0, told, now),
    ...found.map(
      (each): Write => ({ partition: partitionOf(after.id), sort: `finding#${each.id}`, expect: 0, value: each }),
    ),
    ...(incident ? [] : [listed(after)]),
  ];
}

/** The risk of an incident to which findings are added, and the story that they complete: together they are worse. */
export function withStory(before: Incident | undefined, found: Finding[]): { risk: number; story: string | undefined } {
  const highest = Math.max(before?.risk ?? 0, ...found.map((each) => each.risk));
  const story = completedBy(
    before?.rules ?? [],
    found.map((each) => each.rule),
  );
  return { risk: story ? Math.min(100, highest + STORY) : highest, story: story?.says };
}

/** The writes that put a change in its new state and tell the journal. */
export function changeWrites(
  incident: Stored<Incident>,
  change: Change,
  version: number,
  told: Told[],
  now: number,
): Write[] {
  const after = { ...incident.value, changes: { ...incident.value.changes, [change.id]: change.state } };
  return [
    ...tellingWrites(after, incident.version, told, now),
    { partition: partitionOf(change.incident), sort: `change#${change.id}`, expect: version, value: change },
  ];
}

/** The writes that only tell the journal something. */
export function tellingWrites(incident: Incident, version: number, told: Told[], now: number): Write[] {
  let head = incident.head;
  const entries = told.map((each) => {
    const next = append(incident.id, head, each.kind, each.about, now);
    head = next.head;
    return next.write;
  });
  return [
    { partition: partitionOf(incident.id), sort: 'incident', expect: version, value: { ...incident, head } },
    ...entries,
  ];
}

function emptyIncident(window: Window, activity: Activity): Incident {
  const { id, kind, name } = activity.actor;
  return {
    id: window.incident,
    account: activity.account,
    actor: { id, kind, name },
    first: window.first,
    last: window.last,
    risk: 0,
    severity: 'info',
    findings: 0,
    rules: [],
    changes: {},
    head: NO_HEAD,
  };
}

const LIST = 'incidents';

function listed(incident: Incident): Write {
  return {
    partition: LIST,
    sort: `${new Date(incident.first).toISOString()}#${incident.id}`,
    expect: 'any',
    value: { id: incident.id },
  };
}

function partitionOf(incident: string): string {
  return `incident#${incident}`;
}

function stored<Value>(item: Item | undefined): Stored<Value> | undefined {
  return item && { value: item.value as unknown as Value, version: item.version };
}
