import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The log is still written, but it no longer reaches those who read it.
export default {
  id: 'log-subscription-deleted',
  title: 'Subscription of a log deleted',
  why: 'A subscription that passes a log on, to the log archive, a search engine or a detector, was deleted, or the destination at its other end. The log itself goes on, so nothing fails; where the security team looks, silence begins. It is normal when the log or its reader is replaced in code.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: ['4.5'],
    nist: ['AU-6(4)', 'AU-9(2)', 'SI-4'],
    pci: ['10.3.3', '10.4.1.1', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'a log that stops to arrive raises an alarm',
  },
  on: ['logs:DeleteSubscriptionFilter', 'logs:DeleteAccountPolicy', 'logs:DeleteDestination'],

  detect(activity) {
    const { request, name } = activity;
    const isAccount = name === 'logs:DeleteAccountPolicy';
    if (isAccount && text(request, 'policyType') !== 'SUBSCRIPTION_FILTER_POLICY') return undefined;
    const [type, id] = thingIn(activity);
    const group = text(request, 'logGroupName');
    return {
      target: resourceTarget(type, id),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called(type, id)}${group ? ` of log group ${group}` : ''}`,
      factors: isAccount
        ? [{ id: 'all', points: 20, because: 'it held for all log groups of the account' }]
        : programFactor(group),
    };
  },

  automatic: false,

  examples: {
    'mallory cuts the line to the archive': {
      event: did(user('mallory'), 'logs:DeleteSubscriptionFilter', { logGroupName: 'audit', filterName: 'to-archive' }),
      finds: 'mallory deleted subscription to-archive of log group audit',
    },
    'the line of all logs at once, refused': {
      event: did(
        role('web', 'i-0abc'),
        'logs:DeleteAccountPolicy',
        { policyName: 'to-archive', policyType: 'SUBSCRIPTION_FILTER_POLICY' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to delete subscription to-archive',
    },
    'the log of a function is read no more': {
      event: did(user('alice'), 'logs:DeleteSubscriptionFilter', {
        logGroupName: '/aws/lambda/thumbnails',
        filterName: null,
      }),
      finds: 'alice deleted a subscription that the record does not name of log group /aws/lambda/thumbnails',
    },
    'another policy of the account': {
      event: did(user('alice'), 'logs:DeleteAccountPolicy', { policyName: 'index', policyType: 'FIELD_INDEX_POLICY' }),
    },
    'a log is passed on: another rule': {
      event: did(user('alice'), 'logs:PutSubscriptionFilter', { logGroupName: 'audit', filterName: 'to-archive' }),
    },
  },
} satisfies Rule;

function thingIn({ name, request }: Activity): [string, string | undefined] {
  if (name === 'logs:DeleteDestination') return ['log destination', text(request, 'destinationName')];
  return ['subscription', text(request, 'filterName') ?? text(request, 'policyName')];
}

function programFactor(group = ''): Factor[] {
  const isProgram = /^\/?aws\/(lambda|codebuild|batch|glue)\/|^\/?ecs\//i.test(group);
  return isProgram ? [{ id: 'program', points: -20, because: 'it is the log of a program' }] : [];
}
