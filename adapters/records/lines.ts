// JSONL, and every document that stands on one line: split at newlines and parsed, which is as fast as it gets.
import { parse, type Reader, skipBlank } from './reader.ts';
import type { Row } from './row.ts';
import { membersOf } from './row.ts';

const NEWLINE = 0x0a;

/** Reads lines as long as they are values of their own; stops before the first that is not. */
export async function* lines(reader: Reader): AsyncGenerator<Row[]> {
  const { window, rows, limits } = reader;
  while (await skipBlank(window)) {
    if (window.offset < reader.linesFrom) return;
    const end = window.bytes.indexOf(NEWLINE, window.at);
    if (end !== -1 || window.ended) {
      const went = yield* wholeLines(reader);
      yield* rows.take();
      if (!went) return;
    } else if (window.left > limits.whole) {
      reader.linesFrom = window.offset + window.left;
      return;
    } else await window.more();
  }
}

/** Reads what lines the window holds, without waiting; false where one is no value. */
function* wholeLines(reader: Reader): Generator<Row[], boolean> {
  const { window, rows } = reader;
  for (;;) {
    const newline = window.bytes.indexOf(NEWLINE, window.at);
    if (newline === -1 && !(window.ended && window.left > 0)) return true;
    const length = (newline === -1 ? window.bytes.length : newline) - window.at;
    const text = window.text(0, length);
    const value = parse(text);
    if (value === undefined && text.trim() !== '') {
      reader.linesFrom = window.offset + length;
      return false;
    }
    window.at += newline === -1 ? length : length + 1;
    if (value === undefined) continue;
    reader.byLine = true;
    if (membersOf(value)) yield* rows.unfold(value);
    else rows.add(value);
    if (rows.full) yield* rows.take();
  }
}
