// What an event gives an identity: the difference between what it may do now and what it could do before, with everything
// else that it has, as far as that is known.
import type { Activity } from '../events/activity.ts';
import type { Basis } from '../policy/access.ts';
import { type Difference, difference } from '../policy/difference.ts';
import { type Policy, type PolicyDocument, parsePolicy } from '../policy/document.ts';
import { type Gain, gainsOf, LEVELS, opensHalf, UNKNOWN } from '../policy/gain.ts';
import { interestOf } from '../policy/interest.ts';
import { isKnownByName, managedGain } from '../policy/managed.ts';
import type { Identity } from '../policy/wording.ts';
import type { Held, Holdings } from './holdings.ts';
import { reference } from './reference.ts';
import type { Known } from './rule.ts';
import type { Membership } from './subject.ts';
import { type Former, nameOfPrincipal, type Principal } from './target.ts';

/** What changes for whom. */
export type Gains = {
  /** "bob", "role web", "whoever has it". */
  subject: string;
  /** The call was refused: it would have given this. */
  refused: boolean;
  /** From most to least; empty for no new access. */
  gains: Gain[];
  /** Something is not allowed any more. */
  narrows: boolean;
  /** Everything else that the identity may do is known. */
  isWhole: boolean;
  /** It opens half of a way to other permissions. */
  opensHalf: boolean;
};

/** What happens to one policy of an identity: its document before and after (null: none, undefined: not known). */
export type Step = { reference: string; former: Former; written: Former };

/** What the step gives the principal. */
export function gainsOfStep(principal: Principal, step: Step, activity: Activity, known: Known): Gains {
  return gainsFor(subjectOf(principal), known.holdings(principal), step, activity);
}

/**
 * What the step gives those who have a managed policy: the one who gains most. INVARIANT 8: somebody may have got the policy
 * since the snapshot, so what is nothing new to those who are known counts as new all the same.
 */
export function gainsOfHolders(policy: string, step: Omit<Step, 'reference'>, activity: Activity, known: Known): Gains {
  const each = known.holders(policy).map((holdings) => {
    const { principal } = holdings;
    return gainsFor(
      subjectOf(principal),
      holdings,
      { ...step, reference: reference.attached(principal, policy) },
      activity,
    );
  });
  const anybody = gainsFor('whoever has it', undefined, { ...step, reference: '' }, activity);
  const [worst = anybody] = [...each, anybody].sort((one, other) => rankOf(one) - rankOf(other));
  return worst;
}

/** What a document gives by itself: nobody has it yet. */
export function gainsOfDocument(document: PolicyDocument | undefined, activity: Activity): Gains {
  return gainsFor('whoever gets it', undefined, { reference: '', former: null, written: document }, activity);
}

/** What attaching a managed policy gives: of AWS's own some are known by their names, and for the rest that is all there is. */
export function gainsOfAttachment(principal: Principal, policy: string, activity: Activity, known: Known): Gains {
  const named = managedGain(policy);
  const written = known.document(reference.granted(policy)) ?? undefined;
  const step = { reference: reference.attached(principal, policy), former: null, written };
  if (!named || written) return gainsOfStep(principal, step, activity, known);
  const all = gainsOfStep(principal, { ...step, written: EVERYTHING }, activity, known);
  const gains = all.gains.length === 0 || named.level === 'none' ? [] : [named];
  return { ...all, gains, opensHalf: false };
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** The document to ask for, to know what a managed policy grants. */
export function documentsOfManaged(arn: string | undefined): string[] {
  return arn && !isKnownByName(arn) ? [reference.granted(arn)] : [];
}

/** What another boundary gives: what the identity has stays, and its limit changes. Undefined where too little is known. */
export function gainsOfBoundary(
  principal: Principal,
  boundary: Former,
  activity: Activity,
  known: Known,
): Gains | undefined {
  const holdings = known.holdings(principal);
  if (!holdings || holdings.boundary === undefined || boundary === undefined) return undefined;
  const before = identityOf(holdings, holdings.policies, []);
  const after = identityOf({ ...holdings, boundary }, holdings.policies, []);
  return summary(subjectOf(principal), difference(before, after, basisOf(activity)), holdings.isWhole, activity);
}

/** What joining a group, or leaving it, gives a user. Undefined where nobody knows what the group has. */
export function gainsOfMembership(
  { user, group }: Membership,
  member: boolean,
  activity: Activity,
  known: Known,
): Gains | undefined {
  const [own, joint] = [known.holdings(user), known.holdings(group)];
  if (!joint?.isWhole) return undefined;
  const policies = own?.policies ?? [];
  const others = policies.filter((each) => !joint.policies.some((one) => one.reference === each.reference));
  const together = [...others, ...joint.policies];
  const before = identityOf(own, (member ? policies : together).filter(isCertain), []);
  const after = identityOf(own, member ? together : others, []);
  return summary(subjectOf(user), difference(before, after, basisOf(activity)), own?.isWhole === true, activity);
}

/** INVARIANT 8: what came with an alarm is no reason to call the same again harmless; that it is there counts all the more. */
function gainsFor(
  subject: string,
  holdings: Holdings | undefined,
  { reference: ref, former, written }: Step,
  activity: Activity,
): Gains {
  const others = holdings?.policies.filter((each) => each.reference !== ref) ?? [];
  const had = holdings?.policies.filter((each) => each.reference === ref && isCertain(each)) ?? [];
  const before = identityOf(
    holdings,
    [...others.filter(isCertain), ...(former === undefined || former === null ? had : [])],
    former ? [former] : [],
  );
  const after = identityOf(holdings, others, written ? [written] : []);
  const found = summary(subject, difference(before, after, basisOf(activity)), holdings?.isWhole === true, activity);
  return written === undefined ? { ...found, gains: [UNKNOWN] } : found;
}

function isCertain({ alarmed }: Held): boolean {
  return !alarmed;
}

function identityOf(holdings: Holdings | undefined, held: readonly Held[], more: readonly PolicyDocument[]): Identity {
  const documents = [...held.map((each) => each.document).filter((each) => each !== undefined), ...more];
  const policies: Policy[] = documents.map(parsePolicy);
  return { policies, ceilings: holdings?.boundary ? [[parsePolicy(holdings.boundary)]] : [] };
}

function summary(subject: string, change: Difference, isWhole: boolean, { failed }: Activity): Gains {
  return {
    subject,
    refused: failed !== undefined,
    gains: gainsOf(change),
    narrows: change.withdrawn.length > 0,
    isWhole,
    opensHalf: opensHalf(change),
  };
}

function basisOf({ account, time }: Activity): Basis {
  return { interest: interestOf(undefined), place: { account }, now: time };
}

function rankOf({ gains }: Gains): number {
  return gains[0] ? LEVELS.indexOf(gains[0].level) : LEVELS.length;
}

function subjectOf(principal: Principal): string {
  if (principal.type === 'user') return principal.name;
  return principal.type === 'group' ? `whoever is in ${nameOfPrincipal(principal)}` : nameOfPrincipal(principal);
}
