// What replay is measured against: reads (and unzips) and parses each file, and does nothing with it.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

let records = 0;
for (const file of process.argv.slice(2)) {
  const text = file.endsWith('.gz') ? gunzipSync(readFileSync(file)).toString('utf8') : readFileSync(file, 'utf8');
  records += (JSON.parse(text) as { Records: unknown[] }).Records.length;
}
process.stdout.write(`${records}\n`);
