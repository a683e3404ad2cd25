// JSON as AWS reads it: a key that stands twice in an object is a fault, and not the last one's.

/** What a text holds, and the places of keys that stand twice; or why it is no JSON. */
export type Parsed = { ok: true; value: unknown; repeated: string[] } | { ok: false; reason: string };

/** Parses a text. Keys are compared only where some may be missing from the result, which costs little. */
export function parseJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    const isPlain = colonsIn(text) === keysOf(value) && !SPACED.test(text);
    return { ok: true, value, repeated: isPlain ? [] : repetitionsIn(text) };
  } catch (error) {
    return { ok: false, reason: reasonIn(error instanceof Error ? error.message : '') };
  }
}

/** Where the text stops to be JSON; the parser's own words may hold parts of it. */
function reasonIn(message: string): string {
  const at = /position (\d+)/.exec(message)?.[1];
  if (at !== undefined) return `not valid JSON at character ${at}`;
  return message.includes('end of JSON') ? 'not valid JSON: it ends too early' : 'not valid JSON';
}

/** A colon that does not follow its key at once. */
const SPACED = /"\s+:/;

/** How many quotes have a colon behind them: as many as there are keys, or more where texts hold some. */
function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) count += 1;
  return count;
}

const COLON = 0x3a;

/** The place behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    if (end === -1) return text.length;
    let before = end - 1;
    while (text.charCodeAt(before) === 0x5c) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
  }
}

function behindSpace(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) <= 0x20) end += 1;
  return end;
}

/** How many keys the value has, however deep. */
function keysOf(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each !== 'object' || each === null) continue;
    if (!Array.isArray(each)) count += Object.keys(each).length;
    for (const inner of Array.isArray(each) ? each : Object.values(each))
      if (typeof inner === 'object') left.push(inner);
  }
  return count;
}

/** An object or a list that is being read: the keys so far, and which key or item is at hand. */
type Level = { keys: Set<string> | undefined; part: string; items: number };

/** The places of keys that stand again in their object: `Statement[0].Effect`. The text is valid JSON. */
function repetitionsIn(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    const level = levels.at(-1);
    if (char === '{' || char === '[') levels.push({ keys: char === '{' ? new Set() : undefined, part: '', items: 0 });
    else if (char === '}' || char === ']') levels.pop();
    else if (char === ',' && level) level.items += 1;
    if (char !== '"') continue;
    const end = endOfString(text, at);
    if (level?.keys && text.charCodeAt(behindSpace(text, end)) === COLON) {
      level.part = String(JSON.parse(text.slice(at, end)));
      if (level.keys.has(level.part) && found.length < MOST) found.push(placeOf(levels));
      level.keys.add(level.part);
    }
    at = end - 1;
  }
  return found;
}

/** So many places are told. */
const MOST = 10;

function placeOf(levels: readonly Level[]): string {
  const parts = levels.slice(0, 12).map(({ keys, part, items }) => (keys ? `.${part}` : `[${items}]`));
  return parts.join('').replace(/^\./, '');
}
