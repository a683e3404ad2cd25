// Two versions of the policy of a resource or of a role's trust, side by side: who gets in now and did not before.
import { type Capabilities, NO_CAPABILITIES } from './capabilities.ts';
import { accessIn, type Comparison, gainedIn, type Setting } from './comparison.ts';
import type { Principal, Statement } from './document.ts';
import { type Entrance, entrancesOf } from './exposure.ts';
import { shown } from './finding.ts';
import { isReading } from './reading.ts';
import { overlaps } from './wildcard.ts';
import { type Gained, type Identity, type News, newsIn, type Wording, wordingOf } from './wording.ts';

/** A way in, and what it newly opens. */
type Opened = { entrance: Entrance; actions: string[] };

/** Compares who may use a resource, or (`isTrust`) assume a role. */
export function compareEntrances(before: Identity, after: Identity, isTrust: boolean, setting: Setting): Comparison {
  const [former, present] = [wordingOf(before), wordingOf(after)];
  const [news, losses] = [newsIn(former, present), newsIn(present, former)];
  const entrances = waysIn(after, setting);
  const opened = openedBy(entrances, news);
  const told = new Set(opened.map(({ entrance }) => entrance.statement));
  const isUnsure = after.policies.some(({ problems }) => problems.length > 0);
  const said = [
    ...opened.map((each) => entranceSays(each, isTrust)),
    ...news.all.filter(({ statement }) => !told.has(statement)).map((each) => moreSays(each, isTrust)),
    ...(isUnsure ? ['The new policy cannot be read as a whole: what it allows is not certain.'] : []),
  ];
  return {
    severity: severityOf(opened, news.all.length > 0, isUnsure),
    says: [...(said.length > 0 ? new Set(said) : ['No new access.']), ...lossesSay(losses, present, isTrust)],
    allowed: news.all.map(accessIn),
    denied: losses.all.map(accessIn),
    gained: gainedIn(exposedBy(waysIn(before, setting)), exposedBy(entrances)),
  };
}

function waysIn({ policies }: Identity, { account, now }: Setting): Entrance[] {
  return policies.flatMap((each) => entrancesOf(each, account, now));
}

/** The entrances by which whoever comes in may do something new. */
function openedBy(entrances: readonly Entrance[], news: News): Opened[] {
  const fresh = new Set(news.all.map(({ statement }) => statement));
  return entrances
    .filter(({ statement }) => fresh.has(statement))
    .map((entrance) => ({ entrance, actions: news.forSome(namedBy(entrance), entrance.statement) }))
    .filter(({ actions }) => actions.length > 0);
}

/** Those of the statement who come in by the entrance; all of them where it names nobody. */
function namedBy(entrance: Entrance): Principal[] {
  const { principals } = entrance.statement;
  const own = principals.filter(({ kind, name }) =>
    entrance.kind === 'account' ? name === entrance.principal : entrance.kind !== 'deputy' || kind === 'Service',
  );
  return own.length > 0 ? own : principals;
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

/** What is taken away, or now limited: statements in other words may still allow some of it. */
function lossesSay({ all, forSome }: News, { allows }: Wording, isTrust: boolean): Set<string> {
  const byName = new Map<string, Statement[]>();
  for (const statement of allows)
    for (const each of statement.principals) byName.set(nameOf(each), [...(byName.get(nameOf(each)) ?? []), statement]);
  const isLeft = (actions: string[], principal: Principal) =>
    [...(byName.get(nameOf(principal)) ?? []), ...(byName.get(nameOf(EVERYBODY)) ?? [])].some((each) =>
      actions.some((action) => each.actions.some((one) => overlaps(one, action.toLowerCase()))),
    );
  return new Set(
    all.map(({ actions, statement }) => {
      const lost = statement.principals.filter((each) => forSome([each], statement).length > 0);
      const what = isTrust ? 'assuming the role' : shown(actions);
      const isLess = lost.some((each) => isLeft(actions, each));
      return `${isLess ? 'Less than before' : 'No longer'} for ${namesOf(lost)}: ${what}.`;
    }),
  );
}

const EVERYBODY: Principal = { kind: '*', name: '*' };

function nameOf({ kind, name }: Principal): string {
  return `${kind} ${name}`;
}
