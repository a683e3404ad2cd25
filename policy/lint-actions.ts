// Whether the actions of a statement exist, and whether they can be used on its resources.
import type { Action, Catalogue } from './catalogue.ts';
import type { Statement } from './document.ts';
import { about } from './exposure-findings.ts';
import { type Finding, shown } from './finding.ts';
import { type Format, patternOf, relation } from './format.ts';
import { kept } from './kept.ts';
import { isEverything } from './reach.ts';
import { fits, isPlain } from './wildcard.ts';

/** So many actions of a statement are looked at, and so many resources. */
const MOST = 200;

/** Findings about actions that do not exist or do not fit; without a catalogue only about names of buckets. */
export function actionFindings(statement: Statement, catalogue: Catalogue | undefined): Finding[] {
  return catalogue ? [...namedFindings(statement, catalogue), ...prefixFindings(statement)] : prefixFindings(statement);
}

function namedFindings(statement: Statement, catalogue: Catalogue): Finding[] {
  const names = statement.notActions.length > 0 ? statement.notActions : statement.actions;
  const groups = names.slice(0, MOST).map(catalogue.matching);
  const found: Finding[] = [];
  for (const [at, each] of groups.entries())
    if (each?.length === 0) found.push(unknownFinding(statement, statement.written[at] ?? '', catalogue));
  return found.concat(fitFindings(statement, groups));
}

function unknownFinding(statement: Statement, name: string, catalogue: Catalogue): Finding {
  const near = nearest(name, catalogue);
  const hint = near ? `; did you mean ${near}?` : ', so it allows or denies nothing.';
  return { ...about(statement, 'unknown-action', 'low', `AWS has no action ${shown([name])}${hint}`), actions: [name] };
}

/** An action of the same service whose name is one slip away. */
function nearest(name: string, catalogue: Catalogue): string | undefined {
  const [service = '', action = ''] = name.split(':');
  if (!isPlain(name) || action.length > 64) return undefined;
  const found = catalogue.actionsOf(service).find((each) => isNear(each.name.toLowerCase(), action.toLowerCase()));
  return found && `${service}:${found.name}`;
}

/** The same first letter, and at most two characters that were left out, added or changed. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2 || one[0] !== other[0]) return false;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1)
      next.push(
        Math.min((row[j] ?? 9) + 1, (next[j - 1] ?? 9) + 1, (row[j - 1] ?? 9) + Number(one[i - 1] !== other[j - 1])),
      );
    row = next;
  }
  return (row[other.length] ?? 9) <= 2;
}

/** Actions that cannot be used on the resources that the statement names. `groups`: what its patterns stand for. */
function fitFindings(statement: Statement, groups: readonly (readonly Action[] | undefined)[]): Finding[] {
  const { effect, resources, notActions } = statement;
  if (effect === 'Deny' || notActions.length > 0 || resources.length === 0 || resources.length > MOST) return [];
  if (resources.some((each) => isEverything(each) || each.startsWith(API))) return [];
  const isUsable = fitting(resources);
  const [whole, misfits]: [Action[], (readonly Action[])[]] = [[], []];
  let used = 0;
  for (const group of groups) {
    if (!group || group.length === 0 || group.some(({ resources: kinds }) => kinds.length > 0 && isUsable(kinds)))
      used += 1;
    else if (!group.every(isWhole)) misfits.push(group);
    else if (group.length === 1) whole.push(...group);
  }
  const isAll = used === 0;
  const single = misfits.flatMap((each) => (isAll || each.length === 1 ? each : []));
  return [
    ...(whole.length > 0 && !reachesBuckets(statement) ? [wholeFinding(statement, whole)] : []),
    ...(single.length > 0 ? [misfitFinding(statement, single, isAll)] : []),
  ];
}

/** The policy of an API writes its own ARN short. */
const API = 'execute-api:/';

function isWhole({ resources }: Action): boolean {
  return resources.length === 0;
}

/** Whether one of the resources is of one of the kinds; actions that work on the same kinds share the list of them. */
function fitting(resources: readonly string[]): (kinds: readonly Format[]) => boolean {
  // In an old document a variable is text that no resource has; told as such, it need not be told as a misfit.
  const named = resources.map((each) => patternOf(each, true));
  const known = new Map<readonly Format[], boolean>();
  const isAny = (kinds: readonly Format[]) =>
    named.some((each) => kinds.some((one) => relation(each, one, undefined) !== 'none'));
  return (kinds) => kept(known, kinds, () => isAny(kinds));
}

/** S3 takes all buckets for everything. */
function reachesBuckets({ resources, actions }: Statement): boolean {
  return resources.some((each) => fits(each, 'arn:aws:s3:::*')) && actions.every((each) => each.startsWith('s3:'));
}

function wholeFinding(statement: Statement, actions: Action[]): Finding {
  const names = shown(actions.map(({ name }) => name));
  const message = `${names} can be used on everything or not at all, and so is not allowed here. Give it a statement of its own with "Resource": "*".`;
  return about(statement, 'needs-all-resources', 'low', message);
}

/** No action can be used on what the statement names, or some cannot. */
function misfitFinding(statement: Statement, misfits: Action[], isAll: boolean): Finding {
  const formats = misfits[0]?.resources.slice(0, 2).map(({ text }) => text.replace(/\{\w+\}|\?\*/g, '*')) ?? [];
  const message = `${shown(misfits.map(({ name }) => name))} cannot be used on ${shown(statement.resources)}: it works on ${shown(formats)}.`;
  return isAll
    ? about(statement, 'resource-mismatch', 'low', message)
    : about(statement, 'action-mismatch', 'info', message);
}

/** `arn:aws:s3:::reports*` also stands for `reports-of-others`: names of buckets are everybody's. */
function prefixFindings(statement: Statement): Finding[] {
  if (statement.effect === 'Deny') return [];
  const open = statement.resources.filter(
    (each) => each.endsWith('*') && /^arn:aws[a-z-]*:s3:::[^*?/$]+\*+$/.test(each),
  );
  if (open.length === 0) return [];
  const message = `${shown(open)} also stands for buckets of others whose names begin alike. Write the bucket's name, and /* for its objects.`;
  return [about(statement, 'prefix-wildcard', 'info', message)];
}
