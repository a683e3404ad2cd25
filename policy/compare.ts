// Two versions of a policy, or of everything that an identity has, side by side: what the change makes possible, in words.
import { capabilitiesOf } from './capabilities.ts';
import { compareEntrances } from './compare-entrances.ts';
import { accessIn, type Comparison, gainedIn, type Setting } from './comparison.ts';
import { type Difference, difference } from './difference.ts';
import { type Policy, parsePolicy } from './document.ts';
import { type Severity, shown } from './finding.ts';
import { type Gain, gainsOf, type Level } from './gain.ts';
import { interestOf } from './interest.ts';
import { isObject, list } from './shapes.ts';
import { type PolicyType, typeOf } from './type.ts';
import { isPlain } from './wildcard.ts';
import type { Gained, Identity } from './wording.ts';

/**
 * Compares documents of any shape. A document is a policy, or what an identity has: `{identityPolicies, boundary, scps}` as
 * in a simulation.
 */
export function comparePolicies(before: unknown, after: unknown, setting: Setting): Comparison {
  const [former, present] = [identityIn(before), identityIn(after)];
  const type = setting.type ?? typeOfAll([...former.policies, ...present.policies]);
  if (type === 'resource' || type === 'trust') return compareEntrances(former, present, type === 'trust', setting);
  return compareAccess(former, present, setting);
}

function typeOfAll(policies: readonly Policy[]): PolicyType {
  return policies.map(typeOf).find((each) => each !== 'identity') ?? 'identity';
}

function identityIn(value: unknown): Identity {
  const isBundle = isObject(value) && ('identityPolicies' in value || 'boundary' in value || 'scps' in value);
  if (!isBundle) return { policies: value === null ? [] : [parsePolicy(value)], ceilings: [] };
  const levels = list(value.scps).map((each) => list(each).map(parsePolicy));
  const boundary = value.boundary === undefined || value.boundary === null ? [] : [[parsePolicy(value.boundary)]];
  return { policies: list(value.identityPolicies).map(parsePolicy), ceilings: [...boundary, ...levels] };
}

function compareAccess(before: Identity, after: Identity, { account, now, catalogue }: Setting): Comparison {
  const change = difference(before, after, { interest: interestOf(catalogue), place: { account }, now });
  const gains = gainsOf(change);
  return {
    severity: gains[0] ? SEVERITIES[gains[0].level] : 'none',
    says: sentences(gains, change),
    allowed: change.allowed.map(accessIn),
    denied: change.withdrawn.map(accessIn),
    gained: gainedIn(capabilitiesOf(change.before.powers), capabilitiesOf(change.after.powers)),
  };
}

const SEVERITIES: { [level in Level]: Severity } = {
  admin: 'critical',
  escalation: 'high',
  wide: 'high',
  unknown: 'medium',
  broad: 'medium',
  limited: 'low',
  read: 'info',
  none: 'info',
};

function sentences(gains: readonly Gain[], { withdrawn }: Difference): string[] {
  const said = [...new Set(gains.map(({ says }) => `Can now ${says}.`))];
  const lost = withdrawn.map((each) => `Can no longer use ${lossOf(each)}.`);
  return [...(said.length > 0 ? said : ['No new access.']), ...lost];
}

/** A pattern that is not allowed as a whole any more may be allowed in part. */
function lossOf({ actions, resources }: Gained): string {
  const isPattern = !actions.every(isPlain);
  return `${isPattern ? 'all of ' : ''}${shown(actions)} on ${shown(resources)}`;
}
