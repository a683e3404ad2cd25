// How much a change gives, in one level and in words: "pass any role to Lambda and so become any role that Lambda may take".
import type { Access } from './access.ts';
import { passingTo } from './asking.ts';
import { areWithin, hasBit, hasCommon, removeBit } from './bits.ts';
import type { Difference } from './difference.ts';
import type { Statement } from './document.ts';
import type { Open } from './escalation.ts';
import { shown } from './finding.ts';
import { type Grant, isWide, wideGrant } from './grants.ts';
import { ANYTHING, bitsIn, type Interest } from './interest.ts';
import { isOfIam } from './paths.ts';
import { RUNS_CODE } from './powers.ts';
import { isEverything } from './reach.ts';
import { isReading } from './reading.ts';
import type { Gained } from './wording.ts';
import { wordsFor } from './words.ts';

/** From most to least. `none` grants nothing (only denies); `unknown` could not be read. */
export const LEVELS = ['admin', 'escalation', 'wide', 'unknown', 'broad', 'limited', 'read', 'none'] as const;
export type Level = (typeof LEVELS)[number];

/** A level, and what it comes to, after "can now": "do everything on every resource". */
export type Gain = { level: Level; says: string };

export const UNKNOWN: Gain = { level: 'unknown', says: 'do what the guardrail could not read' };

/** What the change gives, from most to least; empty where it gives nothing. */
export function gainsOf(change: Difference): Gain[] {
  const { before, after, allowed, isUnsure } = change;
  const beyond = [...pathGains(change), ...wholeGain(change), ...powerGains(change), ...halfGains(change)];
  const gains = [
    ...adminGain(change),
    ...(after.powers.admin ? [] : beyond),
    ...(isUnsure ? [UNKNOWN] : []),
    ...(before.powers.admin?.isEverything ? [] : allowed.map((each) => plainGain(each, after.access))),
  ];
  return gains.sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

function adminGain({ before, after }: Difference): Gain[] {
  const [former, present] = [before.powers.admin, after.powers.admin];
  if (!present || former?.isEverything || (former && !present.isEverything)) return [];
  const says = present.isEverything
    ? 'do everything on every resource'
    : 'give itself and others any permission (it has IAM as a whole)';
  return [{ level: 'admin', says }];
}

/** Paths that were closed before, or reached less. */
function pathGains({ before, after }: Difference): Gain[] {
  const opened = after.powers.paths.filter((each) => !before.powers.paths.some((one) => isAsWide(one, each)));
  return opened.map((each) => ({ level: levelOf(each), says: wordsFor(each) }));
}

function isAsWide(former: Open, present: Open): boolean {
  return former.path === present.path && targets(former) >= targets(present);
}

/** How many targets the path reaches: all of them, or so many that are named. */
function targets({ grants }: Open): number {
  const counts = grants.map((each) => (each.some(isWide) ? Infinity : each.length));
  return Math.min(...counts);
}

function levelOf({ path, needsTarget, grants }: Open): Level {
  const isNamed = grants.some((each) => each.every(({ breadth }) => breadth === 'named'));
  if (isNamed) return path.needs.every((each) => each.startsWith('iam:')) ? 'broad' : 'limited';
  if (path.id === 'sts-001') return 'wide';
  return needsTarget || !isOfIam(path) ? 'broad' : 'escalation';
}

/** Everything but what makes an administrator. */
function wholeGain({ before, after }: Difference): Gain[] {
  const grant = wide(after.access, ANYTHING);
  if (!grant || wide(before.access, ANYTHING)) return [];
  const { notActions, written } = grant.statement;
  return [{ level: 'wide', says: `do everything but ${notActions.length > 0 ? shown(written) : 'what is denied'}` }];
}

function powerGains({ before, after }: Difference): Gain[] {
  const gain = (power: 'secrets' | 'exposures' | 'data', level: Level, says: string): Gain[] => {
    const found = after.powers[power];
    return found && !before.powers[power] ? [{ level, says: `${says} (${shown(found.by)})` }] : [];
  };
  return [
    ...gain('secrets', 'broad', 'read every secret of a kind'),
    ...gain('exposures', 'broad', 'change who may reach any resource of a kind'),
    ...gain('data', 'limited', 'read the content of every data store of a kind'),
  ];
}

/** Actions that lead on together with others; the first needs something that takes the role. */
const HALVES: readonly (readonly [action: string, says: string])[] = [
  ['iam:passrole', 'pass any role to a service, which is half of the way to its permissions'],
  ['iam:setdefaultpolicyversion', 'bring back any old version of a policy'],
  ['iam:deleteuserpermissionsboundary', 'lift the limits of any user'],
  ['iam:deleterolepermissionsboundary', 'lift the limits of any role'],
];

/** A role is passed to what runs code with it. */
const TO_CODE = passingTo(
  (each) => RUNS_CODE.has(each.split('.')[0]?.toLowerCase() ?? ''),
  ['lambda.amazonaws.com', 'ec2.amazonaws.com'],
);

/** Halves of ways that the change adds, where the way as a whole is not told already. */
function halfGains({ before, after }: Difference): Gain[] {
  const isPassing = after.powers.paths.some(({ path }) => path.passedTo.length > 0);
  const halves = isPassing ? HALVES.slice(1) : HALVES;
  const added = halves.filter(([action]) => wide(after.access, action) && !wide(before.access, action));
  return added.map(([, says]) => ({ level: 'wide', says }));
}

/** The grant of the action on everything of its kind. */
function wide(access: Access, action: string): Grant | undefined {
  const { numbers, passRole } = access.basis.interest;
  const [found] = numbers.get(action) ?? [];
  return found === undefined ? undefined : wideGrant(access, found, found === passRole ? TO_CODE : undefined);
}

/** What is newly allowed, by how it is written. */
function plainGain(gained: Gained, { basis, ceilings }: Access): Gain {
  const { actions, resources, statement } = gained;
  const says = `use ${useOf(gained)}${ceilings.length > 0 ? ', as far as its limits allow' : ''}`;
  if (actions.every(isReading) && !opensSecrets(statement, basis.interest)) return { level: 'read', says };
  const isWhole = actions.some((each) => /:\*+$|^\*+$/.test(each));
  return { level: isWhole && resources.some(isEverything) ? 'broad' : 'limited', says };
}

function useOf({ actions, resources, statement: { notActions, notResources, written } }: Gained): string {
  const used = notActions.length > 0 ? `everything but ${shown(written)}` : shown(actions);
  return `${used} on ${notResources.length > 0 ? `all but ${shown(notResources)}` : shown(resources)}`;
}

function opensSecrets(statement: Statement, interest: Interest): boolean {
  const bits = bitsIn(statement, interest);
  return bits !== undefined && hasCommon(bits, interest.secrets);
}

/** All but `iam:PassRole` of a way to other permissions is newly there: with that, which may come from elsewhere, it is open. */
export function opensHalf({ before, after }: Difference): boolean {
  const { interest } = after.access.basis;
  const { passRole } = interest;
  const [had, has] = [before.access.maybe, after.access.maybe];
  if (hasBit(has, passRole)) return false;
  return interest.paths.some((needs) => {
    const rest = needs.slice();
    if (!hasBit(rest, passRole)) return false;
    removeBit(rest, passRole);
    return areWithin(rest, has) && !areWithin(rest, had);
  });
}
