import { passwordFactors } from '../core/password.ts';
import type { Rule } from '../core/rule.ts';
import { ownerIn, ownerTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import quarantineUser from '../remediations/quarantine-user.ts';

// A reset needs no knowledge of the old password: one call, and the user is somebody else.
export default {
  id: 'login-profile-updated',
  title: 'Console password reset',
  why: "Somebody reset the console password of an IAM user without the old one. Whoever did it knows the new password, can sign in as that user unless the user's MFA device stands in between, and has locked the user out. It is normal when a person asked for it, and then the password has to be changed at the next sign-in. People change their own password with another call, which asks for the old one.",
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1078.004', 'T1531'],
    cis: ['1.10', '4.4'],
    nist: ['AC-2(4)', 'IA-5(1)'],
    pci: ['8.3.3', '8.3.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:UpdateLoginProfile'],

  detect(activity) {
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${verb(activity, 'reset', 'reset')} the console password for ${owner.says}`,
      factors: passwordFactors(activity, owner),
    };
  },

  remedy: quarantineUser,
  automatic: false,

  examples: {
    "alice resets an administrator's password": {
      event: did(user('alice'), 'iam:UpdateLoginProfile', { userName: 'admin', passwordResetRequired: false }),
      finds: 'alice reset the console password for admin',
    },
    'alice resets her own': {
      event: did(user('alice'), 'iam:UpdateLoginProfile', { userName: 'alice' }),
      finds: 'alice reset the console password for themselves',
    },
    'the help desk may not reset this one': {
      event: did(role('helpdesk', 'ana'), 'iam:UpdateLoginProfile', { userName: 'admin' }, { error: 'AccessDenied' }),
      finds: 'role helpdesk (session ana) tried to reset the console password for admin',
    },
    'alice changes her password, knowing the old one': {
      event: did(user('alice'), 'iam:ChangePassword', null),
    },
  },
} satisfies Rule;
