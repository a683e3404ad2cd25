// INVARIANT 4: protected principals are never touched automatically.
import type { Activity } from '../events/activity.ts';
import { isReservedRole } from '../events/actor.ts';
import type { Limit } from './decide.ts';
import { fits } from './glob.ts';
import type { Settings } from './settings.ts';
import { nameOfPrincipal, type Principal, principalsOf, type Target } from './target.ts';

/** The guardrail's roles, by their exact names: a prefix would protect whatever an attacker names so. */
export const OWN_ROLES = ['detect', 'respond', 'sweep', 'remediation'].map((each) => `iam-guardrail-${each}`);

/** The role in each account that changes are carried out with. */
export const REMEDIATION_ROLE = 'iam-guardrail-remediation';

/** What protection makes of a change on the target, after what the actor did. */
export function protection(target: Target, activity: Activity, settings: Settings): Limit[] {
  const targets = principalsOf(target).map((each) => whyProtected(each, activity, settings));
  const actor = settings.protected.find((pattern) => fits(pattern, activity.actor.id));
  return [...targets, actor && `${activity.actor.name} is protected in the settings, and did this`]
    .filter((each) => each !== undefined)
    .map((because) => ({ most: 'approve', because }));
}

/** Why the principal is protected, or undefined. */
function whyProtected(principal: Principal, activity: Activity, settings: Settings): string | undefined {
  const name = nameOfPrincipal(principal);
  if (principal.type === 'role' && OWN_ROLES.includes(principal.name)) return `${name} is the guardrail's own`;
  if (principal.type === 'role' && isReservedRole(principal.name))
    return `${name} belongs to IAM Identity Center and cannot be edited`;
  if (isServiceLinked(principal, activity)) return `${name} is a service-linked role and cannot be edited`;
  const pattern = settings.protected.find((each) => coversPrincipal(each, principal, activity.account));
  return pattern && `${name} is protected in the settings (${pattern})`;
}

// IAM refuses to edit these for anybody but their service; a look-alike that somebody else could edit is none.
function isServiceLinked(principal: Principal, activity: Activity): boolean {
  const byService = activity.actor.kind === 'service' || activity.actor.id.includes(':role/aws-service-role/');
  return principal.type === 'role' && principal.name.startsWith('AWSServiceRoleFor') && byService;
}

// Events name principals without their path; a pattern with a path still has to cover them.
function coversPrincipal(pattern: string, principal: Principal, account: string): boolean {
  const [head = '', tail = ''] = splitAt(pattern, `:${principal.type}/`);
  if (tail === '') return fits(pattern, `arn:aws:iam::${account}:${principal.type}/${principal.name}`);
  const name = tail.slice(tail.lastIndexOf('/') + 1);
  return (
    fits(name, principal.name) &&
    ['aws', 'aws-cn', 'aws-us-gov'].some((partition) => fits(head, `arn:${partition}:iam::${account}`))
  );
}

function splitAt(value: string, mark: string): [string, string] {
  const at = value.indexOf(mark);
  return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + mark.length)];
}
