// Which conditions pin down who a principal is. `…IfExists` and `ForAllValues:` hold when the key is missing, negated
// operators say who it is not, and a value with a wildcard in the wrong place fits everybody: they restrict nothing.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import type { Statement } from './document.ts';

type Conditions = Statement['conditions'];
type Kind = 'everyone' | 'account' | 'federated' | 'except';

/** A condition says which of the many that the principal stands for are meant. */
export function isPinned(kind: Kind, conditions: Conditions): boolean {
  return restricting(conditions).some(({ key, values }) => values.every((each) => says(kind, key.toLowerCase(), each)));
}

/** A condition admits callers of the account only: whoever else the statement names does not come in. */
export function admitsOnly(conditions: Conditions, account: string): boolean {
  return restricting(conditions).some(({ key, values }) =>
    values.every((each) => accountSaid(key.toLowerCase(), each) === account),
  );
}

function restricting(conditions: Conditions): Conditions {
  return conditions.filter(
    ({ operator, values }) =>
      /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))$/i.test(operator) && values.length > 0,
  );
}

/** Whether the value of the key tells who it is. Anybody can send an external id: it pins down an account, not everyone. */
function says(kind: Kind, key: string, value: string): boolean {
  if (key === 'sts:externalid') return kind === 'account' && isFixed(value);
  if (key === 'aws:principalorgid' || key === 'aws:sourceorgid') return isFixed(value);
  if (key === 'aws:principalorgpaths') return isFixed(value.split('/')[0] ?? '');
  if (accountSaid(key, value) !== undefined) return true;
  if (key === 'aws:sourcearn') return isFixed(value);
  return kind === 'federated' && (key.endsWith(':sub') ? isSubject(value) : CLIENT.has(key) && isFixed(value));
}

/** The account that a value of the key confines the caller to. */
function accountSaid(key: string, value: string): string | undefined {
  if (key === 'aws:principalaccount' || key === 'aws:sourceaccount') return isFixed(value) ? value : undefined;
  if (key !== 'aws:principalarn' && key !== 'aws:sourcearn') return undefined;
  const account = value.split(':')[4] ?? '';
  return isFixed(account) && isFixed(value.split(':').slice(0, 4).join(':')) ? account : undefined;
}

/** Audiences that tell one client of the provider from another; elsewhere everybody asks for the same one. */
const CLIENT: ReadonlySet<string> = new Set([
  'accounts.google.com:aud',
  'cognito-identity.amazonaws.com:aud',
  'graph.facebook.com:app_id',
  'www.amazon.com:app_id',
]);

/** What subjects begin with before they say whose they are. */
const GENERIC = ['repo:', 'project_path:', 'organization:', 'system:serviceaccount:'];

/** The subject says whose it is before its first wildcard: `repo:acme/*` and not `repo:*`. */
function isSubject(value: string): boolean {
  const start = value.slice(0, firstVariable(value));
  return start !== '' && !GENERIC.some((each) => each.startsWith(start));
}

function isFixed(value: string): boolean {
  return value !== '' && firstVariable(value) === value.length;
}

/** Where the first wildcard or policy variable (`${aws:PrincipalAccount}` equals itself) begins. */
function firstVariable(value: string): number {
  const at = value.search(/[*?]|\$\{/);
  return at === -1 ? value.length : at;
}
