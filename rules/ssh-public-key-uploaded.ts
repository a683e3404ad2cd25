import type { Rule } from '../core/rule.ts';
import { otherFactor, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { did, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A key for Git only, but one that works for years and that no list of access keys shows.
export default {
  id: 'ssh-public-key-uploaded',
  title: 'SSH public key uploaded',
  why: "Somebody gave an IAM user an SSH key, or activated one again. Its holder reads and writes the account's CodeCommit repositories as that user, and with them what the build machinery runs. It is normal when a developer sets up Git for themselves; nobody needs to do it for somebody else.",
  severity: 'low',
  maps: {
    mitre: ['T1098.004'],
    cis: ['1.14', '4.4'],
    nist: ['AC-2(4)', 'IA-5(2)'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['iam:UploadSSHPublicKey', 'iam:UpdateSSHPublicKey'],

  detect(activity) {
    if (text(activity.request, 'status') === 'Inactive') return undefined;
    const uploaded = activity.name === 'iam:UploadSSHPublicKey';
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${uploaded ? verb(activity, 'uploaded', 'upload') : verb(activity, 'activated', 'activate')} an SSH public key for ${owner.says}`,
      factors: otherFactor(
        owner,
        25,
        `the key is another user's: whoever holds it acts as ${owner.user} in CodeCommit`,
      ),
    };
  },

  automatic: false,

  examples: {
    'mallory uploads a key for alice': {
      event: did(user('mallory'), 'iam:UploadSSHPublicKey', {
        userName: 'alice',
        sSHPublicKeyBody: 'ssh-ed25519 AAAAEXAMPLE',
      }),
      finds: 'mallory uploaded an SSH public key for alice',
    },
    'alice sets up Git': {
      event: did(user('alice'), 'iam:UploadSSHPublicKey', {
        userName: 'alice',
        sSHPublicKeyBody: 'ssh-ed25519 AAAAEXAMPLE',
      }),
      finds: 'alice uploaded an SSH public key for themselves',
    },
    'an old key is activated again': {
      event: did(user('mallory'), 'iam:UpdateSSHPublicKey', {
        userName: 'alice',
        sSHPublicKeyId: 'APKAEXAMPLE000000001',
        status: 'Active',
      }),
      finds: 'mallory activated an SSH public key for alice',
    },
    'a key is disabled': {
      event: did(user('alice'), 'iam:UpdateSSHPublicKey', {
        userName: 'alice',
        sSHPublicKeyId: 'APKAEXAMPLE000000001',
        status: 'Inactive',
      }),
    },
  },
} satisfies Rule;
