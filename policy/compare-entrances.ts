// Two versions of the policy of a resource or of a role's trust, side by side: who gets in now and did not before.
import { type Capabilities, NO_CAPABILITIES } from './capabilities.ts';
import { accessIn, type Comparison, gainedIn, type Setting } from './comparison.ts';
import { type Gained, type Identity, newlyAllowed } from './difference.ts';
import type { Principal, Statement } from './document.ts';
import { type Entrance, entrancesOf } from './exposure.ts';
import { shown } from './finding.ts';
import { isReading } from './reading.ts';
import { overlaps } from './wildcard.ts';

/** A way in, and what it newly opens. */
type Opened = { entrance: Entrance; actions: string[] };

/** Compares who may use a resource, or (`isTrust`) assume a role. */
export function compareEntrances(before: Identity, after: Identity, isTrust: boolean, setting: Setting): Comparison {
  const [former, present] = [waysIn(before, setting), waysIn(after, setting)];
  const opened = present
    .map((entrance) => ({ entrance, actions: newlyAllowedBy(entrance, before, after) }))
    .filter(({ actions }) => actions.length > 0);
  const told = new Set(opened.map(({ entrance }) => entrance.statement));
  const allowed = newlyAllowed(before, after);
  const withdrawn = newlyAllowed(after, before);
  const isUnsure = after.policies.some(({ problems }) => problems.length > 0);
  const news = [
    ...opened.map((each) => entranceSays(each, isTrust)),
    ...allowed.filter(({ statement }) => !told.has(statement)).map((each) => moreSays(each, isTrust)),
    ...(isUnsure ? ['The new policy cannot be read as a whole: what it allows is not certain.'] : []),
  ];
  const lost = withdrawn.map((each) => lossSays(each, before, after, isTrust));
  return {
    severity: severityOf(opened, allowed.length > 0, isUnsure),
    says: [...(news.length > 0 ? new Set(news) : ['No new access.']), ...new Set(lost)],
    allowed: allowed.map(accessIn),
    denied: withdrawn.map(accessIn),
    gained: gainedIn(exposedBy(former), exposedBy(present)),
  };
}

function waysIn({ policies }: Identity, { account, now }: Setting): Entrance[] {
  return policies.flatMap((each) => entrancesOf(each, account, now));
}

/** What whoever comes in by the entrance may do now and might not before. */
function newlyAllowedBy(entrance: Entrance, before: Identity, after: Identity): string[] {
  const { statement } = entrance;
  const own = statement.principals.filter(({ kind, name }) =>
    entrance.kind === 'account' ? name === entrance.principal : entrance.kind !== 'deputy' || kind === 'Service',
  );
  return newlyAllowedFor(own.length > 0 ? own : statement.principals, statement, before, after);
}

/** What the statement newly allows some of those whom it names. */
function newlyAllowedFor(
  principals: Principal[],
  statement: Statement,
  before: Identity,
  { policies, ceilings }: Identity,
): string[] {
  const [first] = policies;
  if (!first) return [];
  const denials = policies.flatMap((each) => each.statements).filter(({ effect }) => effect === 'Deny');
  const alone = { ...first, statements: [{ ...statement, principals }, ...denials] };
  return newlyAllowed(before, { policies: [alone], ceilings }).flatMap(({ actions }) => actions);
}

function exposedBy(entrances: readonly Entrance[]): Capabilities {
  const others = entrances.flatMap((each) => (each.kind === 'account' ? [each.principal] : []));
  return {
    ...NO_CAPABILITIES,
    public: entrances.some(({ kind }) => kind === 'public'),
    crossAccount: [...new Set(others)],
  };
}

function severityOf(opened: readonly Opened[], isMore: boolean, isUnsure: boolean): Comparison['severity'] {
  const kinds = opened.map(({ entrance }) => entrance.kind);
  if (kinds.includes('public')) return 'critical';
  if (kinds.includes('account')) return 'high';
  if (opened.length > 0 || isUnsure) return 'medium';
  return isMore ? 'low' : 'none';
}

function entranceSays({ entrance, actions }: Opened, isTrust: boolean): string {
  const use = useOf(actions, isTrust);
  switch (entrance.kind) {
    case 'public':
      return isTrust ? 'Everyone may assume the role.' : `${abilityOf(actions)} by everyone (${shown(actions)}).`;
    case 'account':
      return `${entrance.principal} of another account may ${use}.`;
    case 'organization':
      return `Everybody in ${shown(entrance.organizations)} may ${use}.`;
    case 'somewhere':
      return `Whoever comes with ${shown(entrance.conditions.flatMap(({ values }) => values))} may ${use}.`;
    case 'deputy':
      return `${shown(entrance.services)} may ${use}${isTrust ? '' : ', for whomever it works'}.`;
  }
}

function abilityOf(actions: readonly string[]): string {
  if (actions.every(isReading)) return 'Readable';
  return actions.some(isReading) ? 'Readable and writable' : 'Writable';
}

function useOf(actions: readonly string[], isTrust: boolean): string {
  return isTrust ? 'assume the role' : `use ${shown(actions)}`;
}

function moreSays({ actions, resources, statement }: Gained, isTrust: boolean): string {
  const use = useOf(actions, isTrust);
  return `${namesOf(statement.principals)} may now ${use}${isTrust ? '' : ` on ${shown(resources)}`}.`;
}

function namesOf(principals: readonly Principal[]): string {
  const names = principals.map(({ name }) => (name === '*' ? 'everyone' : name));
  return names.length > 0 ? shown(names) : 'everybody but a few';
}

/** What is taken away, or now limited: the statement in other words may still allow some of it. */
function lossSays({ actions, statement }: Gained, before: Identity, after: Identity, isTrust: boolean): string {
  const principals = statement.principals.filter(
    (each) => newlyAllowedFor([each], statement, after, before).length > 0,
  );
  const isLeft = after.policies.some(({ statements }) =>
    statements.some((each) => allowsSome(each, actions, principals)),
  );
  const what = isTrust ? 'assuming the role' : shown(actions);
  return `${isLeft ? 'Less than before' : 'No longer'} for ${namesOf(principals)}: ${what}.`;
}

function allowsSome({ effect, ...statement }: Statement, actions: string[], principals: Principal[]): boolean {
  const isNamed = principals.some(({ kind, name }) =>
    statement.principals.some((each) => each.kind === '*' || (each.kind === kind && each.name === name)),
  );
  const isMeant = actions.some((each) => statement.actions.some((one) => overlaps(one, each.toLowerCase())));
  return effect === 'Allow' && isNamed && isMeant;
}
