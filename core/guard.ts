// The line, from top to bottom: a record comes in, is normalized, matched, assessed, decided and recorded; then its work
// is done: a person is told, a change is carried out, or a request runs out.
import type { Activity } from '../events/activity.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { acquaintance, incidentFor, recollect, rememberActor, type Window } from './actor-memory.ts';
import { expire } from './approval.ts';
import { carry, undo } from './change.ts';
import { type Change, incidentOf } from './change-record.ts';
import { recall, remember } from './documents.ts';
import type { Finding } from './finding.ts';
import { holdingsFor } from './holdings.ts';
import {
  changeById,
  findingById,
  findingsOf,
  findingWrites,
  type Incident,
  incidentById,
  type Stored,
  withStory,
} from './incident.ts';
import { judge, mayMatch } from './judge.ts';
import type { Line } from './line.ts';
import { rulesFor } from './match.ts';
import type { Story } from './notice.ts';
import { ownChange } from './own.ts';
import type { Write } from './ports.ts';
import { propose } from './propose.ts';
import type { Rule } from './rule.ts';
import type { Settings } from './settings.ts';
import { type Sight, sightsOf, sightWrite } from './sight.ts';
import { tellOutcome } from './tell.ts';
import { isLeft, type Work, workDone, workDue } from './work.ts';

/** What became of a record: its findings and which of them are new, or why it could not be read. */
export type Detection = { findings: Finding[]; fresh: Finding[]; work: Work[]; notes: string[]; unreadable?: string };

const NOTHING: Detection = { findings: [], fresh: [], work: [], notes: [] };
const TRIES = 20;

/** INVARIANT 1: whatever the record is, this answers; only the store and AWS may fail. */
export async function detect(record: unknown, line: Line): Promise<Detection> {
  const named = rulesFor(line.rules, record);
  if (named.length === 0) return NOTHING;
  const reading = activityOf(record, line.ports.clock.now());
  if (!reading.ok) return { ...NOTHING, unreadable: reading.reason };
  const rules = named.filter((each) => mayMatch(each, reading.activity, line.settings));
  if (rules.length === 0) return NOTHING;
  const notes = reading.activity.hidden.map((each) => `${each} is hidden or missing: judged as unknown`);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const detection = await findAndRecord(reading.activity, rules, line);
    if (detection) return { ...detection, notes };
    await line.ports.clock.sleep(5 * 2 ** Math.min(tries, 6));
  }
  throw new Error(
    `The findings of event ${reading.activity.id} could not be recorded: the store kept refusing; the event will come again`,
  );
}

/** One try: undefined where another finding of the same actor was recorded at the same moment. */
async function findAndRecord(
  activity: Activity,
  rules: readonly Rule[],
  line: Line,
): Promise<Omit<Detection, 'notes'> | undefined> {
  const { store, queue } = line.ports;
  const { known, unseen } = await sightsOf(activity, rules, line.ports);
  if (unseen.length === 0) return { findings: known, fresh: [], work: [] };
  const [memory, own] = await Promise.all([recollect(store, activity), ownChange(activity, store)]);
  const [documents, holdings] = await Promise.all([
    recall(
      asked(unseen, ({ rule }) => rule.documents?.(activity)),
      activity,
      line.ports,
    ),
    holdingsFor(
      asked(unseen, ({ rule }) => rule.whose?.(activity)),
      activity,
      line.ports,
    ),
  ]);
  const window = own
    ? { incident: incidentOf(own.change), first: activity.time, last: activity.time }
    : incidentFor(memory, activity);
  const fresh = judge(
    activity,
    unseen,
    {
      documents,
      holdings,
      own,
      acquaintance: acquaintance(memory, activity),
      incident: window.incident,
      told: known.length > 0,
    },
    line.settings,
  );
  const incident = line.keeps && fresh.length > 0 ? await incidentById(store, window.incident) : undefined;
  const work = line.keeps ? workFor(fresh, incident?.value, line.settings) : [];
  const alarmed = !own && fresh.some((each) => each.decision !== 'observe');
  const memories = await remember(activity, alarmed, line.ports);
  if (fresh.length === 0 && memories.length === 0) return { findings: known, fresh, work };
  const recorded = await store.write([
    ...(own || fresh.length === 0 ? [] : [rememberActor(memory, activity, window, !alarmed && !activity.failed)]),
    ...fresh.map((each) => sightWrite(sightFor(each, unseen), each)),
    ...memories,
    ...(line.keeps && fresh.length > 0 ? keepingWrites(activity, { window, incident }, fresh, work, line) : []),
  ]);
  if (!recorded) return undefined;
  await queue.send(work);
  return { findings: [...known, ...fresh], fresh, work };
}

