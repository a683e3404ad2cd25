// From an activity and the rules that want it to findings: pure, and no rule can silence another.
import type { Activity } from '../events/activity.ts';
import { decide } from './decide.ts';
import { type Finding, findingId } from './finding.ts';
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
};

/** The findings of an activity. */
export function judge(
  activity: Activity,
  rules: readonly Rule[],
  around: Circumstances,
  settings: Settings,
): Finding[] {
  const known: Known = {
    document: (reference) => around.documents.get(reference),
    holdings: (principal) => around.holdings.get(nameOfPrincipal(principal))?.[0],
    holders: (policy) => around.holdings.get(policy) ?? [],
    accounts: new Set(Object.keys(settings.accounts)),
  };
  const matched = rules.map((rule) => matchOf(rule, activity, known)).filter((each) => each !== undefined);
  const judged = matched.length > 0 ? matched : unseen(rules, activity);
  return judged.map((each) => findingOf(activity, each.rule, each.match, around, settings));
}

type Matched = { rule: Rule; match: Match };

/** INVARIANT 8: a write whose request CloudTrail left out is a finding, though no rule can tell what was done. */
function unseen(rules: readonly Rule[], activity: Activity): Matched[] {
  const rule = rules.find((each) => each.remedy) ?? rules[0];
  if (!rule || activity.readOnly || !activity.hidden.includes('requestParameters')) return [];
  const because = `${activity.actor.name} called ${activity.name}, and the record does not show on what`;
  return [{ rule: { ...withoutRemedy(rule), severity: 'medium' }, match: { target: { kind: 'account' }, because } }];
}

/** INVARIANT 1: a rule that throws becomes a finding that says so, without its remedy. */
function matchOf(rule: Rule, activity: Activity, known: Known): Matched | undefined {
  try {
    const match = rule.detect(activity, known);
    return match && { rule: rule.remedy?.target === match.target.kind ? rule : withoutRemedy(rule), match };
  } catch (error) {
    const because = `rule ${rule.id} could not judge ${activity.name} by ${activity.actor.name}: ${error instanceof Error ? error.message : 'it threw'}`;
    return { rule: { ...withoutRemedy(rule), severity: 'high' }, match: { target: { kind: 'account' }, because } };
  }
}

/** What the event does not name exactly (a hidden key id) cannot be undone. */
function withoutRemedy(rule: Rule): Rule {
  const { remedy: _, ...rest } = rule;
  return rest;
}

function findingOf(activity: Activity, rule: Rule, match: Match, around: Circumstances, settings: Settings): Finding {
  const weighed = [...(match.factors ?? []), ...ownFactor(around.own)];
  const risk = assess(activity, rule, weighed, settings, around.acquaintance);
  const { decision, because } = decide(activity, rule, match, risk, settings);
  const { id, kind, name } = activity.actor;
  return {
    id: findingId(activity, rule.id),
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
