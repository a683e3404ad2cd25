// Which of the known ways to other permissions a set of policies completes.

import { type Access, NO_KEYS } from './access.ts';
import { areWithin, hasCommon } from './bits.ts';
import { type Grant, grantsOf, meets } from './grants.ts';
import { PATHS, type Path } from './paths.ts';
import type { Place } from './reach.ts';
import type { Keys, Values } from './scope.ts';

/** A path that is open: the grants of each action that it needs, and whether a suitable target must be there besides. */
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
  const grants: Grant[][] = [];
  const numbers = access.basis.interest.numbers[at] ?? [];
  for (const [step, number] of numbers.entries()) {
    const found = grantsFor(number, KEYS_OF[at]?.[step] ?? NO_KEYS, path, access);
    if (found.length === 0) return undefined;
    grants.push(found);
  }
  const shared = path.same ? together(grants, access.basis.place) : grants;
  return shared && { path, grants: shared, needsTarget: needsTarget(path, shared) };
}

/** Whoever may only do it to itself gains nobody else's access, but may well give itself more. */
function grantsFor(number: number, keys: Keys, path: Path, access: Access): Grant[] {
  const found = grantsOf(access, number, keys);
  return path.kind === 'principal-access' && found.some(isSelf) ? found.filter((each) => !isSelf(each)) : found;
}

function isSelf({ breadth }: Grant): boolean {
  return breadth === 'self';
}

/** A path about one principal: only what both its actions may be used on. */
function together([first = [], second = []]: Grant[][], place: Place): Grant[][] | undefined {
  const shared = first.filter((each) => second.some((other) => meets(each, other, place)));
  const others = second.filter((each) => shared.some((other) => meets(each, other, place)));
  return shared.length > 0 ? [shared, others] : undefined;
}

/** Something that carries a role must be there already, or who or what it works on is not for the asker to choose. */
function needsTarget({ kind, needs }: Path, grants: Grant[][]): boolean {
  if (kind === 'existing-passrole') return true;
  return needs.some((action, at) => isDecisive(action, kind) && isNamed(grants[at] ?? []));
}

function isNamed(grants: Grant[]): boolean {
  return grants.every((each) => each.breadth === 'named');
}

function isDecisive(action: string, kind: Path['kind']): boolean {
  return kind === 'new-passrole' ? action === 'iam:PassRole' : true;
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The same object for the same services, so that what was found for them is found again. */
function keysFor(action: string, { passedTo }: Path): Keys {
  if (action !== 'iam:PassRole') return KEYS.get(action) ?? NO_KEYS;
  const known = PASSED.get(passedTo.join());
  const keys = known ?? { 'iam:passedtoservice': among(passedTo) };
  PASSED.set(passedTo.join(), keys);
  return keys;
}

const PASSED = new Map<string, Keys>();

function among(samples: readonly string[]): Values {
  return { absent: false, accepts: (each) => samples.includes(each.toLowerCase()), samples };
}

/** A boundary that is no limit, or none: whoever may only write to principals behind a boundary gains nothing by it. */
const UNBOUND: Values = {
  absent: true,
  accepts: (each) => /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/.test(each),
  samples: [ADMINISTRATOR],
};

/** A policy that gives power, or one of the account's own, of which nothing is known. */
const POWERFUL: Values = {
  absent: false,
  accepts: (each) =>
    /^arn:aws[a-z-]*:iam::(\d{12}:policy\/.*|aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess))$/.test(
      each,
    ),
  samples: [ADMINISTRATOR, 'arn:aws:iam::000000000000:policy/guardrail-any'],
};

const WRITING = { 'iam:permissionsboundary': UNBOUND };
const ATTACHING = { ...WRITING, 'iam:policyarn': POWERFUL };

const KEYS: ReadonlyMap<string, Keys> = new Map<string, Keys>([
  ['iam:AttachUserPolicy', ATTACHING],
  ['iam:AttachRolePolicy', ATTACHING],
  ['iam:AttachGroupPolicy', { 'iam:policyarn': POWERFUL }],
  ['iam:PutUserPolicy', WRITING],
  ['iam:PutRolePolicy', WRITING],
]);

/** For each action of each path what the keys of its request can be. */
const KEYS_OF: readonly (readonly Keys[])[] = PATHS.map((path) => path.needs.map((each) => keysFor(each, path)));
