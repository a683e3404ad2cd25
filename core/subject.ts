// What the rules read out of IAM requests in the same way: which principal is meant, and whether it is the actor itself.
import type { Activity } from '../events/activity.ts';
import { isFields, text } from '../events/fields.ts';
import type { Factor } from './risk.ts';
import type { Principal, Target } from './target.ts';

/** The user, group or role that an IAM request names; IAM takes the caller's own user where it names none. */
export function principalIn(activity: Activity): Principal | undefined {
  const user = text(activity.request, 'userName');
  const role = text(activity.request, 'roleName');
  const group = text(activity.request, 'groupName');
  if (role) return { type: 'role', name: role };
  if (group && !user) return { type: 'group', name: group };
  return user ? { type: 'user', name: user } : undefined;
}

/** A user, and a group that it is in, or was. */
export type Membership = { user: Principal; group: Principal };

/** The membership that an IAM request is about. */
export function membershipIn({ request }: Activity): Membership | undefined {
  const [user, group] = [text(request, 'userName'), text(request, 'groupName')];
  return user && group ? { user: { type: 'user', name: user }, group: { type: 'group', name: group } } : undefined;
}

/**
 * The user that a credential call is about: the one that the request or IAM's answer names, else the caller; undefined
 * where the record hides it.
 */
function userIn(activity: Activity): string | undefined {
  const named = text(activity.request, 'userName') ?? namedInAnswer(activity);
  if (named || activity.hidden.includes('requestParameters')) return named;
  return activity.actor.kind === 'user' ? activity.actor.name : undefined;
}

/** Whose credential a call is about. `user` is undefined for root's own, and where the record does not name it. */
export type Owner = { user: string | undefined; own: boolean; says: string };

/** The owner of the credential; root's own is the one for which root names no user. */
export function ownerIn(activity: Activity): Owner {
  if (activity.actor.kind === 'root' && !text(activity.request, 'userName'))
    return { user: undefined, own: true, says: 'itself' };
  const user = userIn(activity);
  if (!user) return { user, own: false, says: 'a user that the record does not name' };
  return isSelf(activity, { type: 'user', name: user })
    ? { user, own: true, says: 'themselves' }
    : { user, own: false, says: user };
}

/** "their own access key AKIA…", "access key AKIA… of bob". */
export function owned(owner: Owner, thing: string): string {
  return owner.own ? `their own ${thing}` : `${thing} of ${owner.says}`;
}

/** The owner as a target; the account where it is root or not known. */
export function ownerTarget({ user }: Owner): Target {
  return user ? { kind: 'principal', principal: { type: 'user', name: user } } : { kind: 'account' };
}

/** The factor for what is done to another user's credentials. */
export function otherFactor(owner: Owner, points: number, because: string): Factor[] {
  if (owner.own) return [];
  return [{ id: 'other', points, because: owner.user ? because : 'the record does not show whose it is' }];
}

/** The principal is the one who acts. */
export function isSelf(activity: Activity, principal: Principal): boolean {
  const { kind, name, id } = activity.actor;
  if (principal.type === 'user') return kind === 'user' && name === principal.name;
  return (
    principal.type === 'role' && (kind === 'role' || kind === 'identity-center') && id.endsWith(`/${principal.name}`)
  );
}

/** "tried to" where the call failed: so that a sentence never says that something was done which was not. */
export function verb(activity: Activity, done: string, tried: string): string {
  return activity.failed ? `tried to ${tried}` : done;
}

/** `{ accessKey: { userName } }`, `{ loginProfile: { userName } }`: IAM answers with the thing and its user. */
function namedInAnswer(activity: Activity): string | undefined {
  const things = Object.values(activity.response).filter(isFields);
  return things.map((each) => text(each, 'userName')).find((each) => each !== undefined);
}

/** A resource as a target; the account where the record does not name it. `type`: "bucket", "KMS key". */
export function resourceTarget(type: string, name: string | undefined): Target {
  return name ? { kind: 'resource', type, name } : { kind: 'account' };
}

/** "bucket reports", or "a bucket that the record does not name". */
export function called(type: string, name: string | undefined): string {
  return name ? `${type} ${name}` : `${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type} that the record does not name`;
}
