// A line on stderr that says how far long work has come; only where somebody watches it.

export type Progress = {
  /** The next input, and its size in bytes where that is known. */
  begin(bytes: number | undefined): void;
  /** So many records are done. */
  step(count: number): void;
  end(): void;
};

const EVERY = 200;
const WIDTH = 20;

/** Shows a bar, the rate and the time left until it ends; `total` is the size of all input in bytes, where it is known. */
export function progress(total: number | undefined): Progress {
  if (!process.stderr.isTTY) return { begin() {}, step() {}, end() {} };
  const started = Date.now();
  let shown = started;
  let [done, current] = [0, 0];
  return {
    begin(bytes = 0) {
      [done, current] = [done + current, bytes];
    },
    step(count) {
      const now = Date.now();
      if (now - shown < EVERY) return;
      shown = now;
      process.stderr.write(`\r\u001b[K${told(count, now - started, total ? (done + current / 2) / total : undefined)}`);
    },
    end() {
      if (shown > started) process.stderr.write('\r\u001b[K');
    },
  };
}

/** `[#####...............] 120,000 records, 80,000 a second, 12 s left`; inputs before the present one count as done, that one by half. */
function told(count: number, elapsed: number, share: number | undefined): string {
  const rate = `${count.toLocaleString('en')} records, ${Math.round((count * 1000) / elapsed).toLocaleString('en')} a second`;
  if (!share) return rate;
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.');
  return `[${bar}] ${rate}, ${Math.round((elapsed / share - elapsed) / 1000)} s left`;
}
