// From an activity and the rules that want it to findings: pure, and no rule can silence another.
import type { Activity } from '../events/activity.ts';
import { decide } from './decide.ts';
import type { Finding } from './finding.ts';
import type { Holdings } from './holdings.ts';
import type { Own } from './own.ts';
import { type Acquaintance, assess, type Factor } from './risk.ts';
import type { Known, Match, Rule } from './rule.ts';
import type { Settings } from './settings.ts';
import { type Former, nameOfPrincipal } from './target.ts';

/** What is known besides the event itself. */
export type Circumstances = {
  documents: ReadonlyMap<string, Former>;
  /** What principals had, by `nameOfPrincipal`, and who had a managed policy, by its ARN. */
  holdings: ReadonlyMap<string, readonly Holdings[]>;
  own: Own | undefined;
  acquaintance: Acquaintance;
  incident: string;
  /** The event has given findings before. */
  told?: boolean;
};

/** What a rule judges, and the id of what it finds. */
export type Judged = { rule: Rule; id: string };

/** The findings of an activity. */
export function judge(
  activity: Activity,
  asked: readonly Judged[],
  around: Circumstances,
  settings: Settings,
): Finding[] {
  const known: Known = {
    document: (reference) => around.documents.get(reference),
    holdings: (principal) => around.holdings.get(nameOfPrincipal(principal))?.[0],
    holders: (policy) => around.holdings.get(policy) ?? [],
    accounts: accountsIn(settings),
  };
  const matched = asked.map((each) => matchOf(each, activity, known)).filter((each) => each !== undefined);
  const judged = matched.length > 0 || around.told ? matched : unseen(asked, activity);
  return judged.map((each) => findingOf(activity, each, around, settings));
}

/**
 * Whether the rule may find something: what needs to know nothing besides is asked at once, so that an event that no rule
 * wants costs no look into the store.
 */
export function mayMatch(rule: Rule, activity: Activity, settings: Settings): boolean {
  if (rule.documents || rule.whose || isUnseen(activity)) return true;
  try {
    return rule.detect(activity, { ...UNKNOWN, accounts: accountsIn(settings) }) !== undefined;
  } catch {
    return true;
  }
}

const UNKNOWN: Omit<Known, 'accounts'> = {
  document: () => undefined,
  holdings: () => undefined,
  holders: () => [],
};

function accountsIn(settings: Settings): ReadonlySet<string> {
  return new Set(Object.keys(settings.accounts));
}

type Matched = Judged & { match: Match };

/** INVARIANT 8: a write whose request CloudTrail left out is a finding, though no rule can tell what was done. */
function unseen(asked: readonly Judged[], activity: Activity): Matched[] {
  const single = asked.filter(({ rule }) => !rule.count);
  const one = single.find(({ rule }) => rule.remedy) ?? single[0];
  if (!one || !isUnseen(activity)) return [];
  const because = `${activity.actor.name} called ${activity.name}, and the record does not show on what`;
  const rule: Rule = { ...withoutRemedy(one.rule), severity: 'medium' };
  return [{ ...one, rule, match: { target: { kind: 'account' }, because } }];
}

function isUnseen(activity: Activity): boolean {
  return !activity.readOnly && activity.hidden.includes('requestParameters');
}

/** INVARIANT 1: a rule that throws becomes a finding that says so, without its remedy. */
function matchOf({ rule, id }: Judged, activity: Activity, known: Known): Matched | undefined {
  try {
    const match = rule.detect(activity, known);
    if (!match) return undefined;
    const because = rule.count ? rule.count.says(activity, rule.count.atLeast) : match.because;
    const fitting = rule.remedy?.target === match.target.kind ? rule : withoutRemedy(rule);
    return { id, rule: fitting, match: { ...match, because } };
  } catch (error) {
    const because = `rule ${rule.id} could not judge ${activity.name} by ${activity.actor.name}: ${error instanceof Error ? error.message : 'it threw'}`;
    return { id, rule: { ...withoutRemedy(rule), severity: 'high' }, match: { target: { kind: 'account' }, because } };
  }
}

/** What the event does not name exactly (a hidden key id) cannot be undone. */
function withoutRemedy(rule: Rule): Rule {
  const { remedy: _, ...rest } = rule;
  return rest;
}

function findingOf(
  activity: Activity,
  { rule, id: finding, match }: Matched,
  around: Circumstances,
  settings: Settings,
): Finding {
  const weighed = [...(match.factors ?? []), ...ownFactor(around.own)];
  const risk = assess(activity, rule, weighed, settings, around.acquaintance);
  const { decision, because } = decide(activity, rule, match, risk, settings);
  const { id, kind, name } = activity.actor;
  return {
    id: finding,
    eventId: activity.eventId,
    rule: rule.id,
    title: rule.title,
    because: match.because,
    severity: risk.severity,
    risk: risk.score,
    factors: risk.factors,
    decision,
    reasons: because,
    remedy: rule.remedy && !activity.failed ? rule.remedy.id : null,
    target: match.target,
    actor: { id, kind, name },
    account: activity.account,
    region: activity.region,
    time: new Date(activity.time).toISOString(),
    at: activity.time,
    event: {
      name: activity.name,
      source: activity.source,
      agent: activity.agent,
      failed: activity.failed?.code ?? null,
    },
    incident: around.incident,
  };
}

function ownFactor(own: Own | undefined): Factor[] {
  return own ? [{ id: 'own', points: -100, because: `the guardrail did this itself, as change ${own.change}` }] : [];
}
