// What no sink may print as it came: characters that nobody sees, or that move what others see. Shown by their numbers.

/**
 * Control, format (bidi, zero width), private and unassigned characters, lone surrogates, line and paragraph separators,
 * every space but the common one, whatever renderers ignore, and marks piled higher than three.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}|(?<=\p{M}{3})\p{M}/gu;

/** Tokens that a cut must not split: an entity, an escape, a bracketed sign, a code point. */
const TOKENS = /&(?:amp|lt|gt);|\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}|\\["\\/bfnrt]|\[[.。．｡@＠:#]\]|./gsu;

const NAMED: { [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, in the order in which it is written: `bob\u{202e}`. Well-formed, whatever came in. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (each) => NAMED[each] ?? `\\u{${each.codePointAt(0)?.toString(16)}}`);
}

/** The same for text inside JSON, in JSON's own notation: it still parses to the same value. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (each) => each.split('').map(unit).join(''));
}

/** One UTF-16 unit as JSON writes it: `\u202e`. */
export function unit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text, or as many of its tokens as fit `limit` together with `end`. `size` measures a token. */
export function cut(text: string, limit: number, size = (token: string) => token.length, end = '…'): string {
  let kept = '';
  let whole = 0;
  let used = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    used += size(token);
    if (used + size(end) <= limit) whole = kept.length + token.length;
    if (used > limit) return kept.slice(0, whole) + end;
    kept += token;
  }
  return kept;
}

/** As much of the text as could matter: every character shows as one or more, so the rest would be cut anyway. */
export function head(text: string, limit: number): string {
  return text.length > limit ? text.slice(0, limit + 1) : text;
}
