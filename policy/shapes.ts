// The shapes of parsed JSON, and where in it something is wrong.
import type { PolicyDocument, Problem } from './document.ts';

/** A list of what may stand alone. */
export function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

export function isObject(value: unknown): value is PolicyDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Strings from a string or a list of strings. */
export function strings(value: unknown): string[] {
  return list(value).filter((each) => typeof each === 'string');
}

/** Tells a problem: its place in the document, its statement (null: none), and why. */
export type Report = (place: string, statement: number | null, message: string) => void;

/** More problems than this are not told: a document of a million numbers is one broken document. */
const MOST = 10;

/** Collects problems, and says at the last one that there are more. */
export function reporter(problems: Problem[]): Report {
  let count = 0;
  return (place, statement, message) => {
    count += 1;
    if (count <= MOST) problems.push({ place: shortened(place), statement, message });
    const last = problems[MOST - 1];
    if (count === MOST + 1 && last) problems[MOST - 1] = { ...last, message: `${last.message}, and there is more` };
  };
}

/** Names in a document may be of any length. */
function shortened(place: string): string {
  return place.length > 120 ? `${place.slice(0, 119)}…` : place;
}
