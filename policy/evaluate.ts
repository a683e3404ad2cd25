// AWS's decision on one request: every policy that applies, what denies, what must allow, and the reason.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { accountOf } from './arn.ts';
import type { Catalogue } from './catalogue.ts';
import type { Policy } from './document.ts';
import { type Matched, matching, type Names } from './matching.ts';
import type { Naming } from './principals.ts';
import type { Request } from './request.ts';
import { isIdentity, isServiceLinked } from './requester.ts';
import { allowedAnyway, isAboveRcps, isAboveResourcePolicy, refusedAnyway } from './services.ts';

/** Everything that can have a say. Levels are from the root of the organization down to the account. */
export type Policies = {
  identity: readonly Policy[];
  boundary: Policy | undefined;
  session: readonly Policy[];
  scps: readonly (readonly Policy[])[];
  rcps: readonly (readonly Policy[])[];
  resource: Policy | undefined;
};

/** A statement that was about the request: of which policy, `scps[0][1]`, and which one of it. */
export type MatchedStatement = { policy: string; statement: number; sid?: string; effect: 'Allow' | 'Deny' };

export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny';

export type Verdict = {
  decision: Decision;
  matched: MatchedStatement[];
  /** Condition keys and variables that a statement asks for and the request does not say. */
  missingContext: string[];
  reasons: string[];
};

/** Decides. `rcpServices`, from the catalogue: the services that resource control policies are for. */
export function evaluate(request: Request, policies: Policies, catalogue: Catalogue | undefined): Verdict {
  const found = look(request, policies, catalogue);
  const { decision, reasons } = decide(request, policies, found);
  return { decision, matched: found.matched, missingContext: [...found.missing].sort(), reasons };
}

function decide(request: Request, policies: Policies, found: Found): Outcome {
  const always = allowedAnyway(request);
  if (always) return allow(always);
  const objections = found.matched.filter((each) => each.effect === 'Deny');
  const denials = isAboveResourcePolicy(request)
    ? objections.filter((each) => each.policy !== 'resourcePolicy')
    : objections;
  if (denials.length > 0) return denied(denials);
  const never = refusedAnyway(request);
  return never ? refuse(never) : weigh(request, policies, found);
}

type Outcome = { decision: Decision; reasons: string[] };
type Level = { name: string; allows: boolean };

/** What each kind of policy has to say. */
type Found = {
  matched: MatchedStatement[];
  missing: Set<string>;
  identity: boolean;
  boundary: boolean;
  session: boolean;
  scps: Level[];
  rcps: Level[];
  /** How the resource policy names whom it allows; undefined where it does not allow. */
  resource: Naming | undefined;
};

function look(request: Request, policies: Policies, catalogue: Catalogue | undefined): Found {
  const missing = new Set<string>();
  const matched: MatchedStatement[] = [];
  const hasBoundary = policies.boundary !== undefined;
  const ask = (policy: Policy, name: string, names: Names): Naming | undefined => {
    const statements = matching(policy, request, names, hasBoundary, missing);
    for (const each of statements) matched.push(told(each, name));
    return strongest(statements);
  };
  const allows = (list: readonly Policy[], name: string, names: Names = 'nobody') =>
    list.map((each, at) => ask(each, `${name}[${at}]`, names)).some((each) => each !== undefined);
  const levels = (all: readonly (readonly Policy[])[], name: string, names: Names): Level[] =>
    all.map((each, at) => ({ name: `${name}[${at}]`, allows: allows(each, `${name}[${at}]`, names) }));
  const isOwn = isIdentity(request.requester);
  return {
    identity: isOwn && allows(policies.identity, 'identityPolicies'),
    boundary: isOwn && policies.boundary !== undefined && ask(policies.boundary, 'boundary', 'nobody') !== undefined,
    session: isOwn && allows(policies.session, 'sessionPolicies'),
    scps: isBound(request) ? levels(policies.scps, 'scps', 'nobody') : [],
    rcps: isControlled(request, catalogue) ? levels(policies.rcps, 'rcps', 'everybody') : [],
    resource: policies.resource && ask(policies.resource, 'resourcePolicy', 'principals'),
    matched,
    missing,
  };
}

function told({ statement }: Matched, policy: string): MatchedStatement {
  const { index, sid, effect } = statement;
  return { policy, statement: index, ...(sid === undefined ? {} : { sid }), effect };
}

/** The most direct way in which one of them allows. */
function strongest(statements: Matched[]): Naming | undefined {
  let found: Naming | undefined;
  for (const { statement, naming } of statements)
    if (statement.effect === 'Allow' && (found === undefined || naming === 'direct' || found === 'account'))
      found = naming;
  return found;
}

