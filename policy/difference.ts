// What a change newly allows and what it takes away: before against after, of everything that an identity has.
import { type Access, accessOf, type Basis } from './access.ts';
import { type Powers, powersOf } from './capabilities.ts';
import { type Gained, type Identity, newsIn, wordingOf } from './wording.ts';

/** What an identity may do: how it is granted, and what it comes to. */
export type Side = { access: Access; powers: Powers };

export type Difference = {
  /** What is newly allowed, and what no longer. */
  allowed: Gained[];
  withdrawn: Gained[];
  before: Side;
  after: Side;
  /** Some document cannot be read as a whole. */
  isUnsure: boolean;
};

/** Compares what an identity may do. */
export function difference(before: Identity, after: Identity, basis: Basis): Difference {
  const [former, present] = [wordingOf(before), wordingOf(after)];
  return {
    allowed: newsIn(former, present).all,
    withdrawn: newsIn(present, former).all,
    before: sideOf(before, basis),
    after: sideOf(after, basis),
    isUnsure: [...after.policies, ...after.ceilings.flat()].some(({ problems }) => problems.length > 0),
  };
}

function sideOf({ policies, ceilings }: Identity, basis: Basis): Side {
  const limits = ceilings.map((each) => accessOf(each, basis));
  const access = accessOf(policies, basis, limits);
  return { access, powers: powersOf(access) };
}
