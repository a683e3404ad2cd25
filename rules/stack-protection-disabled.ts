import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// The lock comes off before the deletion.
export default {
  id: 'stack-protection-disabled',
  title: 'Termination protection of a stack turned off',
  why: 'The termination protection of a CloudFormation stack was turned off: from now on one call deletes it. Stacks are protected because much depends on them. It is normal right before a stack is taken down on purpose. Look whether its deletion follows, and by whom.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1485'],
    cis: [],
    nist: ['CM-3', 'CM-5'],
    pci: ['6.5.1'],
    hipaa: ['164.308(a)(7)(i)'],
    practice: 'stacks that monitor, or hold data, are protected from deletion',
  },
  on: ['cloudformation:UpdateTerminationProtection'],

  detect(activity) {
    if (flag(activity.request, 'enableTerminationProtection') !== false) return undefined;
    const stack = nameIn(text(activity.request, 'stackName'));
    return {
      target: resourceTarget('stack', stack),
      because: `${activity.actor.name} ${verb(activity, 'turned', 'turn')} off the protection of ${called('stack', stack)}`,
      factors: contentFactor(stack ?? ''),
    };
  },

  automatic: false,

  examples: {
    'mallory takes the lock off': {
      event: did(user('mallory'), 'cloudformation:UpdateTerminationProtection', {
        stackName: 'security-baseline',
        enableTerminationProtection: false,
      }),
      finds: 'mallory turned off the protection of stack security-baseline',
    },
    'alice takes an application down': {
      event: did(user('alice'), 'cloudformation:UpdateTerminationProtection', {
        stackName: 'old-shop',
        enableTerminationProtection: false,
      }),
      finds: 'alice turned off the protection of stack old-shop',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'cloudformation:UpdateTerminationProtection',
        { enableTerminationProtection: 'false' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to turn off the protection of a stack that the record does not name',
    },
    'a stack is protected': {
      event: did(user('alice'), 'cloudformation:UpdateTerminationProtection', {
        stackName: 'shop',
        enableTerminationProtection: true,
      }),
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
  return watches.test(stack) ? [{ id: 'watches', points: 20, because: 'it holds monitoring, by its name' }] : [];
}
