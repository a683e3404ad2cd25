import type { Rule } from '../core/rule.ts';
import { ownerIn, verb } from '../core/subject.ts';
import { did, root, user } from '../events/did.ts';

// A root access key is the whole account in one line of text, and no policy inside the account can limit it.
export default {
  id: 'root-access-key-created',
  title: 'Root access key created',
  why: 'The root user made an access key for itself. Whoever holds it can do everything in the account, without MFA, and nothing in the account can limit it. There is hardly a reason to have one today: delete it, and find out who was signed in as root. It is never normal outside a written plan.',
  severity: 'critical',
  maps: {
    mitre: ['T1098.001', 'T1078.004'],
    cis: ['1.4', '1.7', '4.3'],
    nist: ['AC-6(9)', 'IA-2', 'IA-5'],
    pci: ['8.2.2', '8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(d)'],
    practice: 'root has no access keys',
  },
  on: ['iam:CreateAccessKey'],

  detect(activity) {
    if (activity.actor.kind !== 'root' || !ownerIn(activity).own) return undefined;
    return {
      target: { kind: 'account' },
      because: `root ${verb(activity, 'created', 'create')} an access key for itself`,
    };
  },

  automatic: false,

  examples: {
    'root makes a key': {
      event: did(root, 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000001', status: 'Active' } },
      }),
      finds: 'root created an access key for itself',
    },
    'a control policy of the organization refuses it': {
      event: did(root, 'iam:CreateAccessKey', null, { error: 'AccessDenied' }),
      finds: 'root tried to create an access key for itself',
    },
    'root makes a key for bob: another rule': {
      event: did(root, 'iam:CreateAccessKey', { userName: 'bob' }),
    },
    'alice makes a key for herself': {
      event: did(user('alice'), 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000003', userName: 'alice', status: 'Active' } },
      }),
    },
  },
} satisfies Rule;
