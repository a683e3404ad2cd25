// A policy document read once: every spelling that AWS accepts becomes one list of statements.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

/** A parsed policy document, of any shape: nothing about it is trusted. */
export type PolicyDocument = { readonly [key: string]: unknown };

export type Statement = {
  effect: 'Allow' | 'Deny';
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** `AWS:arn:…`, `Service:ec2.amazonaws.com`, `Federated:…`, or `*`. */
  principals: string[];
  notPrincipals: string[];
  conditions: { operator: string; key: string; values: string[] }[];
};

/** The statements of a document; what cannot be read as a statement is left out. */
export function statementsOf(document: PolicyDocument): Statement[] {
  return list(document.Statement).filter(isObject).map(statementOf);
}

/** Every statement can be read, and there is a `Statement` at all; an empty list of them is one that grants nothing. */
export function isReadable(document: PolicyDocument): boolean {
  return document.Statement !== undefined && document.Statement !== null && list(document.Statement).every(isObject);
}

/** Strings from a string or a list of strings; AWS accepts both everywhere. */
export function strings(value: unknown): string[] {
  return list(value).filter((each) => typeof each === 'string');
}

// Whatever is no plain `Deny` counts as an allow: what cannot be read must not look harmless.
function statementOf(statement: PolicyDocument): Statement {
  return {
    effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: strings(statement.Action),
    notActions: strings(statement.NotAction),
    resources: strings(statement.Resource),
    notResources: strings(statement.NotResource),
    principals: principalsOf(statement.Principal),
    notPrincipals: principalsOf(statement.NotPrincipal),
    conditions: conditionsOf(statement.Condition),
  };
}

function principalsOf(value: unknown): string[] {
  if (value === '*') return ['*'];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([kind, each]) => strings(each).map((name) => principalNamed(kind, name)));
}

/** A principal as statements hold it; `{ "AWS": "*" }` means the same as `"*"`. */
export function principalNamed(kind: string, name: string): string {
  return kind === 'AWS' && name === '*' ? '*' : `${kind}:${name}`;
}

function conditionsOf(value: unknown): Statement['conditions'] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values).map(plain) }))
      : [],
  );
}

/** A condition's value as text; what is no plain value may stand for anything. */
function plain(value: unknown): string {
  return typeof value === 'object' ? '*' : String(value);
}

/** A list of what may stand alone. */
export function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

export function isObject(value: unknown): value is PolicyDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
