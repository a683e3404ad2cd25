import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { consoleUser, did, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The secret of the device is shown once, to whoever makes it: they can write its codes for ever.
export default {
  id: 'mfa-device-created',
  title: 'Virtual MFA device created',
  why: 'Somebody made a virtual MFA device and was shown its secret. It counts for nobody until it is enabled for a user, which is told on its own. It is the first step of setting up MFA, at the console, and good news as a rule; one that an access key makes may be meant to stand in the way of its owner, or to come back through.',
  severity: 'info',
  maps: {
    mitre: ['T1098.005', 'T1556.006'],
    cis: ['1.10'],
    nist: ['IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '10.2.1.5'],
    hipaa: ['164.312(d)'],
    practice: 'MFA for every person',
  },
  on: ['iam:CreateVirtualMFADevice'],

  detect(activity) {
    const name = text(activity.request, 'virtualMFADeviceName');
    const serial = text(inner(activity.response, 'virtualMFADevice'), 'serialNumber');
    return {
      target: resourceTarget('MFA device', serial ?? name),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${called('virtual MFA device', name)}`,
      factors: keyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'alice sets up her phone': {
      event: did(
        consoleUser('alice', false),
        'iam:CreateVirtualMFADevice',
        { virtualMFADeviceName: 'alice', path: '/' },
        { response: { virtualMFADevice: { serialNumber: 'arn:aws:iam::111122223333:mfa/alice' } } },
      ),
      finds: 'alice created virtual MFA device alice',
    },
    'a key makes one': {
      event: did(user('mallory'), 'iam:CreateVirtualMFADevice', { virtualMFADeviceName: 'bob' }),
      finds: 'mallory created virtual MFA device bob',
    },
    'the name is taken': {
      event: did(
        user('mallory'),
        'iam:CreateVirtualMFADevice',
        { virtualMFADeviceName: undefined },
        { error: 'EntityAlreadyExists' },
      ),
      finds: 'mallory tried to create a virtual MFA device that the record does not name',
    },
    'alice looks at the list': {
      event: did(consoleUser('alice', false), 'iam:ListVirtualMFADevices', null),
    },
  },
} satisfies Rule;

function keyFactors({ actor }: Activity): Factor[] {
  return actor.longTerm ? [{ id: 'program', points: 10, because: 'an access key did it, and not the console' }] : [];
}
