// A change as it is stored: one reversible remediation on one target, and how far it has come.

import type { Call } from './operations.ts';
import type { State } from './remediation.ts';
import type { Factor } from './risk.ts';
import type { Target } from './target.ts';

/**
 * planned: the journal holds calls and undo, and they may be on their way; waiting: for a person; carried: the calls
 * were made, not yet seen to hold; refused: a precheck or guard objected; expired: nobody answered.
 */
export const CHANGE_STATES = [
  'planned',
  'waiting',
  'carried',
  'verified',
  'failed',
  'refused',
  'denied',
  'expired',
  'undone',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export type Change = {
  /** The incident's id, a dot, and six letters. */
  id: string;
  incident: string;
  finding: string;
  rule: string;
  remediation: string;
  account: string;
  region: string;
  target: Target;
  state: ChangeState;
  /** What is done, in words. */
  says: string;
  calls: Call[];
  undo: Call[];
  /** The target as it was when the change was planned, and as the change left it. */
  before: State;
  after: State;
  /** Why it stands where it stands. */
  reason: string;
  risk: number;
  factors: Factor[];
  /** How often somebody set out to carry it out, or to undo it. */
  attempts: number;
  /** The undo was begun and may be on its way. */
  undoing: boolean;
  /** Who is carrying it out, until when (ms): nobody else begins before that. */
  lease: { by: string; until: number } | null;
  /** When a waiting change expires, in ms. */
  expires: number | null;
  answer: { by: string; says: 'approved' | 'denied' | 'undone'; reason: string; at: number } | null;
  /** Ms since the epoch. */
  plannedAt: number;
};

/** The incident that a change id belongs to. */
export function incidentOf(change: string): string {
  return change.slice(0, change.lastIndexOf('.'));
}
