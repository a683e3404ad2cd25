// One rule's match on one activity, judged: what is stored, printed and told.
import type { Activity, ActorKind } from '../events/activity.ts';
import { short } from './key.ts';
import type { Factor, Severity } from './risk.ts';
import type { Target } from './target.ts';

export const DECISIONS = ['observe', 'alert', 'approve', 'remediate'] as const;
export type DecisionName = (typeof DECISIONS)[number];

/** What to do, and the clauses that led there. */
export type Decision = { decision: DecisionName; because: string[] };

export type Finding = {
  /** Event id and rule: a second sight of the same event is the same finding. */
  id: string;
  eventId: string | null;
  rule: string;
  title: string;
  because: string;
  severity: Severity;
  /** 0-100. */
  risk: number;
  factors: Factor[];
  decision: DecisionName;
  reasons: string[];
  /** The remediation that could undo it, by id. */
  remedy: string | null;
  target: Target;
  actor: { id: string; kind: ActorKind; name: string };
  account: string;
  region: string;
  /** ISO 8601, from the record. */
  time: string;
  /** Milliseconds since the epoch, from the record. */
  at: number;
  event: { name: string; source: string; agent: string; failed: string | null };
  incident: string;
};

export function findingId(activity: Activity, rule: string): string {
  return `${short(activity.id)}/${rule}`;
}
