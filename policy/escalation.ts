// Which of the known ways to other permissions a set of policies completes.

import type { Access } from './access.ts';
import { areWithin, hasCommon } from './bits.ts';
import { type Grant, grantsOf, touching } from './grants.ts';
import type { Step } from './interest.ts';
import { PATHS, type Path } from './paths.ts';
import type { Place } from './reach.ts';

/**
 * A path that is open: the grants of each of its steps, and whether something suitable must be there: what carries a role
 * already, or who or what the asker is not free to choose.
 */
export type Open = { path: Path; grants: Grant[][]; needsTarget: boolean };

/** The paths that the policies complete, in the order of the catalogue. */
export function openPaths(access: Access): Open[] {
  const { interest } = access.basis;
  const found: Open[] = [];
  if (!hasCommon(access.maybe, interest.steps)) return found;
  for (const [at, path] of PATHS.entries()) {
    const needs = interest.paths[at];
    const open = needs && areWithin(needs, access.maybe) ? opening(path, at, access) : undefined;
    if (open) found.push(open);
  }
  return found;
}

function opening(path: Path, at: number, access: Access): Open | undefined {
  const { interest, place } = access.basis;
  const steps = interest.sequences[at] ?? [];
  const grants: Grant[][] = [];
  for (const step of steps) {
    const found = grantsFor(step, path, access);
    if (found.length === 0) return undefined;
    grants.push(found);
  }
  const shared = steps.map(({ sharing }, step) => together(grants, step, sharing, place));
  if (shared.some((each) => each.length === 0)) return undefined;
  const { passRole } = interest;
  const decisive = path.kind === 'new-passrole' ? shared.filter((_, step) => steps[step]?.number === passRole) : shared;
  return { path, grants: shared, needsTarget: path.kind === 'existing-passrole' || decisive.some(isNamed) };
}

/** Whoever may only do it to itself gains nobody else's access, but may well give itself more. */
function grantsFor({ number, keys }: Step, path: Path, access: Access): Grant[] {
  const found = grantsOf(access, number, keys);
  return path.kind === 'principal-access' && found.some(isSelf) ? found.filter((each) => !isSelf(each)) : found;
}

function isSelf({ breadth }: Grant): boolean {
  return breadth === 'self';
}

/** Of a step that works on the same resource as others only the grants that share one with each of those. */
function together(grants: readonly Grant[][], step: number, sharing: readonly number[], place: Place): Grant[] {
  return sharing.reduce((left, each) => touching(left, grants[each] ?? [], place), grants[step] ?? []);
}

function isNamed(grants: Grant[]): boolean {
  return grants.every((each) => each.breadth === 'named');
}
