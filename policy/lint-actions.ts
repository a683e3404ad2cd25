// Whether the actions of a statement exist, and whether they can be used on its resources.
import { completed } from './arn.ts';
import type { Action, Catalogue } from './catalogue.ts';
import type { Statement } from './document.ts';
import { about } from './exposure-findings.ts';
import { type Finding, shown } from './finding.ts';
import { isEverything, isOf, opened } from './reach.ts';
import { fits, isPlain } from './wildcard.ts';

/** So many actions of a statement are looked at, and so many resources. */
const MOST = 200;

/** Findings about actions that do not exist or do not fit; none without a catalogue. */
export function actionFindings(statement: Statement, catalogue: Catalogue | undefined): Finding[] {
  const names = statement.written.slice(0, MOST);
  return [
    ...(catalogue ? unknownFindings(statement, names, catalogue) : []),
    ...(catalogue && statement.effect === 'Allow' && statement.notActions.length === 0
      ? fitFindings(statement, names, catalogue)
      : []),
    ...prefixFindings(statement),
  ];
}

function unknownFindings(statement: Statement, names: readonly string[], catalogue: Catalogue): Finding[] {
  const unknown = names.filter((each) => each !== '*' && !exists(each, catalogue));
  return unknown.map((each) => {
    const near = nearest(each, catalogue);
    return {
      ...about(
        statement,
        'unknown-action',
        'low',
        `AWS has no action ${shown([each])}${near ? `; did you mean ${near}?` : ', so it allows or denies nothing.'}`,
      ),
      actions: [each],
    };
  });
}

function exists(name: string, catalogue: Catalogue): boolean {
  return isPlain(name) ? catalogue.find(name) !== undefined : catalogue.matching(name)?.length !== 0;
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

/** Actions that cannot be used on the resources that the statement names. */
function fitFindings(statement: Statement, names: readonly string[], catalogue: Catalogue): Finding[] {
  const { resources, notResources } = statement;
  if (notResources.length > 0 || resources.length === 0 || resources.some(isEverything)) return [];
  if (resources.length > MOST) return [];
  const groups = names.map((each) => groupOf(each, catalogue)).filter((each) => each !== undefined);
  if (groups.length < names.length && groups.length === 0) return [];
  const whole = reachesBuckets(statement) ? [] : groups.filter(isAloneAndWhole).flat();
  const specific = groups.filter((each) => each.some(({ resources: formats }) => formats.length > 0));
  const misfits = specific.filter((each) => !each.some((one) => resources.some((resource) => isFor(resource, one))));
  const isAll = groups.length === names.length && misfits.length === specific.length;
  const single = misfits.filter((each) => isAll || each.length === 1).flat();
  return [
    ...(whole.length > 0 ? [wholeFinding(statement, whole)] : []),
    ...(single.length > 0 ? [misfitFinding(statement, single, isAll)] : []),
  ];
}

/** The actions that a name or a pattern stands for; undefined for one that AWS does not have, or that may be any. */
function groupOf(name: string, catalogue: Catalogue): readonly Action[] | undefined {
  const found = isPlain(name) ? [catalogue.find(name)].filter((each) => each !== undefined) : catalogue.matching(name);
  return found && found.length > 0 ? found : undefined;
}

function isAloneAndWhole(group: readonly Action[]): boolean {
  return group.length === 1 && group[0]?.resources.length === 0;
}

/** S3 takes all buckets for everything. */
function reachesBuckets({ resources, actions }: Statement): boolean {
  return resources.some((each) => fits(each, 'arn:aws:s3:::*')) && actions.every((each) => each.startsWith('s3:'));
}

function wholeFinding(statement: Statement, actions: Action[]): Finding {
  const message = `${shown(actions.map(({ name }) => name))} can be used on everything or not at all, and so is not allowed here. Give it a statement of its own with "Resource": "*".`;
  return about(statement, 'needs-all-resources', 'low', message);
}

/** No action can be used on what the statement names, or some cannot. */
function misfitFinding(statement: Statement, misfits: Action[], isAll: boolean): Finding {
  const formats = misfits[0]?.resources.slice(0, 2).map((each) => each.replace(/\{\w+\}|\?\*/g, '*')) ?? [];
  const message = `${shown(misfits.map(({ name }) => name))} cannot be used on ${shown(statement.resources)}: it works on ${shown(formats)}.`;
  return isAll
    ? about(statement, 'resource-mismatch', 'low', message)
    : about(statement, 'action-mismatch', 'info', message);
}

function isFor(resource: string, { resources }: Action): boolean {
  const pattern = opened(completed(resource));
  return resources.some((each) => isOf(pattern, each.replace('arn:aws:', 'arn:*:').replace(/\{\w+\}/g, '*')));
}

/** `arn:aws:s3:::reports*` also stands for `reports-of-others`: names of buckets are everybody's. */
function prefixFindings(statement: Statement): Finding[] {
  if (statement.effect === 'Deny') return [];
  const open = statement.resources.filter((each) => /^arn:aws[a-z-]*:s3:::[^*?/$]+\*+$/.test(each));
  if (open.length === 0) return [];
  return [
    about(
      statement,
      'prefix-wildcard',
      'info',
      `${shown(open)} also stands for buckets of others whose names begin alike. Write the bucket's name, and /* for its objects.`,
    ),
  ];
}
