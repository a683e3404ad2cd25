// Whom a role's trust policy lets in from outside its account, and the policy without them.
import {
  type Condition,
  denialsIn,
  type Policy,
  type PolicyDocument,
  type Principal,
  parsePolicy,
  principalNamed,
  type Statement,
} from './document.ts';
import { accountIn, type Entrance, entrancesOf } from './exposure.ts';
import { issuerOf, saysSubject } from './federation-findings.ts';
import { areImplied } from './implication.ts';
import { demandsBy, demandsOf, isPinned } from './pinning.ts';
import { isPublicProvider } from './providers.ts';
import { isObject, list, strings } from './shapes.ts';

/** One principal that a trust policy admits from outside. */
export type Outsider = {
  kind: 'everyone' | 'account' | 'federated' | 'except';
  /** As the document has it: `*`, an account id, an ARN, a provider. */
  name: string;
  /** Something in the statement's conditions pins down who that is: external id, organization, source account, subject. */
  pinned: boolean;
  /** The statement's conditions. */
  conditions: Condition[];
};

/** The principals outside `account` that the document allows; AWS services are the account's own business. */
export function outsidersOf(document: PolicyDocument, account: string): Outsider[] {
  return [...outsidersIn(parsePolicy(document), account).values()].flat();
}

/** Those whom `after` lets in and `before` did not, or only under conditions that asked for more. */
export function newOutsiders(before: PolicyDocument | undefined, after: PolicyDocument, account: string): Outsider[] {
  const former = before ? outsidersOf(before, account) : [];
  const came = (each: Outsider) =>
    former.some(
      (one) => one.kind === each.kind && one.name === each.name && areImplied(one.conditions, each.conditions),
    );
  return outsidersOf(after, account).filter((each) => !came(each));
}

/** The principals, as the document names them, that `after` lets in and `before` did not, from wherever they are. */
export function newcomers(before: PolicyDocument | undefined, after: PolicyDocument): string[] {
  const former = allows(before);
  const came = (inner: Statement, name: string) =>
    former.some(
      (each) => each.principals.some((one) => one.name === name) && areImplied(each.conditions, inner.conditions),
    );
  const found = allows(after).flatMap((each) => each.principals.filter(({ name }) => !came(each, name)));
  return [...new Set(found.map(({ name }) => name))];
}

function allows(document: PolicyDocument | undefined): Statement[] {
  return document ? parsePolicy(document).statements.filter(({ effect }) => effect === 'Allow') : [];
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
  const policy = parsePolicy(document);
  const outsiders = outsidersIn(policy, account);
  if (![...outsiders.values()].flat().some(isOutside)) return document;
  const kept = list(document.Statement)
    .map((raw, index) => narrowed(raw, (outsiders.get(index) ?? []).filter(isOutside)))
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

/** The outsiders of each statement, by its index. */
function outsidersIn(policy: Policy, account: string): Map<number, Outsider[]> {
  // The time of a trust policy's conditions may still come: as seen from the beginning of time, all of them can hold.
  const entrances = Map.groupBy(entrancesOf(policy, account, 0), ({ statement }) => statement.index);
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
  const denials = denialsIn(policy);
  return new Map(allows.map((each) => [each.index, inStatement(each, entrances.get(each.index) ?? [], denials)]));
}

function inStatement(statement: Statement, entrances: readonly Entrance[], denials: readonly Statement[]): Outsider[] {
  const conditions = statement.conditions.concat(demandsBy(denials, statement));
  const like = (kind: Outsider['kind'], name: string, pinned: boolean) => ({ kind, name, pinned, conditions });
  const among = statement.principals
    .map((each) => outsider(each, { ...statement, conditions }, entrances))
    .filter((each) => each !== undefined);
  const found = among.map(({ kind, name, pinned }) => like(kind, name, pinned));
  const isExcept = statement.notPrincipals.length > 0 && isAnybody(statement, entrances);
  return isExcept ? [like('except', 'everyone but a few', !isPublic(entrances)), ...found] : found;
}

type Who = Pick<Outsider, 'kind' | 'name' | 'pinned'>;

function outsider({ kind, name }: Principal, statement: Statement, entrances: readonly Entrance[]): Who | undefined {
  if (kind === '*')
    return isAnybody(statement, entrances) ? { kind: 'everyone', name, pinned: !isPublic(entrances) } : undefined;
  if (kind === 'Federated')
    return { kind: 'federated', name, pinned: saysSubject(issuerOf(name), demandsOf(statement, [])) };
  const isLetIn = entrances.some((each) => each.kind === 'account' && each.principal === name);
  return isLetIn ? { kind: 'account', name, pinned: isPinned(statement, []) } : undefined;
}

/** Somebody comes in whom the statement does not name: everybody, or whoever meets its conditions. */
function isAnybody({ principals }: Statement, entrances: readonly Entrance[]): boolean {
  return entrances.some(
    (each) =>
      each.kind !== 'deputy' && (each.kind !== 'account' || !principals.some(({ name }) => name === each.principal)),
  );
}

function isPublic(entrances: readonly Entrance[]): boolean {
  return entrances.some(({ kind }) => kind === 'public');
}

/** The statement without the principals that are picked; undefined where nobody is left. */
function narrowed(raw: unknown, picked: readonly Outsider[]): unknown {
  if (!isObject(raw) || picked.length === 0) return raw;
  if (raw.NotPrincipal !== undefined || !isObject(raw.Principal)) return undefined;
  const isPicked = ({ kind, name }: Principal) =>
    picked.some((each) => each.name === name && (each.kind === 'federated') === (kind === 'Federated'));
  const kept = Object.entries(raw.Principal)
    .map(([kind, names]) => [kind, strings(names).filter((name) => !isPicked(principalNamed(kind, name)))] as const)
    .filter(([, names]) => names.length > 0);
  return kept.length > 0 ? { ...raw, Principal: Object.fromEntries(kept) } : undefined;
}
