import type { Rule } from '../core/rule.ts';
import { otherFactor, owned, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, root, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// It takes access away, which is good, unless it is that of the people who would stop the intruder.
export default {
  id: 'credential-deleted',
  title: 'Credential of a user deleted',
  why: "An access key, the console password or another credential of an IAM user was deleted, and whatever used it is locked out. It is normal when keys are changed and when people leave, and it is the right answer to a leak. It is kept on record because an intruder deletes the key that was their way in, and other people's to be left alone.",
  severity: 'info',
  maps: {
    mitre: ['T1531', 'T1070'],
    cis: ['1.12', '1.14'],
    nist: ['AC-2(3)', 'AC-2(4)', 'IA-5'],
    pci: ['8.2.5', '8.2.6', '10.2.1.5'],
    hipaa: ['164.308(a)(3)(ii)(C)', '164.308(a)(4)(ii)(C)'],
    practice: 'keys out of use are deleted, not kept',
  },
  on: [
    'iam:DeleteAccessKey',
    'iam:DeleteLoginProfile',
    'iam:DeleteSSHPublicKey',
    'iam:DeleteSigningCertificate',
    'iam:DeleteServiceSpecificCredential',
  ],

  detect(activity) {
    const owner = ownerIn(activity);
    if (activity.actor.kind === 'root' && owner.own) return undefined;
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${owned(owner, thingIn(activity))}`,
      factors: otherFactor(owner, 15, `it was ${owner.user}'s: whoever used it is locked out`),
    };
  },

  automatic: false,

  examples: {
    'mallory locks bob out': {
      event: did(user('mallory'), 'iam:DeleteLoginProfile', { userName: 'bob' }),
      finds: 'mallory deleted console password of bob',
    },
    'alice changes her key': {
      event: did(user('alice'), 'iam:DeleteAccessKey', { accessKeyId: 'AKIAEXAMPLE000000001' }),
      finds: 'alice deleted their own access key AKIAEXAMPLE000000001',
    },
    'a deployment is refused': {
      event: did(
        role('deploy', 'ci-42'),
        'iam:DeleteAccessKey',
        { userName: 'bob', accessKeyId: 7 },
        { error: 'AccessDenied' },
      ),
      finds: 'role deploy (session ci-42) tried to delete access key of bob',
    },
    'root deletes its own key, as it should': {
      event: did(root, 'iam:DeleteAccessKey', { accessKeyId: 'AKIAEXAMPLE000000002' }),
    },
    'a key is disabled only': {
      event: did(user('alice'), 'iam:UpdateAccessKey', {
        userName: 'bob',
        accessKeyId: 'AKIAEXAMPLE000000001',
        status: 'Inactive',
      }),
    },
  },
} satisfies Rule;

function thingIn({ name, request }: Activity): string {
  const key = text(request, 'accessKeyId');
  if (name === 'iam:DeleteAccessKey') return key ? `access key ${key}` : 'access key';
  if (name === 'iam:DeleteLoginProfile') return 'console password';
  if (name === 'iam:DeleteSSHPublicKey') return 'SSH public key';
  return name === 'iam:DeleteSigningCertificate' ? 'signing certificate' : 'service-specific credential';
}
