// Documents that span lines, are too large to parse whole, or are broken: taken apart so that nothing around a fault is lost.
import { list } from './lists.ts';
import { type End, endOf, nextByte, parse, type Reader, report } from './reader.ts';
import { holdsRecords, type Row } from './row.ts';
import type { Window } from './window.ts';

const [NEWLINE, QUOTE, COLON, COMMA] = [0x0a, 0x22, 0x3a, 0x2c];
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d];
/** In JSONL, a line that begins so goes on with a broken document and is no record of its own. */
const CONTINUES = new Set<number | undefined>([0x20, 0x09, 0x0d, NEWLINE, QUOTE, COMMA, BRACKET_END, BRACE_END]);

/** Parses the rest of the input as one document, if it is one and not too large. */
export async function* wholeDocument({ window, rows, limits }: Reader): AsyncGenerator<Row[], boolean> {
  await window.fill(limits.whole + 1);
  if (!window.ended || window.left > limits.whole) return false;
  const value = parse(window.text(0, window.left));
  if (value === undefined) return false;
  window.at = window.bytes.length;
  yield* rows.unfold(value);
  return true;
}

/** Reads the value at the window's `at`, or reports it and goes to where the next may begin. */
export async function* document(reader: Reader): AsyncGenerator<Row[]> {
  const { window } = reader;
  const first = window.peek();
  if (first === BRACE) yield* object(reader);
  else if (first === BRACKET) yield* list(reader);
  else await giveUp(reader, { ok: false, why: 'fault', end: 0 });
  yield* reader.rows.take();
}

/** Walks through the members of an object: one of them may be a list of records, which is not held as a whole. */
async function* object(reader: Reader): AsyncGenerator<Row[]> {
  const { window, limits } = reader;
  let streamed = false;
  for (let at = 1; ; ) {
    const member = await memberAt(reader, at);
    if (member === 'end') return yield* finish(reader, streamed, at);
    if (!member.ok) return await giveUp(reader, member);
    if (window.peek(member.value) === BRACKET && holdsRecords(member.key)) {
      window.at += member.value;
      streamed = true;
      if (!(yield* list(reader))) return;
      at = 0;
      continue;
    }
    const end = await endOf(reader, member.value);
    if (!end.ok) return await giveUp(reader, end);
    if (end.end > limits.longest) return await giveUp(reader, { ok: false, why: 'long', end: end.end });
    at = end.end;
    if (!streamed) continue;
    window.at += at;
    at = 0;
  }
}

type Member = { ok: true; key: string; value: number } | 'end' | (End & { ok: false });

/** The member that begins at `from`, or after the comma there. */
async function memberAt(reader: Reader, from: number): Promise<Member> {
  const { window } = reader;
  let quote = await nextByte(window, from);
  if (quote !== undefined && window.peek(quote) === BRACE_END) return 'end';
  if (quote !== undefined && window.peek(quote) === COMMA) quote = await nextByte(window, quote + 1);
  if (quote === undefined) return { ok: false, why: 'cut', end: window.left };
  if (window.peek(quote) !== QUOTE) return { ok: false, why: 'fault', end: quote };
  const key = await endOf(reader, quote);
  if (!key.ok) return key;
  const colon = await nextByte(window, key.end);
  const value = colon === undefined ? undefined : await nextByte(window, colon + 1);
  if (colon === undefined || value === undefined) return { ok: false, why: 'cut', end: window.left };
  if (window.peek(colon) !== COLON) return { ok: false, why: 'fault', end: colon };
  return { ok: true, key: String(parse(window.text(quote, key.end))), value };
}

/** The closing brace is at `from` or after white space. */
async function* finish(reader: Reader, streamed: boolean, from: number): AsyncGenerator<Row[]> {
  const { window, rows } = reader;
  const end = ((await nextByte(window, from)) ?? from) + 1;
  const value = streamed ? undefined : parse(window.text(0, end));
  if (value !== undefined) yield* rows.unfold(value);
  else if (!streamed) report(reader, window.offset, { ok: true, end }, true);
  window.at += end;
}

/** Reports the value at the window's `at` and goes to the line where the next may begin. */
async function giveUp(reader: Reader, failed: End & { ok: false }): Promise<void> {
  const { window } = reader;
  const begins = window.offset;
  const newline = window.bytes.indexOf(NEWLINE, window.at);
  const onOneLine = newline === -1 || newline - window.at >= failed.end;
  if (!window.mayRewind(failed.end)) window.at += failed.end;
  const found = await nextLine(window, reader.byLine ? (onOneLine ? anyByte : beginsRecord) : beginsDocument);
  report(reader, begins, failed, found);
}

const anyByte = (): boolean => true;
const beginsRecord = (byte: number | undefined): boolean => !CONTINUES.has(byte);
const beginsDocument = (byte: number | undefined): boolean => byte === BRACE || byte === BRACKET;

/** Goes to the next line whose first byte may begin a value; false where there is none. */
async function nextLine(window: Window, may: (byte: number | undefined) => boolean): Promise<boolean> {
  for (;;) {
    const newline = window.bytes.indexOf(NEWLINE, window.at);
    window.at = newline === -1 ? window.bytes.length : newline + 1;
    if (window.left === 0 && !(await window.more())) return false;
    if (newline !== -1 && may(window.peek())) return true;
  }
}
