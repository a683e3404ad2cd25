// How bad is it, and why: points that add up, each with its sentence. Nothing is weighed that is not said.
import type { Activity } from '../events/activity.ts';
import { isForeign } from '../events/actor.ts';
import { fitsArn } from '../policy/arn.ts';
import { isWithin } from './network.ts';
import type { Rule } from './rule.ts';
import type { Settings } from './settings.ts';

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What raised or lowered the risk, by how many points, in a clause that a person may question. */
export type Factor = { id: string; points: number; because: string };

/** 0-100 with the factors that add up to it, before it was cut to that range. */
export type Risk = { score: number; severity: Severity; factors: Factor[] };

/** What is remembered about the actor in the account: since when, whether it has done this before, and what it has never used. */
export type Acquaintance = {
  days: number;
  before: boolean;
  newNetwork?: string | undefined;
  newKey?: string | undefined;
};

const BASE: { [severity in Severity]: number } = { info: 10, low: 30, medium: 50, high: 70, critical: 90 };

/** The severity of a score: 0-19 info, 20-39 low, 40-59 medium, 60-79 high, 80-100 critical. */
export function severityOf(score: number): Severity {
  return SEVERITIES[Math.min(4, Math.floor(score / 20))] ?? 'critical';
}

/** The risk of a rule's match on an activity. `weighed` are the factors that the rule itself saw. */
export function assess(
  activity: Activity,
  rule: Rule,
  weighed: Factor[],
  settings: Settings,
  known: Acquaintance,
): Risk {
  const factors = [
    base(rule, settings),
    ...weighed,
    actor(activity, settings),
    behalf(activity),
    mfa(activity, settings),
    source(activity, settings),
    failure(activity),
    tier(activity, settings),
    ...firstOfItsKind(activity, known),
    hidden(activity),
  ].filter((each) => each !== undefined && each.points !== 0) as Factor[];
  const sum = factors.reduce((total, each) => total + each.points, 0);
  const score = Math.max(0, Math.min(100, sum));
  return { score, severity: severityOf(score), factors };
}

/** Infrastructure-as-code or CI, known by the ARN of its role or user; never by what it calls itself. */
export function isAutomation(activity: Activity, settings: Settings): boolean {
  return settings.automation.some((pattern) => fitsArn(pattern, activity.actor.id));
}

function base(rule: Rule, settings: Settings): Factor {
  const said = settings.rules[rule.id]?.severity;
  const severity = said ?? rule.severity;
  return {
    id: 'base',
    points: BASE[severity],
    because: `${severity} is the base severity of ${rule.id}${said ? ' in the settings' : ''}`,
  };
}

function actor(activity: Activity, settings: Settings): Factor | undefined {
  const { kind, name, account } = activity.actor;
  if (kind === 'root')
    return { id: 'actor', points: 15, because: 'the root user can do anything and cannot be limited' };
  if (kind === 'anonymous') return { id: 'actor', points: 20, because: 'nobody signed the call' };
  if (kind === 'unknown') return { id: 'actor', points: 15, because: 'who acted is not known' };
  if (isForeign(activity) && !(account && Object.hasOwn(settings.accounts, account))) {
    return {
      id: 'actor',
      points: 20,
      because: `${name} belongs to account ${account}, which the settings do not know`,
    };
  }
  if (isAutomation(activity, settings))
    return { id: 'actor', points: -25, because: `${name} is automation that the settings name` };
  if (kind === 'service') return { id: 'actor', points: -15, because: `${name} is an AWS service` };
  if (isServiceLinked(activity)) return { id: 'actor', points: -15, because: `only an AWS service can use ${name}` };
  return undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html: no account can make such a path itself. */
function isServiceLinked({ actor: { kind, id } }: Activity): boolean {
  return kind === 'role' && /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//.test(id);
}

/** What CloudFormation and the like do with the caller's own rights; who calls a service directly cannot say so. */
function behalf({ actor }: Activity): Factor | undefined {
  if (!actor.via || actor.kind === 'service' || !/^[a-z0-9.-]+\.amazonaws\.com$/.test(actor.via)) return undefined;
  return { id: 'via', points: -15, because: `${actor.via} called it for ${actor.name}` };
}

function mfa(activity: Activity, settings: Settings): Factor | undefined {
  const { actor, kind } = activity;
  if (kind === 'sign-in' && activity.failed) return undefined;
  if (kind === 'sign-in' && actor.mfa === 'no')
    return { id: 'mfa', points: 20, because: 'the sign-in was without MFA' };
  if (isAutomation(activity, settings) || actor.kind === 'service') return undefined;
  if (actor.mfa === 'yes') return { id: 'mfa', points: -5, because: 'the session was opened with MFA' };
  if (actor.longTerm) return { id: 'mfa', points: 5, because: 'signed with a long-term access key, without MFA' };
  if (actor.mfa === 'no' && kind === 'api')
    return { id: 'mfa', points: 5, because: 'the session was opened without MFA' };
  return undefined;
}

function source(activity: Activity, settings: Settings): Factor | undefined {
  if (settings.networks.length === 0) return undefined;
  const known = isWithin(activity.source, settings.networks);
  if (known === undefined) return undefined;
  return known
    ? { id: 'source', points: -10, because: `${activity.source} is in a known network` }
    : { id: 'source', points: 10, because: `${activity.source} is in no known network` };
}

function failure(activity: Activity): Factor | undefined {
  return (
    activity.failed && { id: 'failed', points: -30, because: `the call failed (${activity.failed.code}): an attempt` }
  );
}

function tier(activity: Activity, settings: Settings): Factor | undefined {
  const account = settings.accounts[activity.account];
  if (account?.tier === 'critical')
    return { id: 'tier', points: 10, because: `${account.name ?? activity.account} is a critical account` };
  if (account?.tier === 'sandbox')
    return { id: 'tier', points: -15, because: `${account.name ?? activity.account} is a sandbox account` };
  return undefined;
}

/** A memory younger than a day has seen nothing yet: everything would be new. */
function firstOfItsKind({ actor: { name } }: Activity, { days, before, newNetwork, newKey }: Acquaintance): Factor[] {
  if (days < 1) return [];
  const span = `in the ${Math.floor(days)} day${Math.floor(days) === 1 ? '' : 's'} on record`;
  return [
    ...(before ? [] : [{ id: 'first', points: 10, because: `${name} has not done this ${span}` }]),
    ...(newNetwork ? [{ id: 'network', points: 10, because: `${name} has not come from ${newNetwork} ${span}` }] : []),
    ...(newKey ? [{ id: 'key', points: 5, because: `${name} has not used the key ${newKey} ${span}` }] : []),
  ];
}

function hidden(activity: Activity): Factor | undefined {
  if (activity.hidden.length === 0) return undefined;
  return { id: 'hidden', points: 15, because: `the record does not show ${activity.hidden.slice(0, 3).join(', ')}` };
}
