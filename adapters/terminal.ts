// The one escaping layer for terminals, and notices told there: text of an event can neither move the cursor, nor
// colour, nor reorder, nor begin a line of its own.
import type { Notice } from '../core/notice.ts';
import type { People } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { type Telling, tellingOf } from './telling.ts';
import { cut, head, visible } from './visible.ts';

const LINE = 2_000;

/** Text of an event on one line of a terminal, at most `limit` characters; what cannot be seen shows as its number. */
export function terminalText(value: string, limit = LINE): string {
  return cut(visible(head(value, limit)), limit);
}

/** Tells notices as lines of text without colour; `write` gets them one by one, without a line end. */
export function terminalPeople(write: (line: string) => void, accounts: Settings['accounts'] = {}): People {
  return {
    tell: async (notice) => terminalLines(notice, accounts).forEach(write),
  };
}

/** The lines of a notice: the headline, and the rest indented under it. */
export function terminalLines(notice: Notice, accounts: Settings['accounts'] = {}): string[] {
  const telling = tellingOf(notice, accounts);
  const rest = [
    telling.place,
    ...telling.paragraphs.flatMap(indented),
    ...callLines(telling),
    ...commandLines(telling),
  ];
  return [terminalText(telling.headline), ...rest.map((each) => `  ${terminalText(each)}`)];
}

/** A paragraph's first line says what the others are about. */
function indented([first = '', ...others]: string[]): string[] {
  const isList = first.startsWith('Risk ') || first.startsWith('Together: ') || first.startsWith('Decided: ');
  return [first, ...others.map((each) => (isList ? `  ${each}` : each))];
}

function callLines({ calls }: Telling): string[] {
  if (calls.calls.length === 0) return [];
  return [`${calls.says}:`, ...calls.calls.map((each) => `  ${JSON.stringify(each)}`)];
}

function commandLines({ commands }: Telling): string[] {
  return commands.lines.length === 0 ? [] : [commands.says, ...commands.lines.map((each) => `  ${each}`)];
}
