// A policy document read once: every spelling that AWS accepts becomes one list of statements, and what AWS would refuse is
// a problem with its place. Nothing about a document is trusted; reading one never throws.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import { type Operator, operatorNamed, type Test } from './operators.ts';
import { isObject, list, type Report, reporter } from './shapes.ts';

/** A parsed policy document, of any shape. */
export type PolicyDocument = { readonly [key: string]: unknown };

/** `{ "AWS": "*" }` means the same as `"*"`, and both are kind `*`. */
export type Principal = { kind: string; name: string };

export type Condition = {
  /** As the document spells it. */
  operator: string;
  key: string;
  values: string[];
  /** What the operator means; undefined where AWS knows none of that name, or a value cannot be read: it may hold or not. */
  test: Operator | undefined;
  /** The tests of the values, from the first time that they are asked. */
  tests: readonly Test[] | undefined;
};

/** A statement. Of each pair of lists (`actions`, `notActions`) at most one is filled; actions are in lower case. */
export type Statement = {
  index: number;
  sid: string | undefined;
  effect: 'Allow' | 'Deny';
  actions: readonly string[];
  notActions: readonly string[];
  /** The one or the other as the document spells it. */
  written: readonly string[];
  /** Neither resources nor exceptions: everything, as in trust policies. */
  resources: readonly string[];
  notResources: readonly string[];
  principals: Principal[];
  notPrincipals: Principal[];
  conditions: Condition[];
};

/** What AWS would refuse: where, why, and in which statement (null: in none). */
export type Problem = { place: string; statement: number | null; message: string };

/** A document as the rest of the engine reads it. */
export type Policy = {
  statements: Statement[];
  /** Policy variables are known since version 2012-10-17; before, they are plain text. */
  variables: boolean;
  version: string | undefined;
  problems: Problem[];
};

const ELEMENTS = new Set(['Version', 'Id', 'Statement']);
const PARTS = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
]);

/** Reads a document. What cannot be read as a statement is left out and told as a problem. */
export function parsePolicy(document: unknown): Policy {
  const problems: Problem[] = [];
  const report = reporter(problems);
  if (!isObject(document)) {
    report('', null, 'the document is no JSON object');
    return { statements: [], variables: false, version: undefined, problems };
  }
  for (const name of Object.keys(document))
    if (!ELEMENTS.has(name)) report(name, null, 'there is no such element in a policy document');
  const version = versionOf(document.Version, report);
  return { statements: statementsIn(document, report), variables: version === '2012-10-17', version, problems };
}

/** Every statement could be read, and there is at least an empty list of them. */
export function isReadable({ problems }: Policy): boolean {
  return problems.length === 0;
}

export function denialsIn({ statements }: Policy): Statement[] {
  return statements.filter(({ effect }) => effect === 'Deny');
}

function versionOf(value: unknown, report: Report): string | undefined {
  if (value === undefined) return undefined;
  if (value === '2012-10-17' || value === '2008-10-17') return value;
  report('Version', null, 'the version must be 2012-10-17 or 2008-10-17');
  return undefined;
}

function statementsIn(document: PolicyDocument, report: Report): Statement[] {
  const { Statement: raw } = document;
  if (raw === undefined || raw === null) {
    report('Statement', null, 'the document has no statements');
    return [];
  }
  if (!Array.isArray(raw)) return [statementOf(raw, 0, 'Statement', report)].filter((each) => each !== undefined);
  const found: Statement[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const read = statementOf(raw[index], index, `Statement[${index}]`, report);
    if (read) found.push(read);
  }
  return found;
}

// Whatever is no plain `Deny` counts as an allow: what cannot be read must not look harmless.
function statementOf(raw: unknown, index: number, place: string, report: Report): Statement | undefined {
  if (!isObject(raw)) {
    report(place, index, 'a statement must be a JSON object');
    return undefined;
  }
  const tell = (part: string, message: string) => report(`${place}.${part}`, index, message);
  for (const part of Object.keys(raw)) if (!PARTS.has(part)) tell(part, 'there is no such element in a statement');
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = raw;
  if (Effect !== 'Allow' && Effect !== 'Deny') tell('Effect', 'the effect must be Allow or Deny');
  if (Action === undefined && NotAction === undefined) tell('Action', 'the statement names no action');
  exclude(Action, NotAction, 'Action', tell);
  exclude(Resource, NotResource, 'Resource', tell);
  exclude(Principal, NotPrincipal, 'Principal', tell);
  const allowed = actionsIn(Action, 'Action', tell);
  const excepted = actionsIn(NotAction, 'NotAction', tell);
  return {
    index,
    sid: sidOf(raw.Sid, tell),
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: lowered(allowed),
    notActions: lowered(excepted),
    written: excepted.length > 0 ? excepted : allowed,
    resources: textsIn(Resource, 'Resource', tell),
    notResources: textsIn(NotResource, 'NotResource', tell),
    principals: principalsIn(Principal, 'Principal', tell),
    notPrincipals: principalsIn(NotPrincipal, 'NotPrincipal', tell),
    conditions: conditionsIn(raw.Condition, tell),
  };
}

