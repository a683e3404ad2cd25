import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// Between the detector and the person on duty there is a rule that nobody looks at.
export default {
  id: 'event-rule-disabled',
  title: 'EventBridge rule disabled or emptied',
  why: 'A rule of EventBridge was disabled, deleted or lost its targets. Such rules start programs, and many of them carry findings of GuardDuty, changes of policies or sign-ins of root to whoever is on duty. It is normal when an application is changed or removed. By its name one sees whether it was an alarm line.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1562.006'],
    cis: ['4.16'],
    nist: ['SI-4(5)', 'IR-5', 'CM-3'],
    pci: ['10.7.2', '12.10.5'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'alarm lines are made by code, and tested',
  },
  on: ['events:DisableRule', 'events:DeleteRule', 'events:RemoveTargets'],

  detect(activity) {
    const rule = text(activity.request, 'name') ?? text(activity.request, 'rule');
    return {
      target: resourceTarget('EventBridge rule', rule),
      because: `${activity.actor.name} ${what(activity)} ${called('EventBridge rule', rule)}`,
      factors: factorsOf(activity, rule ?? ''),
    };
  },

  automatic: false,

  examples: {
    'mallory cuts the alarm line': {
      event: did(user('mallory'), 'events:DisableRule', { name: 'guardduty-findings-to-pager' }),
      finds: 'mallory disabled EventBridge rule guardduty-findings-to-pager',
    },
    'mallory leaves the line and takes its end': {
      event: did(role('web', 'i-0abc'), 'events:RemoveTargets', { rule: 'security-alerts', ids: ['pager'] }),
      finds: 'role web (session i-0abc) took targets off EventBridge rule security-alerts',
    },
    'an application is removed': {
      event: did(role('deploy', 'ci-42'), 'events:DeleteRule', { name: 'nightly-thumbnails' }),
      finds: 'role deploy (session ci-42) deleted EventBridge rule nightly-thumbnails',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'events:DeleteRule',
        { name: 'AutoScalingManagedRule', force: true },
        { error: 'ManagedRuleException' },
      ),
      finds: 'mallory tried to delete EventBridge rule AutoScalingManagedRule',
    },
    'the record does not name it': {
      event: did(user('alice'), 'events:DisableRule', { name: 7 }),
      finds: 'alice disabled an EventBridge rule that the record does not name',
    },
    'a rule is switched on': {
      event: did(user('alice'), 'events:EnableRule', { name: 'guardduty-findings-to-pager' }),
    },
    'a rule of a load balancer': {
      event: did(user('alice'), 'elasticloadbalancing:DeleteRule', { ruleArn: 'listener-rule/app/shop/1' }),
    },
  },
} satisfies Rule;

function what(activity: Activity): string {
  if (activity.name === 'events:DisableRule') return verb(activity, 'disabled', 'disable');
  if (activity.name === 'events:DeleteRule') return verb(activity, 'deleted', 'delete');
  return verb(activity, 'took targets off', 'take targets off');
}

const SECURITY =
  /guard-?duty|guardrail|securit|cloud-?trail|audit|complian|macie|inspector|finding|incident|siem|threat|alert|alarm|detect|intrusi|root.?(login|account|user|sign|activit)|sign-?in|(^|[^a-z])iam|polic(y|ies)/i;

function factorsOf({ request }: Activity, rule: string): Factor[] {
  if (SECURITY.test(rule))
    return [{ id: 'security', points: 30, because: 'it carried alarms or findings, by its name' }];
  return flag(request, 'force') ? [{ id: 'forced', points: 10, because: 'it belonged to an AWS service' }] : [];
}
