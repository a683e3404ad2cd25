// Whether a statement of a resource policy is about who makes the request, and how directly it names them.
import { accountOf, isAccount } from './arn.ts';
import type { Principal, Statement } from './document.ts';
import type { Requester } from './requester.ts';

/**
 * `direct`: the user, the session, the service, or everybody; `role`: the session's role, which its boundary and session
 * policy still limit; `account`: the account, whose own policies must allow as well.
 */
export type Naming = 'direct' | 'role' | 'account';

/** How the statement names the requester; undefined where it is not about them. One without principals names nobody. */
export function namingOf(statement: Statement, requester: Requester, hasBoundary: boolean): Naming | undefined {
  if (statement.notPrincipals.length > 0) return isExcepted(statement, requester, hasBoundary) ? undefined : 'direct';
  const found = statement.principals.map((each) => naming(each, requester));
  return ORDER.find((each) => found.includes(each));
}

const ORDER: readonly Naming[] = ['direct', 'role', 'account'];

function naming({ kind, name }: Principal, requester: Requester): Naming | undefined {
  if (kind === '*') return 'direct';
  if (kind === 'AWS') return amongIdentities(name, requester);
  if (kind === 'Service')
    return requester.kind === 'service' && (name === '*' || same(name, requester.name)) ? 'direct' : undefined;
  if (kind === 'Federated')
    return isProvider(requester) && (name === '*' || same(name, requester.name)) ? 'direct' : undefined;
  return name === requester.name ? 'direct' : undefined;
}

/** Web identity providers have names like services: `accounts.google.com`. */
function isProvider({ kind }: Requester): boolean {
  return kind === 'provider' || kind === 'service';
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function amongIdentities(name: string, { kind, name: own, account, role }: Requester): Naming | undefined {
  if (name === own) return kind === 'root' ? 'account' : kind === 'role' ? 'role' : 'direct';
  if (account === undefined || kind === 'provider') return undefined;
  if (isRootOf(name, account)) return 'account';
  return kind === 'session' && isRoleOf(name, account, role) ? 'role' : undefined;
}

function isRootOf(name: string, account: string): boolean {
  return name === account || (accountOf(name) === account && name.endsWith(':root'));
}

/** The ARN of the role, of whatever path: a session does not tell it. */
function isRoleOf(name: string, account: string, role: string | undefined): boolean {
  return accountOf(name) === account && name.includes(':role/') && name.slice(name.lastIndexOf('/') + 1) === role;
}

/**
 * `NotPrincipal` excepts the requester. An account listed beside identities of its own completes their chain and excepts
 * nobody else. A denial excepts nobody who has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExcepted({ effect, notPrincipals }: Statement, requester: Requester, hasBoundary: boolean): boolean {
  if (effect === 'Deny' && hasBoundary) return false;
  const { account } = requester;
  const isAlone = !notPrincipals.some(({ name }) => accountOf(name) === account && !name.endsWith(':root'));
  return notPrincipals.some((each) => {
    const found = naming(each, requester);
    return found !== undefined && (found !== 'account' || requester.kind === 'root' || isAlone);
  });
}

/** Whether the text names an account, as an id or as its root. */
export function isAccountName(name: string): boolean {
  return isAccount(name) || (accountOf(name) !== undefined && name.endsWith(':root'));
}
