// Who makes a request, from the one text that names it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
import { isAccount } from './arn.ts';
import { kept } from './kept.ts';

type Kind = 'user' | 'role' | 'session' | 'federated-user' | 'root' | 'provider' | 'service' | 'anonymous' | 'unknown';

export type Requester = {
  kind: Kind;
  /** As the request names it. */
  name: string;
  /** The account it belongs to; undefined for services, providers' own names and the anonymous. */
  account: string | undefined;
  partition: string;
  /** The name of its role, where it is a role or a session of one. */
  role: string | undefined;
  /** What the request itself says about who makes it; the rest of the context must be given. */
  keys: readonly (readonly [key: string, values: readonly string[]])[];
};

const NOBODY = { account: undefined, partition: 'aws', role: undefined };

/** Reads the principal of a request: an ARN, an account id (its root), the name of a service, or `anonymous`. */
export function requesterOf(name: string): Requester {
  if (KNOWN.size >= MOST) KNOWN.clear();
  return kept(KNOWN, name, () => read(name));
}

/** Requests come from the same few. */
const KNOWN = new Map<string, Requester>();
const MOST = 1000;

function read(name: string): Requester {
  if (name === 'anonymous' || name === '*') return known({ ...NOBODY, kind: 'anonymous', name });
  if (isAccount(name)) return read(`arn:aws:iam::${name}:root`);
  if (!name.startsWith('arn:')) return known({ ...NOBODY, kind: name.includes('.') ? 'service' : 'unknown', name });
  const [, partition = 'aws', service, , account, ...rest] = name.split(':');
  const path = rest.join(':').split('/');
  const kind = KINDS.get(`${service}:${path[0]}`) ?? 'unknown';
  return known({ kind, name, account: account || undefined, partition, role: roleIn(kind, path) });
}

/** With the context keys that it says. */
function known(requester: Omit<Requester, 'keys'>): Requester {
  return { ...requester, keys: keysOf(requester) };
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['iam:root', 'root'],
  ['iam:user', 'user'],
  ['iam:role', 'role'],
  ['iam:saml-provider', 'provider'],
  ['iam:oidc-provider', 'provider'],
  ['sts:assumed-role', 'session'],
  ['sts:federated-user', 'federated-user'],
]);

function roleIn(kind: Kind, path: string[]): string | undefined {
  if (kind === 'session') return path[1];
  return kind === 'role' ? path.at(-1) : undefined;
}

/** An identity of an account: what identity policies, boundaries and service control policies apply to. */
export function isIdentity({ kind }: Requester): boolean {
  return kind === 'user' || kind === 'role' || kind === 'session' || kind === 'federated-user' || kind === 'root';
}

/** A role that a service made for itself: no policy of the organization binds it. */
export function isServiceLinked({ kind, name, role }: Requester): boolean {
  if (kind === 'role') return name.includes(':role/aws-service-role/');
  return kind === 'session' && role !== undefined && role.startsWith('AWSServiceRoleFor');
}

function keysOf({ kind, name, account, partition, role }: Omit<Requester, 'keys'>): [key: string, values: string[]][] {
  const isSigned = kind !== 'anonymous';
  const keys: [string, string[]][] = isSigned ? [['aws:principalisawsservice', [String(kind === 'service')]]] : [];
  const type = TYPES.get(kind);
  if (type) keys.push(['aws:principaltype', [type]]);
  if (kind === 'service') keys.push(['aws:principalservicename', [name]]);
  if (kind === 'user') keys.push(['aws:username', [name.slice(name.lastIndexOf('/') + 1)]]);
  if (!type || !account) return keys;
  const arn = kind === 'session' ? `arn:${partition}:iam::${account}:role/${role}` : name;
  return [...keys, ['aws:principalarn', [arn]], ['aws:principalaccount', [account]]];
}

const TYPES: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ['user', 'User'],
  ['role', 'AssumedRole'],
  ['session', 'AssumedRole'],
  ['federated-user', 'FederatedUser'],
  ['root', 'Account'],
  ['anonymous', 'Anonymous'],
]);
