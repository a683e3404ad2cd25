// One row of a simulation: a request and the policies that may have a say, as JSON has them.
import type { Catalogue } from './catalogue.ts';
import { type Policy, parsePolicy } from './document.ts';
import { evaluate, type Policies, type Verdict } from './evaluate.ts';
import { requestOf } from './request.ts';
import { isObject, list } from './shapes.ts';

/** An answer, or why the row cannot be answered. */
export type Simulated = { ok: true; answer: { id: unknown } & Verdict } | { ok: false; reason: string };

/**
 * Answers a row `{id, request: {principal, action, resource, context}, identityPolicies, boundary, sessionPolicies, scps,
 * rcps, resourcePolicy, resourceAccount, managementAccount}`; all but the request may be missing. Never throws.
 */
export function simulate(row: unknown, catalogue: Catalogue | undefined): Simulated {
  if (!isObject(row)) return { ok: false, reason: 'the row is no JSON object' };
  const asked = askedIn(row.request);
  if (typeof asked === 'string') return { ok: false, reason: asked };
  const request = requestOf(asked, textIn(row.resourceAccount), catalogue);
  const isManagement = request.requester.account !== undefined && request.requester.account === row.managementAccount;
  const policies = policiesIn(row, isManagement);
  const { decision, matched, missingContext, reasons } = evaluate(request, policies, catalogue);
  const answer = {
    id: row.id ?? null,
    decision,
    matched,
    missingContext,
    reasons: reasons.concat(problemsIn(policies)),
  };
  return { ok: true, answer };
}

type Asked = { principal: string; action: string; resource: string; context: unknown };

function askedIn(request: unknown): Asked | string {
  if (!isObject(request)) return 'the row has no request';
  const { principal, action, resource, context } = request;
  if (typeof principal !== 'string') return 'request.principal must be an ARN, the name of a service, or "anonymous"';
  if (typeof action !== 'string') return 'request.action must be a text such as "s3:GetObject"';
  if (resource !== undefined && typeof resource !== 'string') return 'request.resource must be an ARN or "*"';
  return { principal, action, resource: resource ?? '*', context };
}

/** The organization's policies do not bind its management account: not its identities, and not its resources. */
function policiesIn(row: { readonly [key: string]: unknown }, isManagement: boolean): Policies {
  return {
    identity: documents(row.identityPolicies),
    boundary: isNothing(row.boundary) ? undefined : documentOf(row.boundary),
    session: documents(row.sessionPolicies),
    scps: isManagement ? [] : list(row.scps).map(documents),
    rcps:
      row.managementAccount !== undefined && row.managementAccount === row.resourceAccount
        ? []
        : list(row.rcps).map(documents),
    resource: isNothing(row.resourcePolicy) ? undefined : documentOf(row.resourcePolicy),
  };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function documents(value: unknown): Policy[] {
  return list(value).map(documentOf);
}

/** A document, or its text, as events and command lines have it. */
function documentOf(value: unknown): Policy {
  return parsePolicy(typeof value === 'string' ? parsed(value) : value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function problemsIn({ identity, boundary, session, scps, rcps, resource }: Policies): string[] {
  const found: string[] = [];
  const note = (each: Policy | undefined) => {
    const [problem] = each?.problems ?? NONE;
    if (problem)
      found.push(`AWS would refuse a policy of this row: ${problem.message} (${problem.place || 'the document'})`);
  };
  for (const each of [identity, session, ...scps, ...rcps]) each.forEach(note);
  note(boundary);
  note(resource);
  return found;
}

const NONE: Policy['problems'] = [];
