// A line on stderr that says how far long work has come; only where somebody watches it.

export type Progress = {
  /** The next input, and its size in bytes where that is known. */
  begin(bytes: number | undefined): void;
  /** So many records are done. */
  step(count: number): void;
  end(): void;
};

const EVERY = 200;

/** Shows the count, the rate and the bytes that were begun, until it ends. On anything but a terminal it shows nothing. */
export function progress(): Progress {
  if (!process.stderr.isTTY) return { begin() {}, step() {}, end() {} };
  const started = Date.now();
  let shown = started;
  let inputs = 0;
  let bytes = 0;
  return {
    begin(size = 0) {
      inputs += 1;
      bytes += size;
    },
    step(count) {
      const now = Date.now();
      if (now - shown < EVERY) return;
      shown = now;
      const rate = Math.round((count * 1000) / (now - started));
      const size = bytes > 0 ? `, ${Math.round(bytes / 1_048_576)} MiB` : '';
      process.stderr.write(
        `\r\u001b[Kinput ${inputs}${size}: ${count.toLocaleString('en')} records, ${rate.toLocaleString('en')} a second`,
      );
    },
    end() {
      if (shown > started) process.stderr.write('\r\u001b[K');
    },
  };
}
