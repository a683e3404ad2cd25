import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A log that is gone cannot be read again: what it held about the intruder is gone with it.
export default {
  id: 'log-group-deleted',
  title: 'Log group or log stream deleted',
  why: 'A log group or one of its streams was deleted from CloudWatch Logs, with all that was in it; nothing brings it back. An intruder deletes what tells about him. It is normal when a function or an application is removed, and then its own log goes with it. Logs of trails, networks, clusters or audits have hardly a normal reason to go.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008', 'T1070', 'T1485'],
    cis: ['4.5'],
    nist: ['AU-9', 'AU-11'],
    pci: ['10.3.2', '10.5.1'],
    hipaa: ['164.312(b)', '164.312(c)(1)', '164.316(b)(2)(i)'],
    practice: 'logs are copied to another account before anybody can delete them',
  },
  on: ['logs:DeleteLogGroup', 'logs:DeleteLogStream'],

  detect(activity) {
    const group = text(activity.request, 'logGroupName') ?? text(activity.request, 'logGroupIdentifier');
    const stream = text(activity.request, 'logStreamName');
    return {
      target: resourceTarget('log group', group),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${activity.name === 'logs:DeleteLogStream' ? `${called('log stream', stream)} of ` : ''}${called('log group', group)}`,
      factors: contentFactor(group),
    };
  },

  automatic: false,

  examples: {
    'mallory burns the log of the trail': {
      event: did(user('mallory'), 'logs:DeleteLogGroup', { logGroupName: 'aws-cloudtrail-logs-111122223333' }),
      finds: 'mallory deleted log group aws-cloudtrail-logs-111122223333',
    },
    'mallory tears out a page': {
      event: did(role('web', 'i-0abc'), 'logs:DeleteLogStream', {
        logGroupName: '/var/log/secure',
        logStreamName: 'i-0abc',
      }),
      finds: 'role web (session i-0abc) deleted log stream i-0abc of log group /var/log/secure',
    },
    'a function is removed, and its log with it': {
      event: did(user('alice'), 'logs:DeleteLogGroup', { logGroupName: '/aws/lambda/thumbnails' }),
      finds: 'alice deleted log group /aws/lambda/thumbnails',
    },
    'the log of the network stays': {
      event: did(user('mallory'), 'logs:DeleteLogGroup', { logGroupName: 'vpc-flow-logs' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to delete log group vpc-flow-logs',
    },
    'a name of the wrong type': {
      event: did(user('alice'), 'logs:DeleteLogGroup', { logGroupName: {} }),
      finds: 'alice deleted a log group that the record does not name',
    },
    'a log group is made': {
      event: did(user('alice'), 'logs:CreateLogGroup', { logGroupName: 'audit' }),
    },
  },
} satisfies Rule;

const EVIDENCE =
  /cloud-?trail|audit|guard-?duty|securit|flow-?log|query-?log|waf-logs|\/eks\/[^/]+\/cluster|complian|forensic|iam-guardrail/i;
const PROGRAM =
  /^\/?aws\/(lambda|codebuild|batch|glue|sagemaker|amplify|states|vendedlogs)\/|^\/?ecs\/|^api-gateway-execution-logs|(^|[^a-z])(dev|test|tests|tmp|temp|demo|sandbox|staging|preview|example)([^a-z]|$)/i;

/** The name of a log group that exists already is not the intruder's choice. */
function contentFactor(group = ''): Factor[] {
  if (EVIDENCE.test(group)) return [{ id: 'evidence', points: 20, because: 'its name says that it is evidence' }];
  return PROGRAM.test(group)
    ? [{ id: 'program', points: -20, because: 'it is the log of a program, or of a test' }]
    : [];
}
