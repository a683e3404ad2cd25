// Identity providers: at which of them everybody can have an identity, and what tells one customer from another.

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

/** A provider whose identities anybody can have, by its ARN or issuer. */
export function isPublicProvider(name: string): boolean {
  return PUBLIC.includes(name.slice(name.lastIndexOf('/') + 1).toLowerCase());
}

/** Keys that tell one client of a provider from another, by issuer; elsewhere everybody asks for the same audience. */
export const CLIENTS: ReadonlyMap<string, string> = new Map([
  ['accounts.google.com', 'accounts.google.com:aud'],
  ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com:aud'],
  ['graph.facebook.com', 'graph.facebook.com:app_id'],
  ['www.amazon.com', 'www.amazon.com:app_id'],
]);

/** What subjects begin with before they say whose they are. */
const GENERIC = ['repo:', 'project_path:', 'organization:', 'system:serviceaccount:'];

/** The subject says whose it is before its first wildcard: `repo:acme/*`, and neither `repo:*` nor `repo:acme*`. */
export function isSubject(value: string): boolean {
  const end = value.search(/[*?]|\$\{/);
  const start = end === -1 ? value : value.slice(0, end);
  const generic = GENERIC.find((each) => start.startsWith(each));
  if (generic && end !== -1) return /[/:@]/.test(start.slice(generic.length));
  return start !== '' && !GENERIC.some((each) => each.startsWith(start));
}
