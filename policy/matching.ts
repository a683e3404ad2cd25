// Whether a statement is about a request: action, principal, resource and conditions.
import { completed } from './arn.ts';
import { allHold } from './conditions.ts';
import type { Policy, Statement } from './document.ts';
import { type Naming, namingOf } from './principals.ts';
import type { Request } from './request.ts';
import { hasVariable, literally, resolved } from './variables.ts';
import { fits } from './wildcard.ts';

/** A statement that is about the request, and how it names who asks (`direct` where the policy is of the identity itself). */
export type Matched = { statement: Statement; naming: Naming };

/** How a policy's statements name their principals: not at all, by `Principal`, or (resource control policies) as a rule everybody. */
export type Names = 'nobody' | 'principals' | 'everybody';

/** The statements of the policy that are about the request. `missing` collects the condition keys that the request lacks. */
export function matching(
  policy: Policy,
  request: Request,
  names: Names,
  hasBoundary: boolean,
  missing: Set<string>,
): Matched[] {
  const found: Matched[] = [];
  for (const statement of policy.statements) {
    if (!isAboutAction(statement, request.action)) continue;
    const naming = whom(statement, request, names, hasBoundary);
    if (!naming || !isAboutResource(statement, request, policy.variables, missing)) continue;
    if (conditionsHold(statement, policy, request, missing)) found.push({ statement, naming });
  }
  return found;
}

function whom(statement: Statement, request: Request, names: Names, hasBoundary: boolean): Naming | undefined {
  if (names === 'nobody') return 'direct';
  const isSilent = statement.principals.length === 0 && statement.notPrincipals.length === 0;
  if (isSilent) return names === 'everybody' ? 'direct' : undefined;
  return namingOf(statement, request.requester, hasBoundary);
}

/** The statement is about the action, which is in lower case. */
export function isAboutAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !isAmong(notActions, action);
  return isAmong(actions, action);
}

function isAmong(patterns: readonly string[], action: string): boolean {
  for (const each of patterns)
    if (each === action || (each.includes('*') && fits(each, action)) || (each.includes('?') && fits(each, action)))
      return true;
  return false;
}

function isAboutResource(statement: Statement, request: Request, variables: boolean, missing: Set<string>): boolean {
  const { resources, notResources } = statement;
  if (notResources.length > 0) return !notResources.some((each) => isResource(each, request, variables, missing));
  return resources.length === 0 || resources.some((each) => isResource(each, request, variables, missing));
}

function isResource(pattern: string, request: Request, variables: boolean, missing: Set<string>): boolean {
  if (pattern === '*' || pattern === request.resource)
    return pattern === '*' || !request.isResourceless || isWhole(request);
  if (request.isResourceless) return fits(completed(pattern), wholeOf(request.service));
  if (!variables || !hasVariable(pattern)) return fits(completed(pattern), request.resource);
  const wanted = resolved(pattern, request.context, missing);
  return wanted !== undefined && fits(completed(wanted), literally(request.resource));
}

/**
 * What an action without a resource of its own is asked about: everything. S3 takes all buckets for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_s3_home-directory-console.html
 */
export function wholeOf(service: string): string {
  return service === 's3' ? 'arn:aws:s3:::*' : '*';
}

function isWhole({ resource, service }: Request): boolean {
  return resource === '*' || resource === wholeOf(service);
}

/** A denial with an operator that AWS does not know is taken to hold, an allowance not: both to the safe side. */
function conditionsHold(statement: Statement, policy: Policy, request: Request, missing: Set<string>): boolean {
  if (statement.conditions.length === 0) return true;
  const setting = { context: request.context, variables: policy.variables };
  const known = statement.conditions.filter((each) => each.test !== undefined);
  return (
    allHold(known, setting, missing) && (known.length === statement.conditions.length || statement.effect === 'Deny')
  );
}
