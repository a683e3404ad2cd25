// Sets of small numbers as bits: what a statement is about is compared word by word.

export type Bits = Uint32Array<ArrayBuffer>;

/** An empty set for numbers below `size`. */
export function noBits(size: number): Bits {
  return new Uint32Array(Math.ceil(size / 32));
}

export function bitsOf(numbers: Iterable<number>, size: number): Bits {
  const bits = noBits(size);
  for (const each of numbers) addBit(bits, each);
  return bits;
}

export function addBit(bits: Bits, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
}

export function removeBit(bits: Bits, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) & ~(1 << (number & 31));
}

export function hasBit(bits: Bits, number: number): boolean {
  return ((bits[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
}

/** Adds all of the other set. */
export function addAll(bits: Bits, other: Bits): void {
  for (let i = 0; i < bits.length; i += 1) bits[i] = (bits[i] ?? 0) | (other[i] ?? 0);
}

/** Takes all of the other set out. */
export function removeAll(bits: Bits, other: Bits): void {
  for (let i = 0; i < bits.length; i += 1) bits[i] = (bits[i] ?? 0) & ~(other[i] ?? 0);
}

/** What is in both. */
export function onlyCommon(one: Bits, other: Bits): Bits {
  return one.map((each, at) => each & (other[at] ?? 0));
}

/** Everything in the first is in the other. */
export function areWithin(one: Bits, other: Bits): boolean {
  for (let i = 0; i < one.length; i += 1) if (((one[i] ?? 0) & ~(other[i] ?? 0)) !== 0) return false;
  return true;
}

/** The numbers of the set, in order. */
export function numbersIn(bits: Bits): number[] {
  const found: number[] = [];
  for (let i = 0; i < bits.length; i += 1)
    for (let word = bits[i] ?? 0; word !== 0; word &= word - 1) found.push(i * 32 + 31 - Math.clz32(word & -word));
  return found;
}
