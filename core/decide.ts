// What to do about a risk: the thresholds, then everything that holds the guardrail back, each with its clause.
import type { Activity } from '../events/activity.ts';
import { fitsArn } from '../policy/arn.ts';
import { DECISIONS, type Decision, type DecisionName } from './finding.ts';
import { protection } from './protect.ts';
import type { Risk } from './risk.ts';
import type { Match, Rule } from './rule.ts';
import { type Exemption, type Mode, modeFor, type Settings } from './settings.ts';

/** The most that each mode allows. */
const CAP: { [mode in Mode]: DecisionName } = { observe: 'alert', ask: 'approve', auto: 'remediate' };

/** The decision on a match, and why. */
export function decide(activity: Activity, rule: Rule, match: Match, risk: Risk, settings: Settings): Decision {
  const wanted = byRisk(rule, risk, settings);
  const limits = [
    ...withoutRemedy(activity, rule, settings),
    ...protection(match.target, activity, settings),
    ...(match.doubt ? [{ most: 'approve', because: match.doubt } as const] : []),
    ...byExemption(activity, rule, settings),
    ...byMode(rule, activity, settings),
  ];
  return limits.reduce(lower, wanted);
}

/** A ceiling for the decision, and the reason for it. */
export type Limit = { most: DecisionName; because: string };

function byRisk(rule: Rule, risk: Risk, settings: Settings): Decision {
  const { alert, approve, remediate } = settings.thresholds;
  const says = (decision: DecisionName, threshold: string): Decision => ({
    decision,
    because: [`risk ${risk.score} ${threshold}`],
  });
  if (risk.score < alert) return says('observe', `is below ${alert}`);
  if (rule.remedy && rule.automatic && risk.score >= remediate) return says('remediate', `is at least ${remediate}`);
  if (rule.remedy && risk.score >= approve) return says('approve', `is at least ${approve}`);
  return says('alert', `is at least ${alert}`);
}

function lower(decision: Decision, limit: Limit): Decision {
  if (DECISIONS.indexOf(limit.most) >= DECISIONS.indexOf(decision.decision)) return decision;
  return {
    decision: limit.most,
    because: [...decision.because, `${limit.because}: ${limit.most} instead of ${decision.decision}`],
  };
}

function withoutRemedy(activity: Activity, rule: Rule, settings: Settings): Limit[] {
  if (activity.failed) return [{ most: 'alert', because: 'the call failed and left nothing to undo' }];
  if (!rule.remedy) return [];
  if (activity.actor.kind === 'root') return [{ most: 'alert', because: 'what root does is alerted on only' }];
  const management = settings.accounts[activity.account]?.management;
  return management ? [{ most: 'alert', because: 'the management account is alerted on only' }] : [];
}

function byExemption(activity: Activity, rule: Rule, settings: Settings): Limit[] {
  return settings.exemptions
    .filter((each) => holds(each, activity, rule.id))
    .map((each) => ({ most: 'observe', because: `exempt until ${each.until} (${each.reason})` }));
}

function holds(exemption: Exemption, activity: Activity, rule: string): boolean {
  const end = Date.parse(`${exemption.until}T23:59:59.999Z`);
  return activity.time <= end && exemption.rules.includes(rule) && fitsArn(exemption.principal, activity.actor.id);
}

function byMode(rule: Rule, activity: Activity, settings: Settings): Limit[] {
  const mode = modeFor(settings, rule.id, activity.account);
  return [{ most: CAP[mode], because: `mode ${mode}` }];
}
