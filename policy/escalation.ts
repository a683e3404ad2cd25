// Which of the known ways to other permissions a set of policies completes.

import { type Access, allowedMaybe, type Grant, grantsOf, meets, NO_KEYS } from './access.ts';
import { areWithin } from './bits.ts';
import { PATHS, type Path } from './paths.ts';
import type { Keys, Values } from './scope.ts';

/** A path that is open: the grants of each action that it needs, and whether a suitable target must be there besides. */
export type Open = { path: Path; grants: Grant[][]; needsTarget: boolean };

/** The paths that the policies complete, in the order of the catalogue. */
export function openPaths(access: Access): Open[] {
  const maybe = allowedMaybe(access);
  const found: Open[] = [];
  for (const [at, path] of PATHS.entries()) {
    const needs = access.interest.paths[at];
    const open = needs && areWithin(needs, maybe) ? opening(path, access) : undefined;
    if (open) found.push(open);
  }
  return found;
}

function opening(path: Path, access: Access): Open | undefined {
  const grants: Grant[][] = [];
  for (const { action, keys } of stepsOf(path)) {
    const found = grantsFor(action, keys, path, access);
    if (found.length === 0) return undefined;
    grants.push(found);
  }
  const shared = path.same ? together(path, grants) : grants;
  return shared && { path, grants: shared, needsTarget: needsTarget(path, shared) };
}

/** Whoever may only do it to itself gains nobody else's access, but may well give itself more. */
function grantsFor(action: string, keys: Keys, path: Path, access: Access): Grant[] {
  const number = access.interest.number.get(action);
  if (number === undefined) return [];
  const found = grantsOf(access, number, keys);
  return path.kind === 'principal-access' ? found.filter((each) => each.breadth !== 'self') : found;
}

/** A path about one principal: only what all its IAM actions may be used on. */
function together(path: Path, grants: Grant[][]): Grant[][] | undefined {
  const [first = [], second = []] = grants;
  const shared = first.filter((each) => second.some((other) => meets(each, other)));
  const others = second.filter((each) => shared.some((other) => meets(each, other)));
  return shared.length > 0 && path.same ? [shared, others] : undefined;
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

/** One action of a path, in lower case, and what the keys of its request can be. */
type Step = { action: string; keys: Keys };

function stepsOf(path: Path): readonly Step[] {
  const known = STEPS.get(path);
  if (known) return known;
  const steps = path.needs.map((each) => ({ action: each.toLowerCase(), keys: keysFor(each, path) }));
  STEPS.set(path, steps);
  return steps;
}

const STEPS = new Map<Path, readonly Step[]>();

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
