import type { Rule } from '../core/rule.ts';
import { otherFactor, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { did, role, root, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';
import disableAccessKey from '../remediations/disable-access-key.ts';

// A key outlives the session that made it: the first thing that an intruder makes to come back.
export default {
  id: 'access-key-created',
  title: 'Access key created',
  why: 'Somebody made a long-term access key. A key for another user lets its maker act as that user for as long as nobody notices; it is normal when an administrator sets up a program that cannot use a role. A key for oneself is everyday work, though a role would be better.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001', 'T1136.003'],
    cis: ['1.13', '1.14', '4.4'],
    nist: ['AC-2(4)', 'IA-5'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['iam:CreateAccessKey'],

  detect(activity) {
    const owner = ownerIn(activity);
    if (activity.actor.kind === 'root' && owner.own) return undefined;
    const key = text(inner(activity.response, 'accessKey'), 'accessKeyId');
    return {
      target: key && owner.user ? { kind: 'access-key', user: owner.user, key } : ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} an access key for ${owner.says}`,
      factors: otherFactor(owner, 30, `the key is another user's: whoever holds it acts as ${owner.user}`),
    };
  },

  remedy: disableAccessKey,
  automatic: true,

  examples: {
    'alice makes a key for bob': {
      event: did(
        user('alice'),
        'iam:CreateAccessKey',
        { userName: 'bob' },
        { response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000001', userName: 'bob', status: 'Active' } } },
      ),
      finds: 'alice created an access key for bob',
    },
    'alice makes a key for herself': {
      event: did(user('alice'), 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000002', userName: 'alice', status: 'Active' } },
      }),
      finds: 'alice created an access key for themselves',
    },
    'a role session is refused': {
      event: did(role('build', 'ci-42'), 'iam:CreateAccessKey', { userName: 'bob' }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to create an access key for bob',
    },
    'a role session, and the record does not show for whom': {
      event: did(role('build', 'ci-42'), 'iam:CreateAccessKey', null),
      finds: 'role build (session ci-42) created an access key for a user that the record does not name',
    },
    'root makes its own: another rule': {
      event: did(root, 'iam:CreateAccessKey', null, {
        response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000003', status: 'Active' } },
      }),
    },
  },
} satisfies Rule;
