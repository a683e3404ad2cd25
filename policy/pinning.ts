// Which conditions pin down who an outsider is: who of an account, and not everybody behind it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import type { Condition, Statement } from './document.ts';

/**
 * The conditions that a request meets only with a value that it brings along: `…IfExists` and `ForAllValues:` hold when
 * the key is missing, and negated operators say what the value is not.
 */
export function demandsOf({ conditions }: Statement): Condition[] {
  return conditions.filter(
    ({ test, values }) =>
      test !== undefined &&
      values.length > 0 &&
      !test.negated &&
      !test.ifExists &&
      test.set !== 'all' &&
      /^(string|arn)/.test(test.base),
  );
}

/** A condition says which of the many behind an account are meant: an external id, a principal, an organization. */
export function isPinned(statement: Statement): boolean {
  return demandsOf(statement).some(({ key, values }) => values.every((each) => tells(key.toLowerCase(), each)));
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
