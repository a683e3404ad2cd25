import { integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A log need not be deleted by hand: one lets it forget.
export default {
  id: 'log-retention-shortened',
  title: 'Log kept for a week or less',
  why: 'CloudWatch Logs was told to keep a log group for a week or less. What is older is deleted within days, without a further call. An intruder clears the past in this way, and it looks like saving. It is normal for the logs of functions and tests; a log that is evidence should be kept for a year.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008', 'T1070'],
    cis: ['4.5'],
    nist: ['AU-9', 'AU-11'],
    pci: ['10.3.2', '10.5.1'],
    hipaa: ['164.312(b)', '164.316(b)(2)(i)'],
    practice: 'logs that are evidence are kept for a year or more',
  },
  on: ['logs:PutRetentionPolicy'],

  detect(activity) {
    const days = integerAt(activity.request, 'retentionInDays');
    if (days === undefined || days > 7) return undefined;
    const group = text(activity.request, 'logGroupName');
    return {
      target: resourceTarget('log group', group),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${called('log group', group)} to forget after ${days === 1 ? 'a day' : `${days} days`}`,
      factors: [...contentFactor(group), ...dayFactor(days)],
    };
  },

  automatic: false,

  examples: {
    'mallory lets the trail forget': {
      event: did(user('mallory'), 'logs:PutRetentionPolicy', { logGroupName: 'cloudtrail', retentionInDays: 1 }),
      finds: 'mallory set log group cloudtrail to forget after a day',
    },
    'a deployment saves on a function': {
      event: did(role('deploy', 'ci-42'), 'logs:PutRetentionPolicy', {
        logGroupName: '/aws/lambda/thumbnails',
        retentionInDays: 7,
      }),
      finds: 'role deploy (session ci-42) set log group /aws/lambda/thumbnails to forget after 7 days',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'logs:PutRetentionPolicy',
        { logGroupName: 'audit', retentionInDays: 3 },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to set log group audit to forget after 3 days',
    },
    'a year is kept': {
      event: did(user('alice'), 'logs:PutRetentionPolicy', { logGroupName: 'audit', retentionInDays: 400 }),
    },
    'days of the wrong type': {
      event: did(user('alice'), 'logs:PutRetentionPolicy', { logGroupName: 'audit', retentionInDays: ['1'] }),
    },
  },
} satisfies Rule;

const EVIDENCE =
  /cloud-?trail|audit|guard-?duty|securit|flow-?log|query-?log|waf-logs|\/eks\/[^/]+\/cluster|complian|forensic|iam-guardrail/i;
const PROGRAM =
  /^\/?aws\/(lambda|codebuild|batch|glue|sagemaker|amplify|states|vendedlogs)\/|^\/?ecs\/|^api-gateway-execution-logs|(^|[^a-z])(dev|test|tests|tmp|temp|demo|sandbox|staging|preview|example)([^a-z]|$)/i;

function contentFactor(group = ''): Factor[] {
  if (EVIDENCE.test(group)) return [{ id: 'evidence', points: 25, because: 'its name says that it is evidence' }];
  return PROGRAM.test(group)
    ? [{ id: 'program', points: -15, because: 'it is the log of a program, or of a test' }]
    : [];
}

function dayFactor(days: number): Factor[] {
  return days < 3 ? [{ id: 'days', points: 10, because: 'the day before yesterday is gone' }] : [];
}
