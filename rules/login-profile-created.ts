import { passwordFactors } from '../core/password.ts';
import type { Rule } from '../core/rule.ts';
import { ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { consoleUser, did, root, user } from '../events/did.ts';
import quarantineUser from '../remediations/quarantine-user.ts';

// A console password for a user that had none: the programs' user becomes a person's.
export default {
  id: 'login-profile-created',
  title: 'Console password created',
  why: "Somebody gave an IAM user a console password. Whoever set it knows it, and can sign in as that user unless the user's own MFA device stands in between. It is normal when an administrator sets up a new person, who then has to change it at the first sign-in. On a user made for a program, or for oneself with a stolen key, it is a way to stay.",
  severity: 'low',
  maps: {
    mitre: ['T1098.001', 'T1078.004'],
    cis: ['1.10', '1.11', '4.4'],
    nist: ['AC-2(4)', 'IA-5(1)'],
    pci: ['8.2.4', '8.3.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:CreateLoginProfile'],

  detect(activity) {
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} a console password for ${owner.says}`,
      factors: passwordFactors(activity, owner),
    };
  },

  remedy: quarantineUser,
  automatic: false,

  examples: {
    'alice gives the backup user a password': {
      event: did(
        user('alice'),
        'iam:CreateLoginProfile',
        { userName: 'backup', passwordResetRequired: false },
        { response: { loginProfile: { userName: 'backup', passwordResetRequired: false } } },
      ),
      finds: 'alice created a console password for backup',
    },
    'a stolen key makes itself a password': {
      event: did(user('alice'), 'iam:CreateLoginProfile', { userName: 'alice', passwordResetRequired: false }),
      finds: 'alice created a console password for themselves',
    },
    'root sets up the first administrator': {
      event: did(root, 'iam:CreateLoginProfile', { userName: 'ana', passwordResetRequired: true }),
      finds: 'root created a console password for ana',
    },
    'ana looks whether there is one': {
      event: did(consoleUser('ana', true), 'iam:GetLoginProfile', { userName: 'bob' }),
    },
  },
} satisfies Rule;
