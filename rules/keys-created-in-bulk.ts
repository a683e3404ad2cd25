import type { Rule } from '../core/rule.ts';
import { ownerIn } from '../core/subject.ts';
import { did, role, root, user } from '../events/did.ts';

// A key for one user is a favour; keys for several are ways back in, so that one is left when the others are found.
export default {
  id: 'keys-created-in-bulk',
  title: 'Access keys for several users created',
  why: 'One identity made long-term access keys for at least three other users within ten minutes. Whoever holds a key acts as its user for as long as nobody notices: an intruder makes several, so that one is left. It is normal when an administrator replaces keys, which then ends the old ones, or sets up users for programs that cannot use a role.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001'],
    cis: ['1.13', '1.14'],
    nist: ['AC-2(4)', 'IA-5', 'SI-4'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['iam:CreateAccessKey'],

  detect(activity) {
    const owner = ownerIn(activity);
    if (activity.failed || owner.own || !owner.user) return undefined;
    return { target: { kind: 'account' }, because: `${activity.actor.name} created an access key for ${owner.says}` };
  },

  count: {
    atLeast: 3,
    minutes: 10,
    distinct: (activity) => ownerIn(activity).user,
    says: ({ actor }, count) => `${actor.name} created access keys for ${count} other users within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory makes a key for bob': {
      event: did(
        user('mallory'),
        'iam:CreateAccessKey',
        { userName: 'bob' },
        { response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000001', userName: 'bob', status: 'Active' } } },
      ),
      finds: 'mallory created an access key for bob',
    },
    'a role session makes one, and only the answer says for whom': {
      event: did(role('web', 'session'), 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000002', userName: 'ana', status: 'Active' } },
      }),
      finds: 'role web (session session) created an access key for ana',
    },
    'mallory may not: nothing was made': {
      event: did(user('mallory'), 'iam:CreateAccessKey', { userName: 'bob' }, { error: 'AccessDenied' }),
    },
    'ana replaces her own': {
      event: did(user('ana'), 'iam:CreateAccessKey', { userName: 'ana' }),
    },
    'root makes its own': {
      event: did(root, 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000003', status: 'Active' } },
      }),
    },
    'a key is deleted': {
      event: did(user('alice'), 'iam:DeleteAccessKey', { userName: 'bob', accessKeyId: 'AKIAEXAMPLE000000001' }),
    },
  },
} satisfies Rule;
