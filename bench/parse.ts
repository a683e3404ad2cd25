// What replay is measured against: reads and parses each file, and does nothing with it.
import { readFileSync } from 'node:fs';

let records = 0;
for (const file of process.argv.slice(2))
  records += (JSON.parse(readFileSync(file, 'utf8')) as { Records: unknown[] }).Records.length;
process.stdout.write(`${records}\n`);
