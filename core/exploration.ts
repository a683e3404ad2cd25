// What rules about many questions in a short time share: one question, and whose sessions ask with little reason.
import type { Activity, Actor } from '../events/activity.ts';
import type { Factor } from './risk.ts';
import type { Match } from './rule.ts';
import { verb } from './subject.ts';

/** One question; undefined where a service asks, for itself or for somebody. */
export function questionIn(activity: Activity, factors: Factor[]): Match | undefined {
  const { kind, name, via } = activity.actor;
  if (kind === 'service' || via) return undefined;
  return {
    target: { kind: 'account' },
    because: `${name} ${verb(activity, 'called', 'call')} ${activity.name}`,
    factors,
  };
}

/** A question that was refused tells as much about who asks as one that was answered. */
export function askedFactor({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'counted', points: 30, because: 'that it was asked counts, whatever the answer' }] : [];
}

/** A session of a role on an EC2 instance is named after the instance. */
export function isOnInstance({ session }: Actor): boolean {
  return /^i-[0-9a-f]{8,17}$/.test(session?.name ?? '');
}
