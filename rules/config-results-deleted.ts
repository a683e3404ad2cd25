import { integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The rule stays, but what it found, what it would repair and how long that is remembered goes.
export default {
  id: 'config-results-deleted',
  title: 'Results or repairs of AWS Config removed',
  why: 'The results of a rule of AWS Config were deleted, the repair that it starts was taken away, or how long the history is kept was set. An intruder hides what was found, or stops the repair that would close his door again. It is normal to delete results so that a rule judges anew, and to replace repairs in code.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1070'],
    cis: ['4.9'],
    nist: ['AU-11', 'CM-3', 'CM-6', 'SI-4'],
    pci: ['10.5.1', '11.5.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.316(b)(2)(i)'],
    practice: 'the history of all resources is kept for years',
  },
  on: [
    'config:DeleteEvaluationResults',
    'config:DeleteRemediationConfiguration',
    'config:DeleteRetentionConfiguration',
    'config:PutRetentionConfiguration',
  ],

  detect(activity) {
    const { what, factors } = change(activity);
    return { target: { kind: 'account' }, because: `${activity.actor.name} ${what}`, factors };
  },

  automatic: false,

  examples: {
    'mallory stops the repair': {
      event: did(user('mallory'), 'config:DeleteRemediationConfiguration', { configRuleName: 'restricted-ssh' }),
      finds: 'mallory removed the repair of rule restricted-ssh',
    },
    'alice lets a rule judge anew': {
      event: did(user('alice'), 'config:DeleteEvaluationResults', { configRuleName: 'restricted-ssh' }),
      finds: 'alice deleted the results of rule restricted-ssh',
    },
    'a month of memory, refused': {
      event: did(
        role('web', 'i-0abc'),
        'config:PutRetentionConfiguration',
        { retentionPeriodInDays: 30 },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to set the memory of AWS Config to 30 days',
    },
    'the longest memory is the default': {
      event: did(user('alice'), 'config:DeleteRetentionConfiguration', { retentionConfigurationName: 7 }),
      finds: 'alice set the memory of AWS Config to the default of seven years',
    },
    'alice looks': {
      event: did(user('alice'), 'config:GetComplianceDetailsByConfigRule', { configRuleName: 'restricted-ssh' }),
    },
  },
} satisfies Rule;

function change(activity: Activity): { what: string; factors: Factor[] } {
  const { name, request } = activity;
  const rule = text(request, 'configRuleName');
  const ofRule = rule ? `rule ${rule}` : 'a rule';
  if (name === 'config:DeleteEvaluationResults')
    return { what: `${verb(activity, 'deleted', 'delete')} the results of ${ofRule}`, factors: [] };
  if (name === 'config:DeleteRemediationConfiguration')
    return {
      what: `${verb(activity, 'removed', 'remove')} the repair of ${ofRule}`,
      factors: [{ id: 'repair', points: 15, because: 'what the rule finds stays as it is' }],
    };
  const days = integerAt(request, 'retentionPeriodInDays');
  const isShort = days !== undefined && days < 365;
  return {
    what: `${verb(activity, 'set', 'set')} the memory of AWS Config to ${days !== undefined ? `${days} days` : 'the default of seven years'}`,
    factors: isShort
      ? [{ id: 'short', points: 20, because: 'an investigation a year later finds nothing' }]
      : [{ id: 'long', points: -15, because: 'a year or more is kept' }],
  };
}
