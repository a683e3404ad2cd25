import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import { accountOf } from '../policy/arn.ts';

// A function that may not be invoked can be made to run by what it listens to.
export default {
  id: 'lambda-trigger-changed',
  title: 'Event source of a Lambda function changed',
  why: 'A Lambda function was connected to a queue, a stream or a table, or such a connection was changed. Whoever can write there makes the function run with its role and decides what it works on; it is a way to run a function that one may not invoke. It is normal when an application is deployed. A source in an account that nobody knows is not.',
  severity: 'info',
  maps: {
    mitre: ['T1546', 'T1648'],
    cis: [],
    nist: ['AC-6', 'CM-3'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)'],
    practice: 'functions are connected to sources of known accounts, by a deployment',
  },
  on: ['lambda:CreateEventSourceMapping', 'lambda:UpdateEventSourceMapping'],

  detect(activity, known) {
    const name = text(activity.request, 'functionName') ?? text(activity.response, 'functionArn');
    const source = text(activity.request, 'eventSourceArn') ?? text(activity.response, 'eventSourceArn');
    const words = activity.name === 'lambda:CreateEventSourceMapping' ? CONNECTED : CHANGED;
    return {
      target: resourceTarget('Lambda function', name),
      because: `${activity.actor.name} ${verb(activity, ...words)} ${called('Lambda function', name)} to ${source ?? 'a source that the record does not name'}`,
      factors: sourceFactors(source, activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory feeds a function from a queue of her own': {
      event: did(user('mallory'), 'lambda:CreateEventSourceMapping', {
        functionName: 'invoices',
        eventSourceArn: 'arn:aws:sqs:us-east-1:999988887777:feed',
        batchSize: 1,
      }),
      finds: 'mallory connected Lambda function invoices to arn:aws:sqs:us-east-1:999988887777:feed',
    },
    'a deployment connects a table of the same account': {
      event: did(role('deploy', 'ci-42'), 'lambda:CreateEventSourceMapping', {
        functionName: 'invoices',
        eventSourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000',
        startingPosition: 'LATEST',
      }),
      finds:
        'role deploy (session ci-42) connected Lambda function invoices to arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000',
    },
    'a change that names neither is refused': {
      event: did(
        user('mallory'),
        'lambda:UpdateEventSourceMapping',
        { uUID: '14e0db71-5d35-4eb5-b481-8945cf9d10c2', enabled: true },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to change the connection of a Lambda function that the record does not name to a source that the record does not name',
    },
    'a connection is deleted': {
      event: did(user('alice'), 'lambda:DeleteEventSourceMapping', { uUID: '14e0db71-5d35-4eb5-b481-8945cf9d10c2' }),
    },
  },
} satisfies Rule;

const CONNECTED: [done: string, tried: string] = ['connected', 'connect'];
const CHANGED: [done: string, tried: string] = ['changed the connection of', 'change the connection of'];

function sourceFactors(source: string | undefined, { account }: Activity, known: Known): Factor[] {
  const owner = source && accountOf(source);
  if (!owner || owner === account || known.accounts.has(owner)) return [];
  return [{ id: 'source-account', points: 35, because: `the source is in account ${owner}, which is not known` }];
}
