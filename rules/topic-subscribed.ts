import { clauses, outsiderFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { HIDDEN, text } from '../events/fields.ts';

// A subscription is a copy of every message, sent wherever its maker likes.
export default {
  id: 'topic-subscribed',
  title: 'SNS topic subscribed to',
  why: 'Somebody receives the messages of an SNS topic from now on. Alarms and business data leave the account in this way, to a queue or function of another account, a web address or a mailbox, and the topic works as before. It is everyday work where programs of the account listen, or people get alarms by mail.',
  severity: 'info',
  maps: {
    mitre: ['T1537', 'T1567'],
    cis: [],
    nist: ['AC-4', 'AC-21', 'SI-4'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
    practice: 'subscriptions limited to protocols and endpoints by the policy of the topic',
  },
  on: ['sns:Subscribe'],

  detect(activity, known) {
    const topic = text(activity.request, 'topicArn');
    const protocol = text(activity.request, 'protocol') ?? 'unknown';
    const factors = factorsOf(activity, protocol, known);
    return {
      target: resourceTarget('SNS topic', topic),
      because: `${activity.actor.name} ${verb(activity, 'subscribed', 'subscribe')} an endpoint of protocol ${protocol} to ${called('SNS topic', topic)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory has the messages sent to her own account': {
      event: did(user('mallory'), 'sns:Subscribe', {
        topicArn: 'orders',
        protocol: 'sqs',
        endpoint: `arn:aws:sqs:us-east-1:${OUTSIDE}:drop`,
      }),
      finds:
        'mallory subscribed an endpoint of protocol sqs to SNS topic orders: account 999988887777 is none that the settings know',
    },
    'alice gets alarms by mail': {
      event: did(user('alice'), 'sns:Subscribe', { topicArn: 'alarms', protocol: 'email', endpoint: HIDDEN }),
      finds: 'alice subscribed an endpoint of protocol email to SNS topic alarms: the messages leave AWS',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'sns:Subscribe',
        { topicArn: 'orders', protocol: 'https', endpoint: 'https://example.net/drop' },
        { error: 'AuthorizationError' },
      ),
      finds: 'mallory tried to subscribe an endpoint of protocol https to SNS topic orders: the messages leave AWS',
    },
    'a deployment connects a function of the account': {
      event: did(role('deploy', 'ci-42'), 'sns:Subscribe', {
        topicArn: 'orders',
        protocol: 'lambda',
        endpoint: 'arn:aws:lambda:us-east-1:111122223333:function:export',
      }),
      finds: 'role deploy (session ci-42) subscribed an endpoint of protocol lambda to SNS topic orders',
    },
    'a subscription of the calendar': {
      event: did(user('alice'), 'codestar-notifications:Subscribe', { arn: 'rule-1' }),
    },
  },
} satisfies Rule;

const LEAVING = new Set(['http', 'https', 'email', 'email-json', 'sms']);

// The record may hide the endpoint, which weighs by itself.
function factorsOf(activity: Activity, protocol: string, known: Known): Factor[] {
  const endpoint = text(activity.request, 'endpoint');
  if (!LEAVING.has(protocol)) return outsiderFactors(endpoint, 35, activity, known);
  return [{ id: 'leaving', points: endpoint === HIDDEN ? 5 : 15, because: 'the messages leave AWS' }];
}
