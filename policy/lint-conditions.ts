// Conditions that AWS does not know, that never hold, or that hold for more requests than it seems.
import type { Catalogue } from './catalogue.ts';
import type { Condition, Statement } from './document.ts';
import { about } from './exposure-findings.ts';
import { type Finding, shown } from './finding.ts';
import { operatorNamed, takesPatterns } from './operators.ts';
import { canHold } from './satisfy.ts';
import { anyScope, identityScope } from './scope.ts';
import { isPlain } from './wildcard.ts';

/** Findings about the conditions of a statement; unknown keys are told only with a catalogue. */
export function conditionFindings(
  statement: Statement,
  variables: boolean,
  now: number,
  catalogue: Catalogue | undefined,
): Finding[] {
  const { conditions } = statement;
  if (conditions.length === 0) return [];
  return [
    ...conditions.flatMap((each) => [
      ...operatorFindings(statement, each, variables),
      ...keyFindings(statement, each, catalogue),
    ]),
    ...neverFindings(statement, variables, now),
    ...forAllFindings(statement),
  ];
}

function operatorFindings(
  statement: Statement,
  { operator, key, values, test }: Condition,
  variables: boolean,
): Finding[] {
  if (!operatorNamed(operator))
    return [about(statement, 'unknown-operator', 'medium', `There is no condition operator ${shown([operator])}.`)];
  const wild = values.filter((each) => !isPlain(withoutVariables(each, variables)));
  if (!test?.base.startsWith('string') || takesPatterns(test) || wild.length === 0) return [];
  const message = `${shown(wild)} stands for itself in ${operator} on ${shown([key])}. Use StringLike where a pattern is meant.`;
  return [about(statement, 'literal-wildcard', 'low', message)];
}

/** `${*}` is the character and not the wildcard. */
function withoutVariables(value: string, variables: boolean): string {
  return variables ? value.replace(/\$\{[^{}]*\}/g, '') : value;
}

function keyFindings(statement: Statement, { key }: Condition, catalogue: Catalogue | undefined): Finding[] {
  const lower = key.toLowerCase();
  if (!catalogue || !lower.startsWith('aws:')) return [];
  const tag = lower.slice(0, lower.indexOf('/') + 1);
  if (catalogue.globalKeys.has(lower) || UNLISTED.has(lower) || (tag !== '' && catalogue.globalKeys.has(tag)))
    return [];
  const message = `There is no condition key ${shown([key])}: it is missing in every request.`;
  return [about(statement, 'unknown-condition-key', 'medium', message)];
}

/** A key that AWS's own policies use, and no list of AWS's tells. */
const UNLISTED: ReadonlySet<string> = new Set(['aws:principalorgmasteraccountid']);

function neverFindings(statement: Statement, variables: boolean, now: number): Finding[] {
  const isNamed = statement.principals.length > 0 || statement.notPrincipals.length > 0;
  const scope = isNamed ? anyScope(now) : identityScope(undefined, now);
  if (canHold(statement.conditions, [], scope, variables)) return [];
  const verb = statement.effect === 'Allow' ? 'allows' : 'denies';
  const message = `No request can meet the conditions of this statement, so it ${verb} nothing.`;
  return [about(statement, 'condition-never-holds', 'low', message)];
}

/** AWS: with `ForAllValues` in an Allow, a request without the key is allowed as well. */
function forAllFindings(statement: Statement): Finding[] {
  const { conditions, effect } = statement;
  if (effect === 'Deny') return [];
  const demanded = new Set(conditions.filter(demandsKey).map(({ key }) => key.toLowerCase()));
  const open = conditions.filter(({ test, key }) => test?.set === 'all' && !demanded.has(key.toLowerCase()));
  return open.map(({ key }) => {
    const name = shown([key]);
    const message = `ForAllValues on ${name} also holds for a request without the key. Add {"Null": {"${name}": "false"}}.`;
    return about(statement, 'for-all-values-in-allow', 'low', message);
  });
}

function demandsKey({ test, values }: Condition): boolean {
  return test?.base === 'null' && values.every((each) => each.toLowerCase() === 'false');
}
