// The shape of a remediation: one reversible change, told in data.
import type { Call, Read, ReadName, WriteName } from './operations.ts';
import type { Target, TargetKind } from './target.ts';

/** What `observe` saw, as plain JSON: compared, stored and shown. `null`: the thing does not exist. */
export type State = { readonly [key: string]: Json } | null;
export type Json = string | number | boolean | null | Json[] | { readonly [key: string]: Json };

export type Plan = {
  /** What will be done, in words. */
  says: string;
  apply: Call[];
  /** Why a person should look first, though the plan is sound: it rests on a guess. */
  doubt?: string;
  /** Puts the observed state back; empty where that cannot be done, and then a person is asked. */
  undo: Call[];
};

/**
 * A remediation for one kind of target. The executor runs observe, precheck, plan, journal, apply, observe, verify,
 * journal; `apply` and `undo` hold calls that may be repeated without a second effect.
 */
export type Remediation<Kind extends TargetKind = TargetKind, Seen extends State = State> = {
  /** Equals the file name. */
  id: string;
  title: string;
  /** What it does to the people who depend on the target, in a paragraph. */
  why: string;
  target: Kind;
  /** `undo`: takes back what the event did. `contain`: takes away more than that, so the last administrator is looked for. */
  reach: 'undo' | 'contain';
  /** Every operation that observe, apply and undo use: the member role's permissions are generated from it. */
  needs: (ReadName | WriteName)[];
  observe(target: Target<Kind>, read: Read): Promise<Seen | null>;
  /** Why it must not be done, or undefined. `null` (the thing is gone) never gets this far. */
  precheck(seen: Seen, target: Target<Kind>): string | undefined;
  plan(seen: Seen, target: Target<Kind>): Plan;
  /** The state is what the plan wanted. */
  verify(seen: Seen | null, target: Target<Kind>): boolean;
  examples: { [title: string]: RemediationExample<Kind, Seen> };
};

/** A state, and what the remediation makes of it: the sentence of its plan, or the reason not to. */
export type RemediationExample<Kind extends TargetKind, Seen extends State> = {
  target: Target<Kind>;
  seen: Seen;
  says?: string;
  refuses?: string;
};

/** Types a remediation's parts by its target kind, then forgets them, so that rules and lists hold all alike. */
export function remediation<Kind extends TargetKind, Seen extends State>(unit: Remediation<Kind, Seen>): Remediation {
  return unit as unknown as Remediation;
}
