// Finds a long piece with many `?` in a long text: where it fits, the sum of p(p - t)^2 over its characters is 0, and a
// convolution gives that sum for all places at once. Clifford and Clifford, "Simple deterministic wildcard matching" (2007).

/** Where the piece first fits at or behind `from`; -1 where it does not. Time: text times the logarithm of the piece. */
export function indexByConvolution(piece: string, text: string, from: number): number {
  const size = 2 ** Math.ceil(Math.log2(piece.length * 4));
  const digits = digitsOf(piece);
  const spectra = digits.map((each) => spectrumOf(piece, each, size));
  for (let start = from; start + piece.length <= text.length; start += size - piece.length + 1) {
    const block = text.slice(start, start + size);
    const places = Math.min(size, block.length) - piece.length + 1;
    const sums = digits.map((each, at) => sumsOf(block, each, spectra[at] as Spectrum));
    for (let i = 0; i < places; i += 1) if (sums.every((each) => Math.abs(each[i] ?? 1) < 0.5)) return start + i;
  }
  return -1;
}

/** Small numbers for characters: what the piece does not name is 0, and so is like nothing in it. */
type Digit = ReadonlyMap<string, number>;

const BASE = 128;

/** Several digits tell more than 128 different characters apart, so that the sums stay exact in floating point. */
function digitsOf(piece: string): Digit[] {
  const chars = [...new Set(piece.split(''))].filter((each) => each !== '?');
  const digits: Digit[] = [];
  for (let unit = 1; unit === 1 || unit < chars.length; unit *= BASE)
    digits.push(new Map(chars.map((each, at) => [each, (Math.floor(at / unit) % BASE) + 1])));
  return digits;
}

type Complex = { re: Float64Array; im: Float64Array };
/** The transforms of p and p^2, and the sum of p^3. */
type Spectrum = { first: Complex; second: Complex; cubes: number };

function spectrumOf(piece: string, digit: Digit, size: number): Spectrum {
  const [first, second] = [zeros(size), zeros(size)];
  let cubes = 0;
  for (let i = 0; i < piece.length; i += 1) {
    const value = digit.get(piece[i] ?? '') ?? 0;
    first.re[i] = value;
    second.re[i] = value * value;
    cubes += value ** 3;
  }
  transform(first, 1);
  transform(second, 1);
  return { first, second, cubes };
}

/** For each place of the block the sum of p^3 - 2 p^2 t + p t^2. */
function sumsOf(block: string, digit: Digit, { first, second, cubes }: Spectrum): Float64Array {
  const size = first.re.length;
  const [once, squared, sums] = [zeros(size), zeros(size), zeros(size)];
  for (let i = 0; i < block.length; i += 1) {
    const value = digit.get(block[i] ?? '') ?? 0;
    once.re[i] = value;
    squared.re[i] = value * value;
  }
  transform(once, 1);
  transform(squared, 1);
  addProduct(sums, squared, first, 1);
  addProduct(sums, once, second, -2);
  transform(sums, -1);
  return sums.re.map((each) => each / size + cubes);
}

/** Adds `factor` times `one` times the conjugate of `other`. */
function addProduct(to: Complex, one: Complex, other: Complex, factor: number): void {
  for (let i = 0; i < to.re.length; i += 1) {
    const [a, b, c, d] = [one.re[i] ?? 0, one.im[i] ?? 0, other.re[i] ?? 0, other.im[i] ?? 0];
    to.re[i] = (to.re[i] ?? 0) + factor * (a * c + b * d);
    to.im[i] = (to.im[i] ?? 0) + factor * (b * c - a * d);
  }
}

function zeros(size: number): Complex {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** Cooley and Tukey's transform in place; `sign` -1 is the inverse, without the division by the size. */
function transform({ re, im }: Complex, sign: 1 | -1): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  for (let half = 1; half < size; half *= 2)
    for (let k = 0; k < half; k += 1) {
      const angle = (-sign * Math.PI * k) / half;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < size; i += 2 * half) butterfly(re, im, i, i + half, cos, sin);
    }
}

function butterfly(re: Float64Array, im: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const [a, b, c, d] = [re[i] ?? 0, im[i] ?? 0, re[j] ?? 0, im[j] ?? 0];
  const [x, y] = [c * cos - d * sin, c * sin + d * cos];
  re[i] = a + x;
  im[i] = b + y;
  re[j] = a - x;
  im[j] = b - y;
}

function swap(array: Float64Array, i: number, j: number): void {
  const kept = array[i] ?? 0;
  array[i] = array[j] ?? 0;
  array[j] = kept;
}
