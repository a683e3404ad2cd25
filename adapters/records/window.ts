// The bytes between what was read and what was understood: the only place where input waits in memory.

import { reasonOf } from '../reason.ts';
import { borrow, giveBack } from './pool.ts';
import { type Broken, Unreadable } from './row.ts';

const LARGEST_STEP = 16_777_216;
const NOTHING = Buffer.alloc(0);

/** Why the input ended before its time. */
export type Failure = { reason: string; level: Broken['level'] };

/** A buffer that holds `size` bytes, with the first `length` of the old one. */
function grown(held: Buffer, length: number, size: number): Buffer {
  if (held.length >= size) return held;
  const larger = Buffer.allocUnsafeSlow(Math.max(size, 2 * held.length));
  held.copy(larger, 0, 0, length);
  giveBack(held);
  return larger;
}

/** A moving view of an input. Positions are counted from `at`, so they survive `fill`; parts of `bytes` do not. */
export class Window {
  bytes: Buffer = NOTHING;
  /** The first byte not yet understood. */
  at = 0;
  ended = false;
  failure: Failure | undefined;
  #held = borrow();
  #before = 0;
  #rewound = 0;
  readonly #chunks: AsyncIterator<Buffer | string>;

  constructor(chunks: AsyncIterable<Buffer | string>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Where `at` lies in the (unzipped) input. */
  get offset(): number {
    return this.#before + this.at;
  }

  /** The byte `position` after `at`, if it is there. */
  peek(position = 0): number | undefined {
    return this.bytes[this.at + position];
  }

  text(from: number, to: number): string {
    return this.bytes.toString('utf8', this.at + from, this.at + to);
  }

  /** Reads until `size` bytes are left to understand, or until the input ends. */
  async fill(size: number): Promise<void> {
    if (this.left >= size || this.ended) return;
    let length = this.#shift();
    while (length < size) {
      const chunk = await this.#next();
      if (!chunk) break;
      this.#held = grown(this.#held, length, length + chunk.length);
      chunk.copy(this.#held, length);
      length += chunk.length;
    }
    this.bytes = this.#held.subarray(0, length);
  }

  /** Moves what is left to the front of the one buffer that all bytes pass through: nothing is allocated for it anew. */
  #shift(): number {
    const left = this.left;
    this.bytes.copy(this.#held, 0, this.at);
    this.#before += this.at;
    this.at = 0;
    return left;
  }

  /** Reads at least one byte more; larger and larger steps keep the copying in proportion. False at the end. */
  async more(): Promise<boolean> {
    const before = this.left;
    await this.fill(before + Math.min(before, LARGEST_STEP) + 1);
    return this.left > before;
  }

  /**
   * Whether bytes may be read again after a fault.
   * INVARIANT: what is read twice stays in proportion to the input, whatever an attacker writes.
   */
  mayRewind(bytes: number): boolean {
    if (this.#rewound + bytes > 4 * (this.offset + bytes) + 65_536) return false;
    this.#rewound += bytes;
    return true;
  }

  /** Lets go of the input without reading the rest. */
  async close(): Promise<void> {
    this.ended = true;
    this.bytes = NOTHING;
    giveBack(this.#held);
    this.#held = NOTHING;
    await this.#chunks.return?.();
  }

  async #next(): Promise<Buffer | undefined> {
    try {
      const next = await this.#chunks.next();
      if (!next.done) return typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
    } catch (cause) {
      this.failure =
        cause instanceof Unreadable
          ? { reason: cause.message, level: cause.level }
          : { reason: reasonOf(cause), level: 'source' };
    }
    this.ended = true;
    return undefined;
  }
}
