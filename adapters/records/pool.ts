// Buffers that are used again: V8 collects them so rarely that each new one would stay for hundreds of megabytes of input.

const SMALLEST = 262_144;
/** One that has grown larger is left to the collector. */
const LARGEST = 4_194_304;
const MOST = 8;
const free: Buffer[] = [];

/** A buffer of at least 256 KiB, with whatever was in it before. */
export function borrow(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(SMALLEST);
}

/** Whoever borrowed it has no use for it any more, nor for any part of it. */
export function giveBack(buffer: Buffer): void {
  if (buffer.length >= SMALLEST && buffer.length <= LARGEST && free.length < MOST) free.push(buffer);
}
