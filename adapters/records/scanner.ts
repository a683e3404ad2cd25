// Finds where a JSON value ends, byte by byte and without recursion, for documents too large or too broken to parse whole.

/** The bytes ran out before the value did. */
export const MORE = -1;
/** The bytes are no JSON; `Scanner.fault` says where. */
export const FAULT = -2;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d];

// What may come next.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const AFTER_KEY = 4;
const AFTER_VALUE = 5;
const IN_KEY = 6;
const IN_TEXT = 7;
const IN_WORD = 8;

const BLANK = new Uint8Array(256);
for (const each of [0x20, 0x09, 0x0a, 0x0d]) BLANK[each] = 1;
// Whether a word is a number, true, false or null is left to JSON.parse.
const WORD = new Uint8Array(256);
for (const each of Buffer.from('+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')) WORD[each] = 1;

/** A machine that may be stopped at any byte and goes on with the next. */
export class Scanner {
  /** The index of the byte that cannot stand where it stands. */
  fault = 0;
  #state = VALUE;
  #depth = 0;
  #escaped = false;
  #isObject = new Uint8Array(64);

  /** Whether a number or word reached the end of the bytes: at the end of the input it is whole. */
  get isWord(): boolean {
    return this.#state === IN_WORD && this.#depth === 0;
  }

  /** Ready for another value. */
  reset(): void {
    this.#state = VALUE;
    this.#depth = 0;
    this.#escaped = false;
  }

  /** Goes on at `from`: the index after the value, `MORE` or `FAULT`. */
  scan(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      if (this.#state === IN_TEXT || this.#state === IN_KEY) {
        at = this.#text(bytes, at);
      } else if (this.#state === IN_WORD) {
        while (at < bytes.length && WORD[bytes[at] ?? 0]) at += 1;
        if (at < bytes.length) this.#state = AFTER_VALUE;
      } else {
        const byte = bytes[at] ?? 0;
        if (!BLANK[byte] && !this.#token(byte)) at = this.#faultAt(at);
        else at += 1;
      }
      if (at === FAULT) return FAULT;
      if (this.#state === AFTER_VALUE && this.#depth === 0) return at;
    }
    return MORE;
  }

  /** Goes through a string up to its closing quote. */
  #text(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#state = this.#state === IN_KEY ? AFTER_KEY : AFTER_VALUE;
        return at + 1;
      }
      if (byte === BACKSLASH) at += 1;
      else if (byte < 0x20) return this.#faultAt(at);
    }
    this.#escaped = at > bytes.length;
    return bytes.length;
  }

  #faultAt(at: number): number {
    this.fault = at;
    return FAULT;
  }

  /** Takes one byte outside of strings and words; false where it cannot stand there. */
  #token(byte: number): boolean {
    const state = this.#state;
    if (byte === QUOTE) return this.#quote(state);
    if (byte === COLON) return state === AFTER_KEY && this.#become(VALUE);
    if (byte === COMMA) return state === AFTER_VALUE && this.#become(this.#isObject[this.#depth - 1] ? KEY : VALUE);
    if (byte === BRACKET_END) return (state === VALUE_OR_END || state === AFTER_VALUE) && this.#leave(0);
    if (byte === BRACE_END) return (state === KEY_OR_END || state === AFTER_VALUE) && this.#leave(1);
    if (state !== VALUE && state !== VALUE_OR_END) return false;
    if (byte === BRACE) return this.#enter(1);
    if (byte === BRACKET) return this.#enter(0);
    return WORD[byte] === 1 && this.#become(IN_WORD);
  }

  #quote(state: number): boolean {
    if (state === KEY || state === KEY_OR_END) return this.#become(IN_KEY);
    return (state === VALUE || state === VALUE_OR_END) && this.#become(IN_TEXT);
  }

  #become(state: number): true {
    this.#state = state;
    return true;
  }

  #enter(isObject: 0 | 1): true {
    if (this.#depth === this.#isObject.length) this.#isObject = grown(this.#isObject);
    this.#isObject[this.#depth++] = isObject;
    return this.#become(isObject ? KEY_OR_END : VALUE_OR_END);
  }

  #leave(isObject: 0 | 1): boolean {
    if (this.#depth === 0 || this.#isObject[this.#depth - 1] !== isObject) return false;
    this.#depth -= 1;
    return this.#become(AFTER_VALUE);
  }
}

function grown(stack: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(stack.length * 2);
  larger.set(stack);
  return larger;
}