/** The writes that keep the findings in their incident, tell the journal, and record the work that follows. */
function keepingWrites(
  activity: Activity,
  { window, incident }: { window: Window; incident: Stored<Incident> | undefined },
  found: Finding[],
  work: Work[],
  line: Line,
): Write[] {
  const now = line.ports.clock.now();
  return [...findingWrites(incident, window, activity, found, now), ...work.map((each) => workDue(each, now))];
}

/** What the rules ask for; one that throws asks for nothing, and tells so when it judges. */
function asked<Asked>(sights: readonly Sight[], ask: (sight: Sight) => Asked[] | undefined): Asked[] {
  return sights.flatMap((each) => {
    try {
      return ask(each) ?? [];
    } catch {
      return [];
    }
  });
}

function sightFor(finding: Finding, sights: readonly Sight[]): Sight {
  const sight = sights.find((each) => each.id === finding.id);
  if (!sight) throw new Error(`Finding ${finding.id} belongs to no rule that was asked`);
  return sight;
}

/** What follows from the findings. A story is told where it is worth an alert, though no part of it is. */
function workFor(fresh: Finding[], before: Incident | undefined, { thresholds }: Settings): Work[] {
  const work = fresh.flatMap(workOf);
  const [last] = fresh;
  const { risk, story } = withStory(before, fresh);
  return work.length === 0 && last && story && risk >= thresholds.alert ? [alertOf(last)] : work;
}

function workOf(finding: Finding): Work[] {
  if (finding.decision === 'observe') return [];
  if (finding.decision === 'alert') return [alertOf(finding)];
  return [{ id: `change.${finding.id}`, do: 'change', incident: finding.incident, finding: finding.id }];
}

function alertOf({ id, incident }: Finding): Work {
  return { id: `alert.${id}`, do: 'alert', incident, finding: id };
}

/** Does one piece of work; work that is done already has no second effect. Returns the change that it was about. */
export async function respond(work: Work, line: Line): Promise<Change | undefined> {
  if (!(await isLeft(line.ports.store, work))) return undefined;
  switch (work.do) {
    case 'alert':
      return alert(work, work.finding, line);
    case 'change':
      return answerFinding(work, work.finding, line);
    case 'carry':
      return told(await carry(work.incident, work.change, line), line);
    case 'undo':
      return undoAndTell(work, work.change, line);
    case 'expire':
      return told(await expire(work.change, line), line);
    case 'tell':
      return tellEnd(work, work.change, line);
  }
}

async function alert(work: Work, id: string, line: Line): Promise<undefined> {
  const finding = await findingById(line.ports.store, work.incident, id);
  if (finding) await line.ports.people.tell({ kind: 'alert', finding, ...(await storyOf(work.incident, line)) });
  return finish(work, line);
}

const SENTENCES = 12;

/** The incident's story, where it has one. */
async function storyOf(id: string, { ports: { store } }: Line): Promise<{ story?: Story }> {
  const says = (await incidentById(store, id))?.value.story;
  if (!says) return {};
  const found = await findingsOf(store, id);
  return { story: { says, sentences: found.slice(0, SENTENCES).map((each) => each.because) } };
}

async function answerFinding(work: Work, id: string, line: Line): Promise<Change | undefined> {
  const finding = await findingById(line.ports.store, work.incident, id);
  const remedy = finding?.remedy && line.remediations.get(finding.remedy);
  if (!finding || !remedy) return finish(work, line);
  const proposed = await propose(finding, remedy, line);
  const change = proposed.state === 'planned' ? await carry(proposed.incident, proposed.id, line) : proposed;
  if (change.state === 'waiting') await line.ports.people.tell({ kind: 'request', finding, change });
  else await tellOutcome(change, line);
  await finish(work, line);
  return change;
}

/** An undo that was begun stays work until it is done, or the target has turned out not to be ours any more. */
async function undoAndTell(work: Work, id: string, line: Line): Promise<Change | undefined> {
  const undone = await undo(work.incident, id, null, line);
  if (undone.ok) return told(undone.value, line);
  const change = await changeById(line.ports.store, work.incident, id);
  return change?.value.undoing ? change.value : finish(work, line);
}

async function tellEnd(work: Work, id: string, line: Line): Promise<Change | undefined> {
  const change = await changeById(line.ports.store, work.incident, id);
  if (change) await tellOutcome(change.value, line);
  await finish(work, line);
  return undefined;
}

async function told(change: Change | undefined, line: Line): Promise<Change | undefined> {
  if (change) await tellOutcome(change, line);
  return change;
}

async function finish(work: Work, line: Line): Promise<undefined> {
  await line.ports.store.write([workDone(work)]);
}
