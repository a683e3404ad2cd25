// Whom a role's trust policy lets in from outside its account.
import { type PolicyDocument, type Statement, statementsOf } from './document.ts';

/** One principal that a trust policy admits from outside. */
export type Outsider = {
  kind: 'everyone' | 'account' | 'federated' | 'except';
  /** As the document has it: `*`, an account id, an ARN. */
  name: string;
  /** Something in the statement's conditions pins down who that is: external id, organization, source account, subject. */
  pinned: boolean;
};

/** The principals outside `account` that the document allows; AWS services are the account's own business. */
export function outsidersOf(document: PolicyDocument, account: string): Outsider[] {
  const allows = statementsOf(document).filter((each) => each.effect === 'Allow');
  return allows.flatMap((each) => outsidersIn(each, account));
}

/** The document without the principals that `isOutside` picks; a statement left without principals is dropped. */
export function withoutOutsiders(
  document: PolicyDocument,
  isOutside: (outsider: Outsider) => boolean,
  account: string,
): PolicyDocument {
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const kept = statements.map((each) => narrowed(each, isOutside, account)).filter((each) => each !== undefined);
  return { ...document, Statement: kept.length > 0 ? kept : [NOBODY] };
}

/** A trust policy needs a statement: this one lets nobody in. */
const NOBODY = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };

const PINNING = [
  'sts:externalid',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
];

function outsidersIn(statement: Statement, account: string): Outsider[] {
  const pinned = statement.conditions.some((each) => pins(each.operator, each.key, each.values));
  const excepted: Outsider[] =
    statement.notPrincipals.length > 0 ? [{ kind: 'except', name: 'everyone but a few', pinned }] : [];
  return [
    ...excepted,
    ...statement.principals.map((each) => outsider(each, account, pinned)).filter((each) => each !== undefined),
  ];
}

function outsider(principal: string, account: string, pinned: boolean): Outsider | undefined {
  if (principal === '*') return { kind: 'everyone', name: '*', pinned };
  const name = principal.slice(principal.indexOf(':') + 1);
  if (principal.startsWith('AWS:')) return accountOf(name) === account ? undefined : { kind: 'account', name, pinned };
  if (principal.startsWith('Federated:')) return { kind: 'federated', name, pinned };
  return undefined;
}

/** The account id of an ARN or of a bare account id. A deleted principal shows as its unique id, which names no account. */
function accountOf(name: string): string {
  return name.startsWith('arn:') ? (name.split(':')[4] ?? '') : name;
}

// `…IfExists` and `ForAllValues:` hold when the key is missing, and a wildcard fits everybody: they restrict nothing.
function pins(operator: string, key: string, values: string[]): boolean {
  const federatedSubject = /:(sub|aud)$/i.test(key);
  if (!federatedSubject && !PINNING.includes(key.toLowerCase())) return false;
  return (
    /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$/i.test(operator) &&
    values.length > 0 &&
    !values.some((each) => /^[*?]*$/.test(each))
  );
}

function narrowed(statement: unknown, isOutside: (outsider: Outsider) => boolean, account: string): unknown {
  const [parsed] = statementsOf({ Statement: statement });
  if (parsed?.effect !== 'Allow') return statement;
  const all = outsidersIn(parsed, account);
  const out = new Set(all.filter(isOutside).map((each) => each.name));
  if (out.size === 0) return statement;
  if (parsed.notPrincipals.length > 0) return undefined;
  const kept = parsed.principals.filter((each) => each !== '*' && !out.has(each.slice(each.indexOf(':') + 1)));
  return kept.length > 0 ? { ...(statement as PolicyDocument), Principal: principalElement(kept) } : undefined;
}

function principalElement(principals: string[]): { [kind: string]: string[] } {
  const kinds = Object.groupBy(principals, (each) => each.slice(0, each.indexOf(':')));
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, each]) => [kind, (each ?? []).map((name) => name.slice(kind.length + 1))]),
  );
}
