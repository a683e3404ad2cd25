// One ordinary call and the rule for it, from which the tests of risk and decision differ by one thing at a time.
import type { Rule } from '../core/rule.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { ACCOUNT, type Details, did, user } from '../events/did.ts';
import detachPolicy from '../remediations/detach-policy.ts';

/** An IAM user with a long-term key attaches a policy: 50 for the rule, 5 for the key. */
export const RULE: Rule = {
  id: 'example',
  title: 'Example',
  why: '',
  severity: 'medium',
  maps: { mitre: [], cis: [], nist: [], pci: [], hipaa: [], practice: '' },
  on: ['iam:AttachUserPolicy'],
  detect: () => undefined,
  remedy: detachPolicy,
  automatic: true,
  examples: {},
};
export const AUTO: Settings = { ...DEFAULTS, mode: 'auto' };

/** An activity of `who`: attaching a policy, unless the details say otherwise. */
export function activity(who: Fields, details: Details = {}, request: Fields | null = { userName: 'bob' }): Activity {
  const reading = activityOf(did(who, 'iam:AttachUserPolicy', request, details), 0);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.activity;
}

export const alice = activity(user('alice'));

/** Settings that know one account. */
export const account = (of: Settings['accounts'][string], id: string = ACCOUNT) => ({ accounts: { [id]: of } });
