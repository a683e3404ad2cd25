// INVARIANT 4: protected principals are never touched automatically.
import type { Activity } from '../events/activity.ts';
import { fitsArn, patternsOf, segmentsOf } from '../policy/arn.ts';
import { fits } from '../policy/wildcard.ts';
import type { Limit } from './decide.ts';
import type { Settings } from './settings.ts';
import { nameOfPrincipal, type Principal, principalsOf, type Target } from './target.ts';

/** The guardrail's roles, by their exact names: a prefix would protect whatever an attacker names so. */
export const OWN_ROLES = ['detect', 'respond', 'sweep', 'remediation'].map((each) => `iam-guardrail-${each}`);

/** The role in each account that changes are carried out with. */
export const REMEDIATION_ROLE = 'iam-guardrail-remediation';

/** What protection makes of a change on the target, after what the actor did. */
export function protection(target: Target, activity: Activity, settings: Settings): Limit[] {
  const targets = principalsOf(target).map((each) => whyProtected(each, activity, settings));
  const actor = settings.protected.find((pattern) => fitsArn(pattern, activity.actor.id));
  return [...targets, actor && `${activity.actor.name} is protected in the settings, and did this`]
    .filter((each) => each !== undefined)
    .map((because) => ({ most: 'approve', because }));
}

/** Why the principal is protected, or undefined. */
function whyProtected(principal: Principal, activity: Activity, settings: Settings): string | undefined {
  const name = nameOfPrincipal(principal);
  if (principal.type === 'role' && OWN_ROLES.includes(principal.name)) return `${name} is the guardrail's own`;
  if (isServices(principal, activity)) return `${name} belongs to an AWS service and cannot be edited`;
  return whyProtectedInSettings(principal, activity.account, settings);
}

/** The pattern of the settings that protects the principal, in a clause; undefined where none does. */
export function whyProtectedInSettings(principal: Principal, account: string, settings: Settings): string | undefined {
  const pattern = settings.protected.find((each) => coversPrincipal(each, principal, account));
  return pattern && `${nameOfPrincipal(principal)} is protected in the settings (${pattern})`;
}

// IAM lets nobody but their service edit service-linked roles and those of Identity Center: a call that somebody else made
// and that succeeded was on a look-alike, whatever its name.
function isServices({ type, name }: Principal, { actor }: Activity): boolean {
  const byService =
    actor.kind === 'service' ||
    (actor.kind === 'role' && segmentsOf(actor.id)[5]?.startsWith('role/aws-service-role/'));
  return type === 'role' && /^AWS(ServiceRoleFor|ReservedSSO_)/.test(name) && byService === true;
}

// Events name principals without their path; a pattern with a path still has to cover them.
function coversPrincipal(pattern: string, { type, name }: Principal, account: string): boolean {
  const segments = patternsOf(pattern);
  const resource = segments[5] ?? '';
  const last = resource.slice(resource.lastIndexOf('/') + 1);
  const typed = resource === '*' || fits(resource.slice(0, resource.indexOf('/')), type);
  return typed && fits(last, name) && fits(segments[4] ?? '', account) && fits(segments[2] ?? '', 'iam');
}
