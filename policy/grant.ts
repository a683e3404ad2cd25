// What a policy hands out, at a glance: a short check of one document, with the clause that says why.
import { isReadable, type PolicyDocument, type Statement, statementsOf } from './document.ts';
import {
  isEverything,
  isRead,
  onEverything,
  opensSecrets,
  REWRITES,
  RUNS_CODE,
  reachesPrincipals,
  WAYS,
} from './reach.ts';
import { fits } from './wildcard.ts';

/** From most to least. `none` grants nothing (only denies); `unknown` could not be read. */
export const LEVELS = ['admin', 'escalation', 'wide', 'unknown', 'broad', 'limited', 'read', 'none'] as const;
export type Level = (typeof LEVELS)[number];

/** A level and the clause that says why: "every action on every resource". */
export type Grant = { level: Level; says: string };

export const UNKNOWN: Grant = { level: 'unknown', says: 'permissions that the guardrail could not read' };

/** The most that the document grants. Conditions on what it allows are not weighed: a writer of policies can satisfy them. */
export function grantOf(document: PolicyDocument | undefined): Grant {
  if (!document) return UNKNOWN;
  const statements = statementsOf(document);
  const denied = deniedEverywhere(statements);
  if (denied('*')) return { level: 'none', says: 'nothing: the document denies everything' };
  const allows = statements.filter((each) => each.effect === 'Allow').map((each) => statementGrant(each, denied));
  const grants = isReadable(document) ? allows : [...allows, UNKNOWN];
  return grants.sort(byLevel)[0] ?? { level: 'none', says: 'nothing: the document allows nothing' };
}

/** The document restricts and allows nothing: taking it away widens what its bearer may do. */
export function onlyDenies(document: PolicyDocument): boolean {
  const statements = statementsOf(document);
  return isReadable(document) && statements.length > 0 && statements.every((each) => each.effect === 'Deny');
}

type Denied = (action: string) => boolean;

/** What is denied without a condition on every resource, and so is not granted whatever else the document allows. */
function deniedEverywhere(statements: Statement[]): Denied {
  const flat = statements.filter(
    (each) => each.effect === 'Deny' && each.conditions.length === 0 && each.resources.some((one) => /^\*+$/.test(one)),
  );
  return (action) => flat.some((each) => each.actions.some((pattern) => fits(pattern.toLowerCase(), action)));
}

function statementGrant(statement: Statement, denied: Denied): Grant {
  if (statement.actions.length === 0 && statement.notActions.length === 0) return UNKNOWN;
  if (statement.notActions.some(isEverything)) return { level: 'none', says: 'nothing: every action is excepted' };
  const ways = WAYS.filter((each) => covers(statement, each) && !denied(each));
  return toPrincipals(statement, ways, denied) ?? toResources(statement);
}

/** What leads to other permissions, because it reaches users, roles and policies at large. */
function toPrincipals(statement: Statement, ways: string[], denied: Denied): Grant | undefined {
  if (!reachesPrincipals(statement)) return undefined;
  const all = statement.notActions.length > 0 || statement.actions.some(isEverything);
  const [way] = ways.filter((each) => each !== 'iam:passrole' || !isPassedToHarmless(statement));
  if (all) return { level: way ? 'admin' : 'wide', says: everything(statement, way !== undefined) };
  if (ways.length === WAYS.length)
    return { level: 'admin', says: `every IAM action, and so the way to any permission (${spelled(statement, way)})` };
  if (way) return wayGrant(statement, ways, way);
  return covers(statement, 'sts:assumerole') && !denied('sts:assumerole')
    ? { level: 'wide', says: 'every role that trusts the account (sts:AssumeRole on every resource)' }
    : undefined;
}

function wayGrant(statement: Statement, ways: string[], way: string): Grant {
  const action = spelled(statement, way);
  return ways.every((each) => each === 'iam:passrole') && passedTo(statement)
    ? { level: 'wide', says: `${action} on every resource, for ${shown(passedTo(statement) ?? [])}` }
    : { level: 'escalation', says: `${action} on every resource, a way to other permissions` };
}

function toResources(statement: Statement): Grant {
  const on = `on ${shown(statement.resources)}`;
  if (statement.notActions.length > 0)
    return { level: 'broad', says: `every action but ${shown(statement.notActions)} ${on}` };
  if (statement.actions.some(isEverything)) return { level: 'broad', says: `every action ${on}` };
  const rewrite = REWRITES.find((each) => covers(statement, each));
  if (rewrite)
    return { level: 'broad', says: `${spelled(statement, rewrite)} ${on}, which can be given any permission` };
  if (statement.actions.every(isRead)) return { level: 'read', says: 'read access' };
  return onEverything(statement) ? serviceGrant(statement, on) : { level: 'limited', says: limited(statement, on) };
}

function serviceGrant(statement: Statement, on: string): Grant {
  const whole = statement.actions.find((each) => /:\*+$/.test(each));
  if (whole) return { level: 'broad', says: `everything in one service (${whole})` };
  const secret = statement.actions.find(opensSecrets);
  return secret
    ? { level: 'broad', says: `${secret} on every resource, which may hold credentials` }
    : { level: 'limited', says: limited(statement, on) };
}

function limited(statement: Statement, on: string): string {
  return `${shown(statement.actions)} ${on}`;
}

function everything(statement: Statement, iam: boolean): string {
  if (statement.notActions.length > 0) return `every action but ${shown(statement.notActions)} on every resource`;
  return iam ? 'every action on every resource' : 'every action on every resource but what the document denies';
}

function covers(statement: Statement, action: string): boolean {
  const named = (patterns: string[]) => patterns.some((each) => fits(each.toLowerCase(), action));
  return statement.notActions.length > 0 ? !named(statement.notActions) : named(statement.actions);
}

/** The action as the document spells it. */
function spelled(statement: Statement, action: string | undefined): string {
  return (action && statement.actions.find((each) => fits(each.toLowerCase(), action))) ?? shown(statement.actions);
}

/** The services to which a condition confines `iam:PassRole`; undefined where nothing does. */
function passedTo(statement: Statement): string[] | undefined {
  return statement.conditions.find(
    ({ operator, key, values }) =>
      /^(ForAnyValue:)?String(Equals|Like)$/i.test(operator) &&
      key.toLowerCase() === 'iam:passedtoservice' &&
      values.length > 0 &&
      values.every((each) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(each)),
  )?.values;
}

/** Only services that run no code of the caller's with the role. */
function isPassedToHarmless(statement: Statement): boolean {
  const services = passedTo(statement);
  return services !== undefined && !services.some((each) => RUNS_CODE.has(each.split('.')[0]?.toLowerCase() ?? ''));
}

function byLevel(one: Grant, other: Grant): number {
  return LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level);
}

/** "a, b and 3 more": event content is cut here and escaped where it is shown. */
function shown(values: string[]): string {
  const first = values
    .slice(0, 2)
    .map((each) => (each.length > 80 ? `${each.slice(0, 79)}…` : each))
    .join(', ');
  return values.length > 2 ? `${first} and ${values.length - 2} more` : first || 'nothing';
}
