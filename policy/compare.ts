// Two versions of a policy, or of everything that an identity has, side by side: what the change makes possible, in words.
import type { Capabilities } from './capabilities.ts';
import { capabilitiesOf, NO_CAPABILITIES } from './capabilities.ts';
import type { Catalogue } from './catalogue.ts';
import { type Difference, difference, type Gained, type Identity, newlyAllowed } from './difference.ts';
import { type Policy, parsePolicy } from './document.ts';
import { type Entrance, entrancesOf } from './exposure.ts';
import type { Severity } from './finding.ts';
import { shown } from './finding.ts';
import { type Gain, gainsOf, type Level } from './gain.ts';
import { areImplied } from './implication.ts';
import { interestOf } from './interest.ts';
import { isReading } from './reading.ts';
import { isObject, list } from './shapes.ts';
import { type PolicyType, typeOf } from './type.ts';
import { isPlain } from './wildcard.ts';

/** Actions on resources, as the documents write them. */
export type Access = { actions: string[]; resources: string[] };

export type Comparison = {
  severity: Severity | 'none';
  /** Sentences, the worst first. */
  says: string[];
  allowed: Access[];
  denied: Access[];
  /** What is possible now and was not before. */
  gained: Capabilities;
};

/** What is known besides. `type` is undefined where the documents tell it. */
export type Setting = {
  type: PolicyType | undefined;
  account: string | undefined;
  now: number;
  catalogue: Catalogue | undefined;
};

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

function accessIn({ actions, resources }: Gained): Access {
  return { actions, resources };
}

function gainedIn(before: Capabilities, after: Capabilities): Capabilities {
  const fresh = (present: string[], former: string[]) => present.filter((each) => !former.includes(each));
  const paths = fresh(after.privilegeEscalation, before.privilegeEscalation);
  return {
    admin: after.admin && !before.admin,
    privilegeEscalation: paths,
    targetDependent: paths.filter((each) => after.targetDependent.includes(each)),
    public: after.public && !before.public,
    crossAccount: fresh(after.crossAccount, before.crossAccount),
    dataAccess: after.dataAccess && !before.dataAccess,
    credentialExposure: after.credentialExposure && !before.credentialExposure,
    resourceExposure: after.resourceExposure && !before.resourceExposure,
  };
}

function compareEntrances(before: Identity, after: Identity, isTrust: boolean, setting: Setting): Comparison {
  const [former, present] = [waysIn(before, setting), waysIn(after, setting)];
  const opened = present.filter((each) => !former.some((one) => isAsOpen(one, each)));
  const allowed = newlyAllowed(before, after);
  const withdrawn = newlyAllowed(after, before);
  const said = opened.map((each) => entranceSays(each, isTrust));
  const more = allowed.length > 0 && said.length === 0 ? allowed.map((each) => moreSays(each, isTrust)) : [];
  const lost = withdrawn.map(
    (each) => `No longer for ${whoIn(each)}: ${isTrust ? 'assuming the role' : shown(each.actions)}.`,
  );
  const isUnsure = after.policies.some(({ problems }) => problems.length > 0);
  const unsure = isUnsure ? ['The new policy cannot be read as a whole: what it allows is not certain.'] : [];
  const news = [...new Set([...said, ...more, ...unsure])];
  return {
    severity: severityOf(opened, allowed.length > 0, isUnsure),
    says: [...(news.length > 0 ? news : ['No new access.']), ...new Set(lost)],
    allowed: allowed.map(accessIn),
    denied: withdrawn.map(accessIn),
    gained: gainedIn(exposedBy(former), exposedBy(present)),
  };
}

function waysIn({ policies }: Identity, { account, now }: Setting): Entrance[] {
  return policies.flatMap((each) => entrancesOf(each, account, now));
}

/** Whoever comes in by the one came in by the other, for as much and under no stricter conditions. */
function isAsOpen(former: Entrance, present: Entrance): boolean {
  if (former.kind !== present.kind) return false;
  if (former.kind === 'account' && present.kind === 'account' && former.principal !== present.principal) return false;
  return areImplied(former.statement.conditions, present.statement.conditions);
}

function exposedBy(entrances: readonly Entrance[]): Capabilities {
  const others = entrances.flatMap((each) => (each.kind === 'account' ? [each.principal] : []));
  return {
    ...NO_CAPABILITIES,
    public: entrances.some(({ kind }) => kind === 'public'),
    crossAccount: [...new Set(others)],
  };
}

function severityOf(opened: readonly Entrance[], isMore: boolean, isUnsure: boolean): Comparison['severity'] {
  if (opened.some(({ kind }) => kind === 'public')) return 'critical';
  if (opened.some(({ kind }) => kind === 'account')) return 'high';
  if (opened.length > 0 || isUnsure) return 'medium';
  return isMore ? 'low' : 'none';
}

function entranceSays(entrance: Entrance, isTrust: boolean): string {
  const use = useOf(entrance.statement.written, isTrust);
  switch (entrance.kind) {
    case 'public':
      return isTrust
        ? 'Everyone may assume the role.'
        : `${abilityOf(entrance.statement.written)} by everyone (${shown(entrance.statement.written)}).`;
    case 'account':
      return `${entrance.principal} of another account may ${use}.`;
    case 'organization':
      return `Everybody in ${shown(entrance.organizations)} may ${use}.`;
    case 'somewhere':
      return `Whoever comes with ${shown(entrance.conditions.flatMap(({ values }) => values))} may ${use}.`;
    case 'deputy':
      return `${shown(entrance.services)} may ${use}, for whomever it works.`;
  }
}

function abilityOf(actions: readonly string[]): string {
  return actions.every(isReading) ? 'Readable' : 'Readable and writable';
}

function useOf(actions: readonly string[], isTrust: boolean): string {
  return isTrust ? 'assume the role' : `use ${shown(actions)}`;
}

function moreSays(gained: Gained, isTrust: boolean): string {
  return `${whoIn(gained)} may now ${useOf(gained.actions, isTrust)}${isTrust ? '' : ` on ${shown(gained.resources)}`}.`;
}

function whoIn({ statement }: Gained): string {
  const names = statement.principals.map(({ name }) => (name === '*' ? 'everyone' : name));
  return names.length > 0 ? shown(names) : 'everybody but a few';
}
