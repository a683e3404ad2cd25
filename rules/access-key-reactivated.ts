import { reference } from '../core/reference.ts';
import type { Rule } from '../core/rule.ts';
import { otherFactor, owned, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import disableAccessKey from '../remediations/disable-access-key.ts';

// A disabled key was disabled for a reason; switching it on again needs no new key that anybody would notice.
export default {
  id: 'access-key-reactivated',
  title: 'Access key activated again',
  why: 'An access key that had been disabled works again. Keys are disabled because they leaked, because nobody used them, or because their owner left: an intruder who finds one has a way back that creates nothing new. It is normal when a program turned out to need the key after all; a new key is active from the start, so this is never part of making one.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001', 'T1078.004'],
    cis: ['1.12', '1.14', '4.4'],
    nist: ['AC-2(3)', 'AC-2(4)', 'IA-5'],
    pci: ['8.2.6', '8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'keys out of use are deleted, not kept',
  },
  on: ['iam:UpdateAccessKey'],

  documents(activity) {
    const key = text(activity.request, 'accessKeyId');
    return key ? [reference.key(key)] : [];
  },

  detect(activity, known) {
    const status = text(activity.request, 'status');
    if (status === 'Inactive') return undefined;
    const owner = ownerIn(activity);
    const key = text(activity.request, 'accessKeyId');
    const thing = owned(owner, key ? `access key ${key}` : 'access key');
    return {
      target: key && owner.user ? { kind: 'access-key', user: owner.user, key } : ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${thing} to ${status ?? 'a status that the record does not show'}`,
      doubt:
        key && known.document(reference.key(key))?.status === 'Active'
          ? 'it was active before, as far as is known'
          : undefined,
      factors: otherFactor(owner, 30, `the key is another user's: whoever holds it acts as ${owner.user}`),
    };
  },

  remedy: disableAccessKey,
  automatic: true,

  examples: {
    "alice switches bob's old key on": {
      event: did(user('alice'), 'iam:UpdateAccessKey', {
        userName: 'bob',
        accessKeyId: 'AKIAEXAMPLE000000001',
        status: 'Active',
      }),
      finds: 'alice set access key AKIAEXAMPLE000000001 of bob to Active',
    },
    'alice switches her own on': {
      event: did(user('alice'), 'iam:UpdateAccessKey', { accessKeyId: 'AKIAEXAMPLE000000002', status: 'Active' }),
      finds: 'alice set their own access key AKIAEXAMPLE000000002 to Active',
    },
    'a role session is refused': {
      event: did(
        role('build', 'ci-42'),
        'iam:UpdateAccessKey',
        { userName: 'bob', accessKeyId: 'AKIAEXAMPLE000000001', status: 'Active' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to set access key AKIAEXAMPLE000000001 of bob to Active',
    },
    'a leaked key is disabled': {
      event: did(user('alice'), 'iam:UpdateAccessKey', {
        userName: 'bob',
        accessKeyId: 'AKIAEXAMPLE000000001',
        status: 'Inactive',
      }),
    },
  },
} satisfies Rule;
