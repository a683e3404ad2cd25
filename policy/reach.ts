// On which resources a statement allows or denies an action: all of a kind, one's own user, or named ones.
import { arnsMeet } from './arn.ts';
import type { Statement } from './document.ts';
import { type Format, formatAt, narrowed, opened, type Pattern, patternOf, relation } from './format.ts';
import { covers, fits } from './wildcard.ts';

/** Where an analysis stands: whose account it is, where that is known. */
export type Place = { account: string | undefined };

/**
 * What an action is allowed on. `all`: everything of the kind that it works on, or nearly; `self`: the user who asks;
 * `named`: less than all. `but`: what is taken out of it.
 */
export type Reach = {
  breadth: 'all' | 'self' | 'named';
  pattern: Pattern;
  format: Format | undefined;
  but: readonly Pattern[];
};

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
export const WHOLE: Reach = { breadth: 'all', pattern: EVERYTHING, format: undefined, but: [] };

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
  // What a variable stands for is not known: it may be something else than what is asked for.
  const certain = exceptions.filter((each) => !each.hasVariable);
  return formats.flatMap((format) => {
    const touched = certain.filter((each) => relation(each, format, account) !== 'none');
    if (touched.some((each) => relation(each, format, account) === 'all')) return [];
    return [{ breadth: 'all', pattern: EVERYTHING, format, but: touched.slice(0, MOST) }];
  });
}

function addReaches(found: Reach[], pattern: Pattern, formats: readonly Format[], { account }: Place): void {
  if (formats.length === 0 && isEverything(pattern.text)) found.push(WHOLE);
  if (isOfService(pattern)) return;
  for (const format of formats) {
    const related = relation(pattern, format, account);
    if (related !== 'none') found.push({ breadth: breadthOf(pattern, related), pattern, format, but: WHOLE.but });
    // What a variable stands for is one thing, of whatever kind.
    if (related !== 'none' && pattern.hasVariable) return;
  }
}

/** Roles that services made for themselves: nobody else may change, pass or assume one. */
function isOfService({ segments }: Pattern): boolean {
  return segments?.service === 'iam' && segments.resource.startsWith('role/aws-service-role/');
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

/** So much is remembered of what is taken out of a reach; the rest counts as still there. */
const MOST = 32;

/** What a denial leaves of the reach: it, less of it, or (empty) nothing. */
export function leftBy(denial: On, reach: Reach, formats: readonly Format[], place: Place): Reach[] {
  const extent = extentOf(reach, place);
  if (denial.exceptions.length > 0) {
    const excepted: Reach[] = [];
    for (const each of denial.exceptions) addReaches(excepted, each, formats, place);
    return excepted.flatMap((each) => common(each, reach, place));
  }
  if (denial.resources.some((each) => coversAll(each, reach, extent, place))) return [];
  const taken = denial.resources.filter((each) => !each.hasVariable && arnsMeet(each.text, opened(extent)));
  return [taken.length === 0 ? reach : { ...reach, but: reach.but.concat(taken).slice(0, MOST) }];
}

/** Whether two reaches share a resource. */
export function meet(one: Reach, other: Reach, place: Place): boolean {
  if (isTaken(one.but, other, place) || isTaken(other.but, one, place)) return false;
  return one.breadth === 'all' || other.breadth === 'all' || arnsMeet(openExtent(one, place), openExtent(other, place));
}

function isTaken(but: readonly Pattern[], reach: Reach, place: Place): boolean {
  if (but.length === 0) return false;
  const extent = extentOf(reach, place);
  return but.some(({ text }) => covers(text, extent));
}

/** The extent with `*` for each variable. */
export function openExtent(reach: Reach, place: Place): string {
  return opened(extentOf(reach, place));
}

/** What an exception and the reach have in common: the narrower of the two, where they touch. */
function common(exception: Reach, reach: Reach, place: Place): Reach[] {
  const [outer, inner] = [extentOf(exception, place), extentOf(reach, place)];
  if (outer === inner || (!exception.pattern.hasVariable && covers(outer, inner))) return [reach];
  return arnsMeet(opened(outer), opened(inner)) ? [{ ...exception, but: reach.but }] : [];
}

/** The pattern covers all of the reach; one with a variable covers only itself. */
function coversAll(
  { written, text, hasVariable }: Pattern,
  { pattern, format }: Reach,
  extent: string,
  { account }: Place,
): boolean {
  if (!hasVariable) return covers(text, extent);
  return written === pattern.written || (format !== undefined && narrowed(written, format, account) === extent);
}
