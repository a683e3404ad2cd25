// Statements that another one of the same document makes superfluous.
import { arnsMeet, completed } from './arn.ts';
import type { Statement } from './document.ts';
import { about } from './exposure-findings.ts';
import type { Finding } from './finding.ts';
import { signature } from './implication.ts';
import { kept } from './kept.ts';
import { covers, overlaps } from './wildcard.ts';

/** Findings about statements that stand twice, and allowances that are denied. */
export function overlapFindings(statements: readonly Statement[]): Finding[] {
  return statements.length < 2 ? [] : [...repetitions(statements), ...unreachable(statements)];
}

/** The same statement twice, but for its Sid. */
function repetitions(statements: readonly Statement[]): Finding[] {
  const found: Finding[] = [];
  for (const alike of Map.groupBy(statements, measures).values()) {
    const seen = new Map<string, Statement>();
    for (const each of alike.length > 1 ? alike : []) {
      const first = kept(seen, signature(each), () => each);
      if (first !== each)
        found.push(about(each, 'redundant-statement', 'info', `It says the same as statement ${first.index}.`));
    }
  }
  return found;
}

/** How much of everything it has, as one number: what is not alike in this is not the same. */
function measures({ effect, actions, notActions, resources, notResources, principals, conditions }: Statement): number {
  let sum = Number(effect === 'Allow') + 2 * conditions.length + 31 * principals.length;
  for (const each of [actions, notActions, resources, notResources])
    sum = sum * 31 + each.length * 7 + (each.length === 1 ? (each[0]?.length ?? 0) : 0);
  return sum;
}

/** So many denials are held against the rest. */
const MOST = 16;

/** An allowance that a denial of the same document takes away entirely. */
function unreachable(statements: readonly Statement[]): Finding[] {
  const denials = statements.filter(isUnconditionalDenial).slice(0, MOST);
  if (denials.length === 0) return [];
  const found: Finding[] = [];
  for (const each of statements) {
    const denial = each.effect === 'Allow' ? denials.find((one) => takesAway(one, each)) : undefined;
    const message = `Statement ${denial?.index} denies all of it, so it allows nothing.`;
    if (denial) found.push(about(each, 'unreachable-statement', 'low', message));
  }
  return found;
}

function isUnconditionalDenial({ effect, conditions, notPrincipals }: Statement): boolean {
  return effect === 'Deny' && conditions.length === 0 && notPrincipals.length === 0;
}

function takesAway(denial: Statement, allowance: Statement): boolean {
  return isForThem(denial, allowance) && isOnThese(denial, allowance) && isAboutAll(denial, allowance);
}

function isForThem({ principals: denied }: Statement, { principals }: Statement): boolean {
  if (denied.length === 0 || denied.some(({ kind }) => kind === '*')) return true;
  return (
    principals.length > 0 &&
    principals.every((each) => denied.some((one) => one.kind === each.kind && one.name === each.name))
  );
}

function isOnThese(denial: Statement, { resources, notResources }: Statement): boolean {
  const named = resources.map(completed);
  if (denial.notResources.length > 0)
    return (
      named.length > 0 && named.every((each) => denial.notResources.every((one) => !arnsMeet(completed(one), each)))
    );
  if (denial.resources.length === 0 || denial.resources.includes('*')) return true;
  if (notResources.length > 0 || named.length === 0) return false;
  return named.every((each) => denial.resources.some((one) => covers(completed(one), each)));
}

function isAboutAll(denial: Statement, { actions, notActions }: Statement): boolean {
  if (denial.actions.includes('*') || denial.actions.includes('*:*')) return true;
  if (notActions.length > 0 || actions.length === 0) return false;
  if (denial.notActions.length > 0)
    return actions.every((each) => denial.notActions.every((one) => !overlaps(one, each)));
  return actions.every((each) => denial.actions.some((one) => covers(one, each)));
}
