import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

// The bell is taken down before the burglary.
export default {
  id: 'alarm-silenced',
  title: 'Alarm deleted or silenced',
  why: 'Alarms of CloudWatch were deleted, or their actions were turned off, so that nobody is told when they go off. For alarms on processors and queues it is everyday work, and scaling deletes its own alarms all the time. Alarms on sign-ins, policies, trails or costs are silenced by those who are about to set them off.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1562.006'],
    cis: ['4.1', '4.3', '4.5'],
    nist: ['AU-5', 'SI-4(5)', 'IR-5'],
    pci: ['10.4.1.1', '10.7.2', '12.10.5'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'alarms are made by code, and their silence is noticed',
  },
  on: ['monitoring:DeleteAlarms', 'monitoring:DisableAlarmActions', 'monitoring:PutAlarmMuteRule'],

  detect(activity) {
    const names = alarmsIn(activity);
    const alarms = names.length === 1 ? `alarm ${names[0]}` : `${names.length || 'some'} alarms`;
    const what =
      activity.name === 'monitoring:DeleteAlarms'
        ? verb(activity, 'deleted', 'delete')
        : verb(activity, 'silenced', 'silence');
    return {
      target: resourceTarget('alarm', names.length === 1 ? names[0] : undefined),
      because: `${activity.actor.name} ${what} ${alarms}`,
      factors: factorsOf(names),
    };
  },

  automatic: false,

  examples: {
    'mallory takes the bell down': {
      event: did(user('mallory'), 'monitoring:DeleteAlarms', { alarmNames: ['RootAccountUsage'] }),
      finds: 'mallory deleted alarm RootAccountUsage',
    },
    'mallory muffles it, and may not': {
      event: did(
        role('web', 'i-0abc'),
        'monitoring:DisableAlarmActions',
        { alarmNames: ['unauthorized-api-calls', 'iam-policy-changes'] },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to silence 2 alarms',
    },
    'scaling tidies up': {
      event: did(role('deploy', 'ci-42'), 'monitoring:DeleteAlarms', {
        alarmNames: ['TargetTracking-service/shop/web-AlarmHigh-1a2b'],
      }),
      finds: 'role deploy (session ci-42) deleted alarm TargetTracking-service/shop/web-AlarmHigh-1a2b',
    },
    'names of the wrong type': {
      event: did(user('alice'), 'monitoring:DeleteAlarms', { alarmNames: 'all' }),
      finds: 'alice deleted some alarms',
    },
    'an alarm may act again': {
      event: did(user('alice'), 'monitoring:EnableAlarmActions', { alarmNames: ['RootAccountUsage'] }),
    },
    'a dashboard is deleted': {
      event: did(user('alice'), 'monitoring:DeleteDashboards', { dashboardNames: ['security'] }),
    },
  },
} satisfies Rule;

function alarmsIn({ request }: Activity): string[] {
  const names = at(request, 'alarmNames') ?? at(inner(request, 'muteTargets'), 'alarmNames');
  const listed = Array.isArray(names) ? names : [text(request, 'name')];
  return listed.filter((each) => typeof each === 'string');
}

const SECURITY =
  /root.?(account|user|usage|login|sign|activit)|unauthori[sz]ed|securit|(^|[^a-z])iam|IAM|guard-?duty|guardrail|cloud-?trail|audit|(^|[^a-z])cis[^a-z]|mfa|sign-?in|login|polic(y|ies)|(^|[^a-z])(kms|cmk|nacl)|billing|spend|cost|intrusi|threat|malware|network-?acl|route-?table|vpc.?change|config.?change|organi[sz]ation/i;

function factorsOf(names: string[]): Factor[] {
  if (names.some((each) => SECURITY.test(each)))
    return [{ id: 'security', points: 30, because: 'it would tell of an intruder, by its name' }];
  if (names.length > 0 && names.every((each) => each.startsWith('TargetTracking-')))
    return [{ id: 'scaling', points: -20, because: 'scaling makes and deletes such alarms by itself' }];
  return names.length >= 10 ? [{ id: 'many', points: 15, because: `${names.length} at once` }] : [];
}
