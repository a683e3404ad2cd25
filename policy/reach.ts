// On which resources a statement allows or denies an action: all of a kind, one's own user, or named ones.
import { arnsMeet } from './arn.ts';
import type { Statement } from './document.ts';
import { type Format, formatAt, narrowed, opened, type Pattern, patternOf, relation } from './format.ts';
import { covers, fits } from './wildcard.ts';

/** Where an analysis stands: whose account it is, where that is known. */
export type Place = { account: string | undefined };

/** What an action is allowed on. `all`: everything of the kind that it works on; `self`: the user who asks; `named`: less than all. */
export type Reach = { breadth: 'all' | 'self' | 'named'; pattern: Pattern; format: Format | undefined };

/** What a statement is on, read once. */
export type On = { resources: readonly Pattern[]; exceptions: readonly Pattern[] };

const EVERYTHING = patternOf('*', false);
const ALL: On = { resources: [EVERYTHING], exceptions: [] };

export function onOf({ resources, notResources }: Statement, variables: boolean): On {
  if (resources.length === 0 && notResources.length === 0) return ALL;
  const read = (each: string) => (each === '*' ? EVERYTHING : patternOf(each, variables));
  return { resources: resources.map(read), exceptions: notResources.map(read) };
}

/** All of everything. */
export const WHOLE: Reach = { breadth: 'all', pattern: EVERYTHING, format: undefined };

/** On what a statement is about an action that works on resources of these formats (none: on everything at once). */
export function reachesOf({ resources, exceptions }: On, formats: readonly Format[], place: Place): Reach[] {
  if (exceptions.length > 0) return reachesBut(exceptions, formats, place);
  const found: Reach[] = [];
  for (const each of resources) addReaches(found, each, formats, place);
  return found;
}

/** Whether the statement is about everything of some kind; a quick look, which counts exceptions for nothing. */
export function reachesWhole({ resources, exceptions }: On, formats: readonly Format[], place: Place): boolean {
  if (exceptions.length > 0) return true;
  if (formats.length === 0) return resources.some((each) => isEverything(each.text));
  return resources.some((each) => formats.some((one) => relation(each, one, place.account) === 'all'));
}

/** What is left of all resources: everything, unless an exception covers a kind as a whole. */
function reachesBut(exceptions: readonly Pattern[], formats: readonly Format[], { account }: Place): Reach[] {
  if (formats.length === 0) return exceptions.some((each) => isEverything(each.text)) ? [] : [WHOLE];
  const isLeft = (format: Format) =>
    !exceptions.some((each) => !each.hasVariable && relation(each, format, account) === 'all');
  return formats.filter(isLeft).map((format) => ({ breadth: 'all', pattern: EVERYTHING, format }));
}

function addReaches(found: Reach[], pattern: Pattern, formats: readonly Format[], { account }: Place): void {
  if (formats.length === 0 && isEverything(pattern.text)) found.push(WHOLE);
  for (const format of formats) {
    const related = relation(pattern, format, account);
    if (related !== 'none') found.push({ breadth: breadthOf(pattern, related), pattern, format });
    // What a variable stands for is one thing, of whatever kind.
    if (related !== 'none' && pattern.hasVariable) return;
  }
}

/** What a variable stands for is not known, but for the name of the user who asks. */
function breadthOf({ hasVariable, written }: Pattern, related: 'all' | 'some'): Reach['breadth'] {
  if (hasVariable) return isSelf(written) ? 'self' : 'named';
  return related === 'all' ? 'all' : 'named';
}

/** The resource is the user who asks: `arn:aws:iam::*:user/${aws:username}`, under whatever path. */
function isSelf(resource: string): boolean {
  return /:user\/(.*\/)?\$\{aws:username\}$/i.test(resource);
}

/** The pattern stands for everything there is, also for what has no ARN. */
export function isEverything(pattern: string): boolean {
  return fits(pattern, '*');
}

/** The reach as a pattern in its account, to be compared with others. */
export function extentOf({ breadth, pattern, format }: Reach, { account }: Place): string {
  if (!format) return pattern.text;
  if (pattern.hasVariable) return narrowed(pattern.written, format, account);
  return breadth === 'all' ? formatAt(format, pattern, account) : narrowed(pattern.text, format, account);
}

/** What a denial leaves of the reach: it, less of it, or (empty) nothing. */
export function leftBy(denial: On, reach: Reach, formats: readonly Format[], place: Place): Reach[] {
  const extent = extentOf(reach, place);
  if (denial.exceptions.length === 0)
    return denial.resources.some((each) => coversAll(each, reach, extent)) ? [] : [reach];
  const excepted: Reach[] = [];
  for (const each of denial.exceptions) addReaches(excepted, each, formats, place);
  return excepted.flatMap((each) => common(each, reach, place));
}

/** What an exception and the reach have in common: the narrower of the two, where they touch. */
function common(exception: Reach, reach: Reach, place: Place): Reach[] {
  const [outer, inner] = [extentOf(exception, place), extentOf(reach, place)];
  if (outer === inner || (!exception.pattern.hasVariable && covers(outer, inner))) return [reach];
  return arnsMeet(opened(outer), opened(inner)) ? [exception] : [];
}

/** The pattern covers all of the reach; one with a variable covers only itself. */
function coversAll({ written, text, hasVariable }: Pattern, { pattern }: Reach, extent: string): boolean {
  return hasVariable ? written === pattern.written : covers(text, extent);
}
