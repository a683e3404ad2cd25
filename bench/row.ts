// One measured ratio and its gate: absolute times mean nothing on a noisy machine.

export type Row = { name: string; ratio: number; gate: number; unit?: string };

/** The middle of an odd number of values. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
