import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// Insights notice bursts of calls that nobody made before: exactly what an intruder in a hurry produces.
export default {
  id: 'trail-insights-emptied',
  title: 'CloudTrail Insights turned off',
  why: 'CloudTrail Insights were turned off for a trail or an event data store: unusual rates of calls and of errors are no longer noticed. An intruder who tries out permissions or starts many machines would have shown there. It is normal when costs are cut on purpose, which somebody decides and announces.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: ['4.5'],
    nist: ['AU-6', 'SI-4'],
    pci: ['10.4.1.1', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'unusual rates of calls are noticed by a machine',
  },
  on: ['cloudtrail:PutInsightSelectors'],

  detect(activity) {
    const { request } = activity;
    const selectors = at(request, 'insightSelectors');
    if (!Array.isArray(selectors) || selectors.length > 0) return undefined;
    const trail = text(request, 'trailName');
    const store = text(request, 'eventDataStore');
    const name = trail ? `trail ${trail}` : store ? `event data store ${store}` : 'a trail';
    return {
      target: trail ? { kind: 'trail', trail } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'turned', 'turn')} Insights off for ${name}`,
    };
  },

  automatic: false,

  examples: {
    'mallory prepares for a burst': {
      event: did(user('mallory'), 'cloudtrail:PutInsightSelectors', { trailName: 'main', insightSelectors: [] }),
      finds: 'mallory turned Insights off for trail main',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'cloudtrail:PutInsightSelectors',
        { trailName: 'main', insightSelectors: [] },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to turn Insights off for trail main',
    },
    'alice turns them on': {
      event: did(user('alice'), 'cloudtrail:PutInsightSelectors', {
        trailName: 'main',
        insightSelectors: [{ insightType: 'ApiCallRateInsight' }],
      }),
    },
    'a request without selectors': {
      event: did(user('alice'), 'cloudtrail:PutInsightSelectors', { trailName: 'main' }),
    },
  },
} satisfies Rule;
