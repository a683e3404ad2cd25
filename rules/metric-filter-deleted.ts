import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Alarms count what the filter lets through: without it they count nothing, and stay green.
export default {
  id: 'metric-filter-deleted',
  title: 'Metric filter deleted',
  why: 'A metric filter was deleted from a log group. Alarms on sign-ins of root, refused calls or changes of policies are often built on such filters: they stay, but nothing makes them ring any more. It is normal when the log or the alarm is replaced in code. Look which alarms use the metric.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1562.006'],
    cis: ['4.1', '4.3', '4.5'],
    nist: ['AU-6', 'SI-4(5)'],
    pci: ['10.4.1.1', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'alarms on the trail are made by code, and tested',
  },
  on: ['logs:DeleteMetricFilter'],

  detect(activity) {
    const [filter, group] = [text(activity.request, 'filterName'), text(activity.request, 'logGroupName')];
    return {
      target: resourceTarget('metric filter', filter),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('metric filter', filter)} of ${called('log group', group)}`,
      factors: /^\/?aws\/(lambda|codebuild|batch|glue)\/|^\/?ecs\//i.test(group ?? '')
        ? [{ id: 'program', points: -20, because: 'it counted in the log of a program' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory disconnects the bell': {
      event: did(user('mallory'), 'logs:DeleteMetricFilter', { logGroupName: 'cloudtrail', filterName: 'root-login' }),
      finds: 'mallory deleted metric filter root-login of log group cloudtrail',
    },
    'a function no longer counts its errors': {
      event: did(role('deploy', 'ci-42'), 'logs:DeleteMetricFilter', {
        logGroupName: '/aws/lambda/thumbnails',
        filterName: 'errors',
      }),
      finds: 'role deploy (session ci-42) deleted metric filter errors of log group /aws/lambda/thumbnails',
    },
    'mallory may not': {
      event: did(user('mallory'), 'logs:DeleteMetricFilter', { filterName: 'root-login' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to delete metric filter root-login of a log group that the record does not name',
    },
    'a filter is made': {
      event: did(user('alice'), 'logs:PutMetricFilter', { logGroupName: 'cloudtrail', filterName: 'root-login' }),
    },
  },
} satisfies Rule;
