import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';
import { accountOf } from '../policy/arn.ts';

// Logs hold more than their authors think: tokens, names, addresses. Here they leave the house as they are written.
export default {
  id: 'log-subscription-put',
  title: 'Log passed on',
  why: 'A log group, or all of them, is passed on to a destination as it is written. To a function or a stream of this account, or to the log archive, this is everyday work. To an account that nobody knows it is a leak that goes on by itself: logs hold tokens, names and the way the systems work.',
  severity: 'info',
  maps: {
    mitre: ['T1537', 'T1020', 'T1530'],
    cis: ['4.5'],
    nist: ['AC-4', 'AU-9', 'SC-7'],
    pci: ['10.3.1', '1.4.4'],
    hipaa: ['164.312(b)', '164.312(e)(1)'],
    practice: 'logs go to the log archive and to nobody else',
  },
  on: ['logs:PutSubscriptionFilter', 'logs:PutAccountPolicy'],

  detect(activity, known) {
    const destination = destinationIn(activity);
    if (activity.name === 'logs:PutAccountPolicy' && !destination) return undefined;
    const group = text(activity.request, 'logGroupName');
    const what = activity.name === 'logs:PutAccountPolicy' ? 'all log groups' : called('log group', group);
    return {
      target: resourceTarget('log group', group),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${what} to be passed on to ${destination ?? 'an unknown destination'}`,
      factors: accountFactor(destination, activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory reads along': {
      event: did(user('mallory'), 'logs:PutSubscriptionFilter', {
        logGroupName: '/shop/payments',
        filterName: 'copy',
        destinationArn: `arn:aws:logs:us-east-1:${OUTSIDE}:destination:copy`,
      }),
      finds:
        'mallory set log group /shop/payments to be passed on to arn:aws:logs:us-east-1:999988887777:destination:copy',
    },
    'all logs at once, refused': {
      event: did(
        role('web', 'i-0abc'),
        'logs:PutAccountPolicy',
        {
          policyName: 'copy',
          policyType: 'SUBSCRIPTION_FILTER_POLICY',
          policyDocument: `{"DestinationArn":"arn:aws:logs:us-east-1:${OUTSIDE}:destination:copy"}`,
        },
        { error: 'AccessDenied' },
      ),
      finds:
        'role web (session i-0abc) tried to set all log groups to be passed on to arn:aws:logs:us-east-1:999988887777:destination:copy',
    },
    'a function reads a log': {
      event: did(role('deploy', 'ci-42'), 'logs:PutSubscriptionFilter', {
        logGroupName: '/shop/payments',
        destinationArn: 'arn:aws:lambda:us-east-1:111122223333:function:alarm',
      }),
      finds:
        'role deploy (session ci-42) set log group /shop/payments to be passed on to arn:aws:lambda:us-east-1:111122223333:function:alarm',
    },
    'a destination of the wrong type': {
      event: did(user('alice'), 'logs:PutSubscriptionFilter', { logGroupName: 'audit', destinationArn: 7 }),
      finds: 'alice set log group audit to be passed on to an unknown destination',
    },
    'a policy that masks data': {
      event: did(user('alice'), 'logs:PutAccountPolicy', {
        policyType: 'DATA_PROTECTION_POLICY',
        policyDocument: '{"Name":"mask"}',
      }),
    },
  },
} satisfies Rule;

function destinationIn({ request }: Activity): string | undefined {
  const policy: Fields = document(request, 'policyDocument') ?? {};
  return text(request, 'destinationArn') ?? text(policy, 'destinationArn');
}

function accountFactor(destination: string | undefined, { account, name }: Activity, { accounts }: Known): Factor[] {
  const owner = destination && accountOf(destination);
  if (!owner || owner === account) return [];
  if (accounts.has(owner)) return [{ id: 'account', points: 5, because: `account ${owner} is known` }];
  const points = name === 'logs:PutAccountPolicy' ? 60 : 45;
  return [{ id: 'account', points, because: `account ${owner} is not known` }];
}
