import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call takes down everything that was built together.
export default {
  id: 'stack-deleted',
  title: 'CloudFormation stack deleted',
  why: 'A CloudFormation stack was deleted, with all the resources in it that are not kept on purpose. It is everyday work for applications that come and go, and is kept on record for the story. A stack that holds trails, detectors, rules or alarms takes the monitoring with it, in one call that names none of it.',
  severity: 'low',
  maps: {
    mitre: ['T1485', 'T1562.001', 'T1578.003'],
    cis: [],
    nist: ['CM-3', 'CM-5', 'CP-9'],
    pci: ['6.5.1', '10.7.2'],
    hipaa: ['164.308(a)(7)(i)'],
    practice: 'stacks that monitor are protected from deletion',
  },
  on: ['cloudformation:DeleteStack'],

  detect(activity) {
    const stack = nameIn(text(activity.request, 'stackName'));
    return {
      target: resourceTarget('stack', stack),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('stack', stack)}`,
      factors: contentFactor(stack ?? ''),
    };
  },

  automatic: false,

  examples: {
    'mallory takes down the monitoring': {
      event: did(user('mallory'), 'cloudformation:DeleteStack', {
        stackName: 'arn:aws:cloudformation:us-east-1:111122223333:stack/security-baseline/51af3dc0',
      }),
      finds: 'mallory deleted stack security-baseline',
    },
    'a review is over': {
      event: did(role('deploy', 'ci-42'), 'cloudformation:DeleteStack', { stackName: 'shop-review-112' }),
      finds: 'role deploy (session ci-42) deleted stack shop-review-112',
    },
    'the stack is protected': {
      event: did(
        user('mallory'),
        'cloudformation:DeleteStack',
        { stackName: 'audit-trail' },
        { error: 'ValidationException' },
      ),
      finds: 'mallory tried to delete stack audit-trail',
    },
    'the record does not name it': {
      event: did(user('alice'), 'cloudformation:DeleteStack', { stackName: ['shop'] }),
      finds: 'alice deleted a stack that the record does not name',
    },
    'a stack of another service': {
      event: did(user('alice'), 'opsworks:DeleteStack', { stackId: '2f18b4cb' }),
    },
  },
} satisfies Rule;

/** `shop`, or its ARN, `arn:aws:cloudformation:…:stack/shop/51af3dc0`. */
function nameIn(stack: string | undefined): string | undefined {
  return stack?.startsWith('arn:') ? (stack.split('/')[1] ?? stack) : stack;
}

function contentFactor(stack: string): Factor[] {
  const watches =
    /securit|guard-?duty|guardrail|cloud-?trail|audit|logging|log-?archive|baseline|control-?tower|landing-?zone|monitor|complian|siem/i;
  if (watches.test(stack)) return [{ id: 'watches', points: 20, because: 'it holds monitoring, by its name' }];
  const isPassing = /(^|[^a-z])(dev|test|tests|tmp|temp|demo|sandbox|review|preview|pr|feature|example)([^a-z]|$)/i;
  return isPassing.test(stack) ? [{ id: 'passing', points: -15, because: 'it was not made to stay, by its name' }] : [];
}