type Tell = (part: string, message: string) => void;

function exclude(one: unknown, other: unknown, part: string, tell: Tell): void {
  if (one !== undefined && other !== undefined) tell(`Not${part}`, `${part} and Not${part} exclude each other`);
}

function sidOf(value: unknown, tell: Tell): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  tell('Sid', 'the Sid must be a text');
  return undefined;
}

const NOTHING: readonly string[] = [];

/** Strings from a string or a list of strings; AWS accepts both everywhere. */
function textsIn(value: unknown, part: string, tell: Tell): readonly string[] {
  if (value === undefined) return NOTHING;
  if (typeof value === 'string') return isText(value, part, tell) ? [value] : NOTHING;
  if (!Array.isArray(value)) {
    tell(part, 'it must be a text or a list of texts');
    return NOTHING;
  }
  if (value.length === 0) tell(part, 'the list is empty');
  return value.every(isWellFormed) ? value : value.filter((each, at): each is string => isText(each, part, tell, at));
}

function isWellFormed(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

function isText(value: unknown, part: string, tell: Tell, at?: number): value is string {
  if (isWellFormed(value)) return true;
  const place = at === undefined ? part : `${part}[${at}]`;
  tell(place, typeof value === 'string' ? 'the text holds half a character (a lone surrogate)' : 'it must be a text');
  return false;
}

function actionsIn(value: unknown, part: string, tell: Tell): readonly string[] {
  const actions = textsIn(value, part, tell);
  for (let at = 0; at < actions.length; at += 1) {
    const action = actions[at] ?? '';
    if (action !== '*' && !action.includes(':'))
      tell(Array.isArray(value) ? `${part}[${at}]` : part, 'an action is written service:Name, or *');
  }
  return actions;
}

function lowered(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? texts : texts.map((each) => each.toLowerCase());
}

function principalsIn(value: unknown, part: string, tell: Tell): Principal[] {
  if (value === undefined) return [];
  if (value === '*') return [{ kind: '*', name: '*' }];
  if (!isObject(value)) {
    tell(part, 'a principal is *, or an object such as {"AWS": "111122223333"}');
    return [];
  }
  return Object.entries(value).flatMap(([kind, names]) => principalsOf(kind, names, part, tell));
}

const KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

function principalsOf(kind: string, names: unknown, part: string, tell: Tell): Principal[] {
  if (!KINDS.has(kind)) tell(`${part}.${kind}`, 'there is no such kind of principal');
  return textsIn(names, `${part}.${kind}`, tell).map((name) => principalNamed(kind, name));
}

/** A principal as statements hold it. */
export function principalNamed(kind: string, name: string): Principal {
  return kind === 'AWS' && name === '*' ? { kind: '*', name } : { kind, name };
}

function conditionsIn(value: unknown, tell: Tell): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) {
    tell('Condition', 'conditions are an object of operators');
    return [];
  }
  const found: Condition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    const test = operatorNamed(operator);
    if (!isObject(keys)) tell(`Condition.${operator}`, 'an operator holds an object of keys and values');
    else for (const key of Object.keys(keys)) found.push(conditionOf(operator, test, key, keys[key], tell));
  }
  return found;
}

function conditionOf(operator: string, test: Operator | undefined, key: string, raw: unknown, tell: Tell): Condition {
  const place = `Condition.${operator}.${key}`;
  if (raw === null || raw === undefined) tell(place, NO_VALUE);
  const values: string[] = [];
  let isWhole = raw !== null;
  for (const [at, each] of list(raw).entries()) {
    const text = textOf(each);
    if (text === undefined) {
      tell(Array.isArray(raw) ? `${place}[${at}]` : place, NO_VALUE);
      isWhole = false;
    } else values.push(text);
  }
  return { operator, key, values, test: isWhole ? test : undefined, tests: undefined };
}

const NO_VALUE = 'a value must be a text, a number, true or false';

/** A condition's value as text; undefined for what is no plain value. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
