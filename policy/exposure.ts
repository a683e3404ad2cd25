// Who else can use a resource or assume a role: everybody, other accounts, the organization, services on behalf of others.
import { accountOf, arnsMeet, completed, isAccount } from './arn.ts';
import { type Condition, denialsIn, type Policy, type Principal, type Statement } from './document.ts';
import { canHold } from './satisfy.ts';
import { deputyScope, identityScope, type Scope, saysWho, strangerScopes } from './scope.ts';
import { covers, overlaps } from './wildcard.ts';

/** One way in from outside, by one statement. */
export type Entrance =
  /** Anybody; `weak`: conditions that look as if they said who, and do not. */
  | { kind: 'public'; statement: Statement; weak: Condition[] }
  /** A principal of another account. */
  | { kind: 'account'; statement: Statement; principal: string }
  /** Whoever belongs to an organization. */
  | { kind: 'organization'; statement: Statement; organizations: string[] }
  /** Whoever comes from somewhere, or has some id: what the conditions ask for names neither account nor organization. */
  | { kind: 'somewhere'; statement: Statement; conditions: Condition[] }
  /** A service, for whomever it works. */
  | { kind: 'deputy'; statement: Statement; services: string[] };

/** The ways in that the document opens. `account`: whose the resource is; undefined where nothing tells. */
export function entrancesOf(policy: Policy, account: string | undefined, now: number): Entrance[] {
  const denials = denialsIn(policy);
  const considered = denials.length > MOST ? denials.filter(isOnEverything).slice(0, MOST) : denials;
  const own = account ?? ownAccountIn(policy);
  return policy.statements
    .filter((each) => each.effect === 'Allow')
    .flatMap((each) => entrancesIn(each, { denials: considered, own, now, variables: policy.variables }));
}

type Around = { denials: Statement[]; own: string | undefined; now: number; variables: boolean };

function entrancesIn(statement: Statement, around: Around): Entrance[] {
  const told = new Set<string>();
  const isNew = (each: Entrance) => each.kind !== 'account' || told.size < told.add(each.principal).size;
  return [
    ...(isAboutAll(statement) ? forAll(statement, around) : []),
    ...statement.principals.flatMap((each) => forOne(statement, each, around)),
    ...forServices(statement, around),
  ].filter(isNew);
}

/** `*`: anybody, unless conditions here or in denials say who. */
function forAll(statement: Statement, around: Around): Entrance[] {
  const denials = around.denials.filter(isAboutAll);
  if (strangerScopes(around.now).some((each) => isOpen(statement, denials, each, around.variables)))
    return [
      { kind: 'public', statement, weak: statement.conditions.filter((each) => saysWho(each.key.toLowerCase())) },
    ];
  const said = [statement, ...denials.filter((each) => isWider(each, statement))].flatMap((each) => each.conditions);
  const isPossible = (account?: string) =>
    isOpen(statement, denials, identityScope(account, around.now), around.variables);
  const accounts = [...new Set(said.flatMap(accountsIn))];
  if (accounts.length > 0)
    return accounts
      .filter((each) => each !== around.own && isPossible(each))
      .map((principal) => ({ kind: 'account', statement, principal }));
  if (!isPossible()) return [];
  const organizations = [...new Set(said.filter(isAboutOrganization).flatMap((each) => each.values))];
  if (organizations.length > 0) return [{ kind: 'organization', statement, organizations }];
  return [{ kind: 'somewhere', statement, conditions: said.filter((each) => saysWho(each.key.toLowerCase())) }];
}

function isAboutOrganization({ key }: Condition): boolean {
  return /^aws:(principal|source)org(id|paths)$/i.test(key);
}

/** The accounts that a condition names: by id, or in ARNs. */
function accountsIn({ key, values }: Condition): string[] {
  if (!saysWho(key.toLowerCase())) return [];
  return values.map((each) => (isAccount(each) ? each : accountOf(each))).filter((each) => each !== undefined);
}

/** A principal named in the document: an outsider where its account is another one. */
function forOne(statement: Statement, { kind, name }: Principal, around: Around): Entrance[] {
  if (kind !== 'AWS' || isOwn(name, around.own) || isService(name) || isNobody(name)) return [];
  const denials = around.denials.filter((each) => isAboutName(each, name));
  const scope = identityScope(accountIn(name), around.now);
  return isOpen(statement, denials, scope, around.variables) ? [{ kind: 'account', statement, principal: name }] : [];
}

function isOwn(name: string, own: string | undefined): boolean {
  return own !== undefined && accountIn(name) === own;
}

/**
 * The account of an ARN or the bare account id; undefined for a unique id (`AIDA…`): stored documents show it for a
 * principal that was deleted, but a request may name any principal by it.
 */
export function accountIn(principal: string): string | undefined {
  return isAccount(principal) ? principal : accountOf(principal);
}

