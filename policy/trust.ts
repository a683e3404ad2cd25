// Whom a role's trust policy lets in from outside its account.
import {
  isObject,
  list,
  type PolicyDocument,
  principalNamed,
  type Statement,
  statementsOf,
  strings,
} from './document.ts';
import { admitsOnly, isPinned } from './pinning.ts';

/** One principal that a trust policy admits from outside. */
export type Outsider = {
  kind: 'everyone' | 'account' | 'federated' | 'except';
  /** As the document has it: `*`, an account id, an ARN, a provider. */
  name: string;
  /** Something in the statement's conditions pins down who that is: external id, organization, source account, subject. */
  pinned: boolean;
  /** The statement's conditions, comparable: the same principal under other conditions is let in anew. Empty: none. */
  conditions: string;
};

/** The principals outside `account` that the document allows; AWS services are the account's own business. */
export function outsidersOf(document: PolicyDocument, account: string): Outsider[] {
  const allows = statementsOf(document).filter((each) => each.effect === 'Allow');
  return allows.flatMap((each) => outsidersIn(each, account));
}

/**
 * The document without the principals that `isOutside` picks; a statement left without principals is dropped. Where it
 * picks none, the document itself.
 */
export function withoutOutsiders(
  document: PolicyDocument,
  isOutside: (outsider: Outsider) => boolean,
  account: string,
): PolicyDocument {
  if (!outsidersOf(document, account).some(isOutside)) return document;
  const kept = list(document.Statement)
    .map((each) => narrowed(each, isOutside, account))
    .filter((each) => each !== undefined);
  return { ...document, Statement: kept.length > 0 ? kept : [NOBODY] };
}

/**
 * The outsiders that should not be let in unasked, the worst first: those whom nothing pins down, else accounts that are not
 * `known`, else identity providers. The providers and suppliers of an ordinary deployment are pinned, and so stay.
 */
export function unwantedOutsiders(document: PolicyDocument, account: string, known: string[]): Outsider[] {
  const strangers = outsidersOf(document, account).filter(
    (each) => each.kind !== 'account' || !known.includes(accountIn(each.name) ?? ''),
  );
  const open = strangers.filter((each) => !each.pinned && (each.kind !== 'federated' || isPublicProvider(each.name)));
  const accounts = strangers.filter((each) => each.kind !== 'federated');
  return [open, accounts, strangers].find((each) => each.length > 0) ?? [];
}

/** A trust policy needs a statement: this one lets nobody in. */
const NOBODY = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };

/**
 * The account of an ARN or the bare account id; undefined for a unique id (`AIDA…`): stored documents show it for a
 * principal that was deleted, but a request may name any principal by it.
 */
export function accountIn(principal: string): string | undefined {
  const account = principal.startsWith('arn:') ? principal.split(':')[4] : principal;
  return account && /^\d{12}$/.test(account) ? account : undefined;
}

/** Providers whose identities anybody can have: without a subject, everybody is meant. */
const PUBLIC = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'agent.buildkite.com',
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];

/** A provider whose identities anybody can have. */
export function isPublicProvider(name: string): boolean {
  return PUBLIC.includes(name.slice(name.lastIndexOf('/') + 1).toLowerCase());
}

function outsidersIn(statement: Statement, account: string): Outsider[] {
  if (admitsOnly(statement.conditions, account)) return [];
  const found = statement.principals.map((each) => outsider(each, statement, account));
  const excepted = statement.notPrincipals.length > 0 ? [like('except', 'everyone but a few', statement)] : [];
  return [...excepted, ...found.filter((each) => each !== undefined)];
}

function outsider(principal: string, statement: Statement, account: string): Outsider | undefined {
  if (principal === '*') return like('everyone', '*', statement);
  const name = principal.slice(principal.indexOf(':') + 1);
  if (principal.startsWith('AWS:')) return accountIn(name) === account ? undefined : like('account', name, statement);
  return principal.startsWith('Federated:') ? like('federated', name, statement) : undefined;
}

function like(kind: Outsider['kind'], name: string, { conditions }: Statement): Outsider {
  const told = conditions.map((each) => JSON.stringify(each)).sort();
  return { kind, name, pinned: isPinned(kind, conditions), conditions: told.join() };
}

/** The statement without the principals that are picked; undefined where nobody is left. */
function narrowed(raw: unknown, isOutside: (outsider: Outsider) => boolean, account: string): unknown {
  if (!isObject(raw)) return raw;
  const [statement] = statementsOf({ Statement: raw });
  if (statement?.effect !== 'Allow' || !outsidersIn(statement, account).some(isOutside)) return raw;
  if (statement.notPrincipals.length > 0 || !isObject(raw.Principal)) return undefined;
  const stays = (principal: string) => {
    const found = outsider(principal, statement, account);
    return !found || !isOutside(found);
  };
  const kept = Object.entries(raw.Principal)
    .map(([kind, names]) => [kind, strings(names).filter((name) => stays(principalNamed(kind, name)))] as const)
    .filter(([, names]) => names.length > 0);
  return kept.length > 0 ? { ...raw, Principal: Object.fromEntries(kept) } : undefined;
}
