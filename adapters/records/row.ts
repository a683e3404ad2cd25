// What reading gives: rows in batches, because one await per record would cost more than parsing it.
import { recordsOf, unwrap } from '../../events/cloudtrail.ts';
import { isFields } from '../../events/fields.ts';

/** One input to read. `bytes` is its size as stored, where known; `open` may be called once. */
export type Source = { name: string; bytes?: number; open(): AsyncIterable<Buffer | string> };

/**
 * What could not be read: one place among the records, a source as a whole (its records before that are given), or what
 * AWS did not hand over. Only a `record` takes a place in the count of records.
 */
export type Broken = {
  kind: 'broken';
  level: 'record' | 'source' | 'aws';
  source: string;
  index: number;
  /** Plain words; nothing of the input is quoted in them. */
  reason: string;
};

/** A raw record at its place in the source, from 0, broken ones counted; `envelope` is the EventBridge event around it. */
export type Row = { kind: 'record'; value: unknown; source: string; index: number; envelope?: unknown } | Broken;

/** A failure whose message is already in plain words. */
export class Unreadable extends Error {
  readonly level: Broken['level'];

  constructor(reason: string, level: Broken['level'], cause?: unknown) {
    super(reason, { cause });
    this.level = level;
  }
}

const BATCH = 4096;

/** The rows of one source, collected until they are taken. */
export class Rows {
  readonly source: string;
  index = 0;
  #rows: Row[] = [];
  #reported = false;

  constructor(source: string) {
    this.source = source;
  }

  get full(): boolean {
    return this.#rows.length >= BATCH;
  }

  /** Whether a failure of the source has been told. */
  get reported(): boolean {
    return this.#reported;
  }

  /** Adds one value that is no list. */
  add(value: unknown): void {
    const record = unwrap(value);
    const row: Row = { kind: 'record', value: record, source: this.source, index: this.index++ };
    if (record !== value) row.envelope = value;
    this.#rows.push(row);
  }

  broken(reason: string, level: Broken['level'] = 'record'): void {
    if (level !== 'record') this.#reported = true;
    this.#rows.push({ kind: 'broken', level, source: this.source, index: this.index, reason });
    if (level === 'record') this.index += 1;
  }

  /** A record that the end of the input cuts off: the failure of the source is told with it. */
  cut(reason: string): void {
    this.#reported = true;
    this.broken(reason);
  }

  *take(): Generator<Row[]> {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    yield rows;
  }

  /** Adds the records of a value, however deep its lists are nested, and gives what is full. */
  *unfold(value: unknown): Generator<Row[]> {
    const open = [[value].values()];
    for (let level = open.at(-1); level; level = open.at(-1)) {
      const next = level.next();
      const members = next.done ? undefined : membersOf(next.value);
      if (next.done) open.pop();
      else if (members) open.push(members.values());
      else this.add(next.value);
      if (this.full) yield* this.take();
    }
  }
}

/** The elements of an array or a trail file; undefined for anything else. Looks one level deep, so it costs the same at any depth. */
export function membersOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isFields(value)) return undefined;
  for (const key in value) {
    const member = value[key];
    if (Array.isArray(member) && holdsRecords(key)) return member;
  }
  return undefined;
}

/** Whether the list under this key holds records: asked of the one file that knows, which takes such an object apart. */
export function holdsRecords(key: string): boolean {
  return recordsOf({ [key]: [] }).length === 0;
}