/** CloudFront's identities look like users, of an account called `cloudfront`. */
function isService(name: string): boolean {
  return /^arn:aws[a-z-]*:iam::cloudfront:user\//.test(name);
}

/** AWS takes no groups for principals, and no digits that are no account. */
export function isNobody(name: string): boolean {
  return (/^\d+$/.test(name) && !isAccount(name)) || /^arn:[^:]*:iam::[^:]*:group\//.test(name);
}

/** Services that may be made to act for somebody else, where no condition says for whom. */
function forServices(statement: Statement, { denials, now, variables }: Around): Entrance[] {
  const named = statement.principals.filter(({ kind }) => kind === 'Service').map(({ name }) => name);
  if (named.length === 0) return [];
  const services = named.filter((name) => {
    const objecting = denials.filter((each) => isAboutName(each, name));
    return isOpen(statement, objecting, deputyScope(now), variables);
  });
  return services.length > 0 ? [{ kind: 'deputy', statement, services }] : [];
}

/** The statement is about whoever comes: everybody, or all but a few who are named. */
function isAboutAll({ principals, notPrincipals }: Statement): boolean {
  return principals.some(isAnybody) || (notPrincipals.length > 0 && !notPrincipals.some(isAnybody));
}

function isAnybody({ kind, name }: Principal): boolean {
  return kind === '*' || name === '*';
}

/** The denial is about one who is named, or about all of their account: where it excepts either, it may not be. */
function isAboutName(denial: Statement, name: string): boolean {
  const isMeant = (one: Principal) => one.name === name || isRootOf(one.name, accountIn(name));
  return denial.principals.some(isMeant) || (isAboutAll(denial) && !denial.notPrincipals.some(isMeant));
}

/** The denial is about everything that the statement allows, and everybody whom it lets in. */
export function isOpposed(statement: Statement, denial: Statement): boolean {
  const { principals } = statement;
  const isAboutThem = principals.length > 0 && principals.every(({ name }) => isAboutName(denial, name));
  return (isAboutAll(denial) || isAboutThem) && isWider(denial, statement);
}

function isRootOf(name: string, account: string | undefined): boolean {
  return account !== undefined && (name === account || name.endsWith(`::${account}:root`));
}

/** So many denials, and pairs of action and resource, are tried; with more, only what denies everything counts. */
const MOST = 32;

function isOnEverything(denial: Statement): boolean {
  return isAbout(denial, '*', '*');
}

/** Whether somebody of the scope can do anything that the statement allows, whatever is denied. */
function isOpen(statement: Statement, denials: readonly Statement[], scope: Scope, variables: boolean): boolean {
  if (!canHold(statement.conditions, [], scope, variables)) return false;
  const relevant = denials.filter((each) => touches(each, statement));
  if (relevant.length === 0) return true;
  const actions = statement.notActions.length > 0 ? ['*'] : statement.actions;
  const resources = statement.resources.length > 0 ? statement.resources.map(completed) : ['*'];
  if (actions.length * resources.length > MOST) return isLeft(relevant.filter(isOnEverything));
  return actions.some((action) =>
    resources.some((resource) => isLeft(relevant.filter((each) => isAbout(each, action, resource)))),
  );

  function isLeft(objections: readonly Statement[]): boolean {
    return canHold(
      statement.conditions,
      objections.map((each) => each.conditions),
      scope,
      variables,
    );
  }
}

/** The denial may concern the statement at all; a quick look. */
function touches(denial: Statement, { actions, notActions }: Statement): boolean {
  return (
    notActions.length > 0 ||
    denial.notActions.length > 0 ||
    actions.some((each) => denial.actions.some((one) => overlaps(one, each)))
  );
}

/** The denial is about all of the action and the resource, both patterns. */
function isAbout(denial: Statement, action: string, resource: string): boolean {
  return (
    includesAll(denial.actions, denial.notActions, action) &&
    includesAll(denial.resources.map(completed), denial.notResources.map(completed), resource)
  );
}

function includesAll(patterns: readonly string[], exceptions: readonly string[], inner: string): boolean {
  if (exceptions.length > 0) return !exceptions.some((each) => arnsMeet(each, inner));
  return patterns.length === 0 || patterns.some((each) => covers(each, inner));
}

/** The denial is about everything that the statement allows. */
function isWider(denial: Statement, { actions, notActions, resources }: Statement): boolean {
  const all = notActions.length > 0 ? ['*'] : actions;
  const on = resources.length > 0 ? resources.map(completed) : ['*'];
  if (all.length * on.length > MOST) return isOnEverything(denial);
  return all.every((action) => on.every((resource) => isAbout(denial, action, resource)));
}

/** The account that all resources of the document belong to, where their ARNs tell it. */
function ownAccountIn(policy: Policy): string | undefined {
  const named = policy.statements
    .flatMap(({ resources }) => resources.map(accountOf))
    .filter((each) => each !== undefined);
  return named.length > 0 && named.every((each) => each === named[0]) ? named[0] : undefined;
}
