import { clauses, outsiderIn } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// A rule starts something whenever something happens: a back door that nobody has to open.
export default {
  id: 'event-rule-put',
  title: 'EventBridge rule or target set',
  why: 'A rule of EventBridge was made or changed, or got targets. This is how applications start their programs, every day. A target in an account that nobody knows copies what happens here to somebody else, as it happens; and an alarm line that is written anew as disabled is cut.',
  severity: 'info',
  maps: {
    mitre: ['T1546', 'T1537', 'T1562.001'],
    cis: [],
    nist: ['AC-4', 'SI-4', 'CM-3'],
    pci: ['1.4.4', '10.7.2'],
    hipaa: ['164.312(e)(1)'],
    practice: 'events leave an account only for accounts of the organization',
  },
  on: ['events:PutRule', 'events:PutTargets'],

  detect(activity, known) {
    const rule = text(activity.request, 'name') ?? text(activity.request, 'rule');
    const factors = [...outsideFactors(activity, known), ...disabledFactors(activity, rule ?? '')];
    const what = activity.name === 'events:PutRule' ? verb(activity, 'wrote', 'write') : verb(activity, 'gave', 'give');
    return {
      target: resourceTarget('EventBridge rule', rule),
      because: `${activity.actor.name} ${what} ${called('EventBridge rule', rule)}${activity.name === 'events:PutRule' ? '' : ' targets'}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory has herself told': {
      event: did(user('mallory'), 'events:PutTargets', {
        rule: 'all',
        targets: [{ id: 'copy', arn: `arn:aws:events:us-east-1:${OUTSIDE}:event-bus/default` }],
      }),
      finds:
        'mallory gave EventBridge rule all targets: what happens here is copied to account 999988887777, which is not known',
    },
    'mallory writes the alarm line anew': {
      event: did(role('web', 'i-0abc'), 'events:PutRule', { name: 'guardduty-findings', state: 'DISABLED' }),
      finds:
        'role web (session i-0abc) wrote EventBridge rule guardduty-findings: it carries alarms or findings, by its name, and is disabled',
    },
    'an application gets a schedule': {
      event: did(role('deploy', 'ci-42'), 'events:PutRule', {
        name: 'nightly-thumbnails',
        scheduleExpression: 'rate(1 day)',
        state: 'ENABLED',
      }),
      finds: 'role deploy (session ci-42) wrote EventBridge rule nightly-thumbnails',
    },
    'targets of the wrong type, and refused': {
      event: did(user('alice'), 'events:PutTargets', { targets: 'all' }, { error: 'AccessDeniedException' }),
      finds: 'alice tried to give an EventBridge rule that the record does not name targets',
    },
    'alice looks': {
      event: did(user('alice'), 'events:ListTargetsByRule', { rule: 'all' }),
    },
  },
} satisfies Rule;

function outsideFactors(activity: Activity, known: Known): Factor[] {
  const targets = at(activity.request, 'targets');
  const accounts = (Array.isArray(targets) ? targets : [])
    .filter(isFields)
    .map((each) => outsiderIn(text(each, 'arn'), activity, known));
  const account = accounts.find((each) => each !== undefined);
  if (!account) return [];
  return [
    { id: 'outsider', points: 45, because: `what happens here is copied to account ${account}, which is not known` },
  ];
}

function disabledFactors({ request }: Activity, rule: string): Factor[] {
  const carriesAlarms = /guard-?duty|guardrail|securit|cloud-?trail|audit|finding|incident|alert|alarm/i.test(rule);
  if (!carriesAlarms || text(request, 'state') !== 'DISABLED') return [];
  return [{ id: 'disabled', points: 40, because: 'it carries alarms or findings, by its name, and is disabled' }];
}
