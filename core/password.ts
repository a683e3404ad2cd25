// What a console password means, by who sets it for whom.
import type { Activity } from '../events/activity.ts';
import type { Factor } from './risk.ts';
import { type Owner, otherFactor } from './subject.ts';

/** The factors for setting a console password; IAM's `ChangePassword`, which asks for the old one, is no such case. */
export function passwordFactors(activity: Activity, owner: Owner): Factor[] {
  if (owner.own) return fromKey(activity);
  return otherFactor(owner, 35, `the password is another user's: whoever set it can sign in as ${owner.user}`);
}

function fromKey(activity: Activity): Factor[] {
  if (!activity.actor.longTerm) return [];
  return [{ id: 'key', points: 10, because: 'an access key set it: a stolen key becomes a console session' }];
}
