// On which resources a statement allows or denies an action: all of a kind, one's own user, or named ones.
import { arnsMeet, completed, isAccount } from './arn.ts';
import type { Statement } from './document.ts';
import { hasVariable } from './variables.ts';
import { covers, fits, isPlain } from './wildcard.ts';

/** Where an analysis stands: whose account it is, where that is known. */
export type Place = { account: string | undefined };

/**
 * What an action is allowed on. `all`: everything of the kind that it works on; `self`: the user who asks; `named`: less
 * than all. `resource`: the pattern as the document has it; `within`: what it comes to, to be compared with denials.
 */
export type Reach = { breadth: 'all' | 'self' | 'named'; resource: string; within: string };

/** On what the statement allows an action that works on resources of these formats (none: on everything at once). */
export function reachesOf(statement: Statement, formats: readonly string[], variables: boolean, place: Place): Reach[] {
  const { resources, notResources } = statement;
  if (notResources.length > 0) return formatsBut(notResources, formats, variables, place);
  if (resources.length === 0) return reachesIn('*', formats, variables, place);
  return resources.flatMap((each) => reachesIn(each, formats, variables, place));
}

/** What is left of all resources: everything, unless an exception covers a kind as a whole. */
function formatsBut(
  exceptions: readonly string[],
  formats: readonly string[],
  variables: boolean,
  place: Place,
): Reach[] {
  if (formats.length === 0) return exceptions.some(isEverything) ? [] : [EVERYTHING];
  const filled = formats.map((each) => fill(each, '*', place));
  const left = filled.filter((each) => !exceptions.some((one) => coversAll(one, each, variables)));
  return left.map((each) => ({ breadth: 'all', resource: '*', within: each }));
}

const EVERYTHING: Reach = { breadth: 'all', resource: '*', within: '*' };

function reachesIn(resource: string, formats: readonly string[], variables: boolean, place: Place): Reach[] {
  if (formats.length === 0) return isEverything(resource) ? [EVERYTHING] : [];
  if (variables && hasVariable(resource)) return reachesOfVariable(resource, formats, place);
  const pattern = completed(resource);
  const reached = formats.map((each) => reachIn(pattern, fill(each, pattern, place)));
  return reached.filter((each) => each !== undefined);
}

function reachIn(pattern: string, format: string): Reach | undefined {
  if (covers(pattern, format)) return { breadth: 'all', resource: pattern, within: format };
  if (!isOf(pattern, format)) return undefined;
  return { breadth: 'named', resource: pattern, within: narrowed(pattern, format) };
}

/** Some resource of the format fits the pattern. */
export function isOf(pattern: string, format: string): boolean {
  const isS3 = format.includes(':s3:::');
  // A bucket has no slash in its name, and only an object may have what looks like a variable.
  if (isS3 && format.endsWith(':::?*') && pattern.includes('/')) return false;
  return (isS3 || !hasVariable(pattern)) && arnsMeet(pattern, format);
}

/** What a variable stands for is not known, but for the name of the user who asks. */
function reachesOfVariable(resource: string, formats: readonly string[], place: Place): Reach[] {
  const open = completed(opened(resource));
  const isReached = formats.some((each) => isOf(open, fill(each, open, place)));
  if (!isReached) return [];
  return [{ breadth: isSelf(resource) ? 'self' : 'named', resource, within: resource }];
}

/** The resource is the user who asks: `arn:aws:iam::*:user/${aws:username}`, under whatever path. */
export function isSelf(resource: string): boolean {
  return /:user\/(.*\/)?\$\{aws:username\}$/i.test(resource);
}

/** The pattern stands for everything there is, also for what has no ARN. */
export function isEverything(pattern: string): boolean {
  return fits(pattern, '*');
}

/**
 * A format of ARNs with account, region and partition filled in: the place's own account, or the one that the pattern
 * names; the region that it names, or any.
 */
function fill(format: string, pattern: string, { account }: Place): string {
  const parts = pattern.startsWith('arn:') ? pattern.split(':', 5) : [];
  const [, partition = '', , region = '', named = ''] = parts;
  const own = account ?? (isAccount(named) ? named : '000000000000');
  const filled = format.replace('{account}', own).replace('{region}', region !== '' && isPlain(region) ? region : '*');
  return partition.startsWith('aws-') && isPlain(partition) ? filled.replace('arn:aws:', `arn:${partition}:`) : filled;
}

/** The pattern in the account and partition of the format, so that a denial for this account covers it. */
function narrowed(pattern: string, format: string): string {
  const parts = pattern.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') return pattern;
  const filled = format.split(':');
  for (const at of [1, 4]) if (!isPlain(parts[at] ?? '') && isPlain(filled[at] ?? '*')) parts[at] = filled[at] ?? '*';
  return parts.join(':');
}

/** What a denial leaves of the reach: it, less of it, or (empty) nothing. */
export function leftBy(
  denial: Statement,
  reach: Reach,
  formats: readonly string[],
  variables: boolean,
  place: Place,
): Reach[] {
  const { resources, notResources } = denial;
  if (notResources.length === 0)
    return resources.length === 0 || resources.some((each) => coversAll(each, reach.within, variables)) ? [] : [reach];
  const excepted = notResources.flatMap((each) => reachesIn(each, formats, variables, place));
  return excepted.flatMap((each) => common(each, reach, variables));
}

/** What an exception and the reach have in common: the narrower of the two, where they touch. */
function common(exception: Reach, reach: Reach, variables: boolean): Reach[] {
  if (coversAll(exception.within, reach.within, variables)) return [reach];
  return arnsMeet(opened(exception.within), opened(reach.within)) ? [exception] : [];
}

/** The pattern with `*` for each variable. */
export function opened(pattern: string): string {
  return pattern.replace(/\$\{[^{}]*\}/g, '*');
}

/** The pattern covers all of the other; one with a variable covers only itself. */
function coversAll(pattern: string, other: string, variables: boolean): boolean {
  if (pattern === other) return true;
  return !(variables && hasVariable(pattern)) && covers(completed(pattern), other);
}