/** Service control policies bind the identities of the account, its root included, and no service-linked role. */
function isBound({ requester }: Request): boolean {
  return isIdentity(requester) && !isServiceLinked(requester);
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
function isControlled(request: Request, catalogue: Catalogue | undefined): boolean {
  const { requester, service } = request;
  return !isServiceLinked(requester) && !isAboveRcps(request) && (catalogue?.takesRcps(service) ?? true);
}

function denied(denials: MatchedStatement[]): Outcome {
  const reasons = denials.map((each) => `${nameOf(each)} denies it, and a denial overrides everything`);
  return { decision: 'explicitDeny', reasons };
}

function nameOf({ policy, statement, sid }: MatchedStatement): string {
  return `statement ${statement}${sid ? ` (${sid})` : ''} of ${policy}`;
}

const allow = (...reasons: string[]): Outcome => ({ decision: 'allowed', reasons });
const refuse = (...reasons: string[]): Outcome => ({ decision: 'implicitDeny', reasons });

/** Nothing denies it: the levels of the organization must allow, and then the account, or both accounts. */
function weigh(request: Request, policies: Policies, found: Found): Outcome {
  const closed = [...found.scps, ...found.rcps].find((each) => !each.allows);
  if (closed) return refuse(`nothing at ${closed.name} allows it, and every level must`);
  if (!isIdentity(request.requester)) return byResource(found, policies);
  const { account } = request.requester;
  if (request.resourceAccount !== undefined && account !== request.resourceAccount)
    return across(request, policies, found);
  return within(request, policies, found);
}

/** Services, providers and the anonymous have no policies of their own. */
function byResource({ resource }: Found, policies: Policies): Outcome {
  if (resource !== undefined) return allow('the resource policy allows it');
  return refuse(
    policies.resource ? 'the resource policy does not allow it' : 'there is no resource policy that could allow it',
  );
}

/** Both accounts must agree. */
function across(request: Request, policies: Policies, found: Found): Outcome {
  const missing = [
    ...(found.resource === undefined
      ? [
          policies.resource
            ? 'the resource policy does not allow it'
            : 'there is no resource policy that could allow it',
        ]
      : []),
    ...own(request, policies, found),
  ];
  const accounts = `the resource belongs to account ${request.resourceAccount}, so both sides must allow it`;
  return missing.length > 0 ? refuse(accounts, ...missing) : allow(`${accounts}, and both do`);
}

/** Identity and resource in one account: one of the two suffices, unless the resource decides alone. */
function within(request: Request, policies: Policies, found: Found): Outcome {
  const { resource } = found;
  const limits = limitsOf(request, policies, found);
  if (resource === 'direct' && !isRoot(request)) return allow('the resource policy names whoever asks');
  if (resource === 'role' && limits.length === 0) return allow('the resource policy names the role');
  if (resource === undefined && isMustAllow(request)) return refuse(mustAllow(request, policies));
  const missing = own(request, policies, found);
  if (missing.length === 0)
    return allow(isRoot(request) ? 'root may do everything in its account' : 'the identity policies allow it');
  if (resource === 'account') return refuse('the resource policy leaves it to the account', ...missing);
  return refuse(...missing);
}

/** What is missing on the side of the identity; nothing where it may. */
function own(request: Request, policies: Policies, found: Found): string[] {
  if (isRoot(request)) return [];
  return [...(found.identity ? [] : ['no identity policy allows it']), ...limitsOf(request, policies, found)];
}

/** A federated user has what its session policies allow. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
function limitsOf({ requester }: Request, policies: Policies, found: Found): string[] {
  const needsSession = policies.session.length > 0 || requester.kind === 'federated-user';
  return [
    ...(policies.boundary && !found.boundary ? ['the permissions boundary does not allow it'] : []),
    ...(needsSession && !found.session ? ['no session policy allows it'] : []),
  ];
}

function isRoot({ requester }: Request): boolean {
  return requester.kind === 'root';
}

/** Roles and keys are used only as their own policy allows. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
function isMustAllow({ action, service, resource }: Request): boolean {
  if (service === 'kms') return resource.includes(':key/');
  return action.startsWith('sts:assumerole') && (resource.includes(':role/') || accountOf(resource) !== undefined);
}

function mustAllow({ service }: Request, policies: Policies): string {
  const what = service === 'kms' ? 'key policy' : 'trust policy';
  return policies.resource ? `the ${what} does not allow it, and must` : `there is no ${what}, and one must allow it`;
}
