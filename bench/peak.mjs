// Loaded before a program: at its end, prints the peak of its resident memory in kB on a line of its own.
import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(1, `\n${process.resourceUsage().maxRSS}\n`));
