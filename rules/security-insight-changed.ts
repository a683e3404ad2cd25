import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// An insight is a saved question: changed a little, it no longer asks about the intruder.
export default {
  id: 'security-insight-changed',
  title: 'Insight of Security Hub changed',
  why: 'An insight of Security Hub, a saved view of findings, was changed or deleted. The findings stay, but whoever looks at them through this view sees others, or none. It is the work of those who look at findings, and is kept on record for the story; from anybody else it is odd.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['AU-6', 'SI-4'],
    pci: ['10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'views of findings are made by code',
  },
  on: ['securityhub:UpdateInsight', 'securityhub:DeleteInsight'],

  detect(activity) {
    const insight = text(activity.request, 'insightArn');
    const what =
      activity.name === 'securityhub:DeleteInsight'
        ? verb(activity, 'deleted', 'delete')
        : verb(activity, 'changed', 'change');
    return {
      target: resourceTarget('insight', insight),
      because: `${activity.actor.name} ${what} ${called('insight', insight)} of Security Hub`,
    };
  },

  automatic: false,

  examples: {
    'mallory removes a view': {
      event: did(user('mallory'), 'securityhub:DeleteInsight', { InsightArn: 'insight/111122223333/custom/a1b2' }),
      finds: 'mallory deleted insight insight/111122223333/custom/a1b2 of Security Hub',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'securityhub:UpdateInsight',
        { InsightArn: 'insight/111122223333/custom/a1b2', Filters: {} },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to change insight insight/111122223333/custom/a1b2 of Security Hub',
    },
    'the record does not name it': {
      event: did(user('alice'), 'securityhub:UpdateInsight', { InsightArn: null }),
      finds: 'alice changed an insight that the record does not name of Security Hub',
    },
    'alice saves a view': {
      event: did(user('alice'), 'securityhub:CreateInsight', { Name: 'critical this week' }),
    },
  },
} satisfies Rule;
