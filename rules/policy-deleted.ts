import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// IAM deletes only what nobody has: nothing is lost but the evidence and the way back.
export default {
  id: 'policy-deleted',
  title: 'Managed policy or version deleted',
  why: 'A managed policy, or one of its versions, is gone. IAM refuses that while anybody has the policy or the version is the default, so nobody gains or loses a permission. It is everyday housekeeping; in an incident it may remove the trace of what was granted, and a version that one could have gone back to.',
  severity: 'info',
  maps: {
    mitre: ['T1070'],
    cis: ['4.4'],
    nist: ['AU-9', 'CM-5'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(b)'],
    practice: 'policies under version control',
  },
  on: ['iam:DeletePolicy', 'iam:DeletePolicyVersion'],

  detect(activity) {
    const policy = text(activity.request, 'policyArn');
    if (!policy) return undefined;
    const version = text(activity.request, 'versionId');
    return {
      target: { kind: 'policy', policy },
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${version ? `version ${version} of ` : ''}${policy}`,
    };
  },

  automatic: false,

  examples: {
    'a deployment makes room for the sixth version': {
      event: did(role('deploy', 'ci-42'), 'iam:DeletePolicyVersion', {
        policyArn: 'arn:aws:iam::111122223333:policy/web',
        versionId: 'v1',
      }),
      finds: 'role deploy (session ci-42) deleted version v1 of arn:aws:iam::111122223333:policy/web',
    },
    'alice deletes a policy that somebody still has': {
      event: did(
        user('alice'),
        'iam:DeletePolicy',
        { policyArn: 'arn:aws:iam::111122223333:policy/old' },
        { error: 'DeleteConflict' },
      ),
      finds: 'alice tried to delete arn:aws:iam::111122223333:policy/old',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:DeletePolicy', {}),
    },
  },
} satisfies Rule;
