// What the rules read out of IAM requests in the same way: which principal is meant, and whether it is the actor itself.
import type { Activity } from '../events/activity.ts';
import { text } from '../events/fields.ts';
import type { Principal } from './target.ts';

/** The user, group or role that an IAM request names; IAM takes the caller's own user where it names none. */
export function principalIn(activity: Activity): Principal | undefined {
  const user = text(activity.request, 'userName');
  const role = text(activity.request, 'roleName');
  const group = text(activity.request, 'groupName');
  if (role) return { type: 'role', name: role };
  if (group && !user) return { type: 'group', name: group };
  return user ? { type: 'user', name: user } : undefined;
}

/** The user that a credential call is about: the one named, else the caller. */
export function userIn(activity: Activity): string | undefined {
  return text(activity.request, 'userName') ?? (activity.actor.kind === 'user' ? activity.actor.name : undefined);
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
