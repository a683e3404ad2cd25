// `npm run bench`: every ratio with its gate; exit 1 where one does not hold.
import { inline } from './inline.ts';
import { organization } from './organization.ts';
import { policy } from './policy.ts';
import { replay } from './replay.ts';
import type { Row } from './row.ts';
import { startup } from './startup.ts';

function line({ name, ratio, gate, unit = 'x' }: Row): string {
  return `${ratio <= gate ? 'holds' : 'FAILS'}  ${ratio.toFixed(2).padStart(8)} ${unit.padEnd(3)} ${gate === Number.POSITIVE_INFINITY ? '(no gate)' : `(at most ${gate})`}  ${name}`;
}

const rows = [...(await startup()), ...inline(), ...(await policy()), ...(await replay()), ...(await organization())];
for (const each of rows) process.stdout.write(`${line(each)}\n`);
process.exitCode = rows.every((each) => each.ratio <= each.gate) ? 0 : 1;
