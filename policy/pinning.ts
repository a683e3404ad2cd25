// Which conditions pin down who an outsider is: who of an account, and not everybody behind it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import type { Condition, Statement } from './document.ts';
import { isOpposed } from './exposure.ts';

/**
 * The conditions that a request meets only with a value that it brings along: `…IfExists` and `ForAllValues:` hold when
 * the key is missing, and negated operators say what the value is not. A denial of every other value demands it as well.
 */
export function demandsOf(statement: Statement, denials: readonly Statement[]): Condition[] {
  return statement.conditions.filter(isDemand).concat(demandsBy(denials, statement));
}

/** What denials of every other value demand of those whom the statement lets in. */
export function demandsBy(denials: readonly Statement[], statement: Statement): Condition[] {
  return denials.flatMap((each) => {
    const [only, ...more] = each.conditions;
    if (!only || more.length > 0 || !isOpposed(statement, each)) return [];
    return [turned(only)].filter(isDemand);
  });
}

/** What holds where the negated condition does not; one that is not negated stays none that demands anything. */
function turned(condition: Condition): Condition {
  const { test } = condition;
  return {
    ...condition,
    test: test?.negated && test.set === 'one' ? { ...test, negated: false, ifExists: false } : undefined,
    tests: undefined,
  };
}

function isDemand({ test, values }: Condition): boolean {
  return (
    test !== undefined &&
    values.length > 0 &&
    !test.negated &&
    !test.ifExists &&
    test.set !== 'all' &&
    /^(string|arn)/.test(test.base)
  );
}

/** A condition says which of the many behind an account are meant: an external id, a principal, an organization. */
export function isPinned(statement: Statement, denials: readonly Statement[]): boolean {
  return demandsOf(statement, denials).some(({ key, values }) =>
    values.every((each) => tells(key.toLowerCase(), each)),
  );
}

function tells(key: string, value: string): boolean {
  if (WHOLE.has(key)) return isFixed(value);
  if (key === 'aws:principalorgpaths' || key === 'aws:sourceorgpaths') return isFixed(value.split('/')[0] ?? '');
  return key === 'aws:principalarn' && isFixed(value.split(':').slice(0, 5).join(':')) && value.split(':').length > 5;
}

/** Keys of which the whole value counts. */
const WHOLE: ReadonlySet<string> = new Set([
  ...['sts:externalid', 'sts:sourceidentity', 'aws:principalorgid', 'aws:sourceorgid', 'aws:userid'],
  ...['aws:principalaccount', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourcevpc', 'aws:sourcevpce'],
]);

/** There is no wildcard and no variable (`${aws:PrincipalAccount}` equals itself) in it. */
export function isFixed(value: string): boolean {
  return value !== '' && !/[*?]|\$\{/.test(value);
}
