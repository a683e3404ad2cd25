import { askedFactor, isOnInstance, questionIn } from '../core/exploration.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, service, user } from '../events/did.ts';

// Who wants to stay unseen looks first who is looking.
export default {
  id: 'detection-enumerated',
  title: 'Detection services explored',
  why: 'One identity asked within ten minutes at least five different questions about what watches the account: trails, GuardDuty, Config, Security Hub, Access Analyzer, Macie, Inspector, Detective. An intruder learns so what would notice him and what to switch off. Compliance tools and console pages ask the same through roles and sessions, which are kept below an alert; a long-term key, or a role on its EC2 instance, has little reason.',
  severity: 'medium',
  maps: {
    mitre: ['T1518.001', 'T1526'],
    cis: [],
    nist: ['AU-6', 'AU-9', 'SI-4'],
    pci: ['10.4.1', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'detection is run from an account of its own',
  },
  // Whether it is on, and what it sees; one service has at most three of them, so that looking after one is no burst.
  on: [
    'access-analyzer:ListAnalyzers',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:GetTrailStatus',
    'config:DescribeConfigurationRecorders',
    'config:DescribeConfigurationRecorderStatus',
    'config:DescribeDeliveryChannels',
    'detective:ListGraphs',
    'guardduty:GetDetector',
    'guardduty:ListDetectors',
    'inspector2:BatchGetAccountStatus',
    'macie2:GetMacieSession',
    'securityhub:DescribeHub',
    'securityhub:GetEnabledStandards',
    'securitylake:ListDataLakes',
  ],

  detect(activity) {
    return questionIn(activity, factorsOf(activity));
  },

  count: {
    atLeast: 5,
    minutes: 10,
    distinct: ({ name }) => name,
    says: ({ actor }, count) =>
      `${actor.name} asked ${count} different questions about what watches the account within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory looks who is looking': {
      event: did(user('mallory'), 'guardduty:ListDetectors', null),
      finds: 'mallory called guardduty:ListDetectors',
    },
    'the role of an instance is refused': {
      event: did(role('web', 'i-0123456789abcdef0'), 'cloudtrail:DescribeTrails', null, { error: 'AccessDenied' }),
      finds: 'role web (session i-0123456789abcdef0) tried to call cloudtrail:DescribeTrails',
    },
    'ana opens the page of Security Hub': {
      event: did(identityCenter('ana', 'Auditor'), 'securityhub:DescribeHub', {}),
      finds: 'ana called securityhub:DescribeHub',
    },
    'a service asks another one': {
      event: did(service('securityhub.amazonaws.com'), 'config:DescribeConfigurationRecorders', null),
    },
    'ana reads what was found': {
      event: did(user('ana'), 'guardduty:ListFindings', { detectorId: '12abc' }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity): Factor[] {
  const { actor } = activity;
  if (actor.longTerm || isOnInstance(actor)) return askedFactor(activity);
  return [
    ...askedFactor(activity),
    { id: 'session', points: -20, because: 'compliance tools and console pages ask this as well' },
  ];
}
