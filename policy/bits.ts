// Sets of small numbers as bits: what a statement is about is compared word by word. Plain arrays: typed ones of this
// size cost several times as much to make.

/** Words of 32 bits. */
export type Bits = number[];

/** An empty set for numbers below `size`. */
export function noBits(size: number): Bits {
  return new Array<number>(Math.ceil(size / 32)).fill(0);
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

/** The first number that is in three sets and not in a fourth. */
export function firstCommon(one: Bits, other: Bits, third: Bits, but: Bits): number | undefined {
  for (let i = 0; i < one.length; i += 1) {
    const word = (one[i] ?? 0) & (other[i] ?? 0) & (third[i] ?? 0) & ~(but[i] ?? 0);
    if (word !== 0) return i * 32 + 31 - Math.clz32(word & -word);
  }
  return undefined;
}

export function hasCommon(one: Bits, other: Bits): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i += 1) if (((one[i] ?? 0) & (other[i] ?? 0)) !== 0) return true;
  return false;
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
