import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, root, user } from '../events/did.ts';

// "Forgot password" is the way into root for whoever reads its mail.
export default {
  id: 'root-password-recovery-requested',
  title: 'Recovery of the root password requested',
  why: "Somebody asked for a new root password by mail, or finished setting one. Asking takes the e-mail address only; finishing takes the mailbox, and where root has no MFA device the mailbox is then all that protects the account. It is normal when an administrator lost the password and says so. If nobody did, secure root's mailbox first.",
  severity: 'medium',
  maps: {
    mitre: ['T1078.004', 'T1098'],
    cis: ['1.7', '4.3'],
    nist: ['AC-2', 'IA-5(1)', 'SI-4'],
    pci: ['8.3.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)', '164.308(a)(6)(ii)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['signin:PasswordRecoveryRequested', 'signin:PasswordRecoveryCompleted'],

  detect(activity) {
    if (activity.actor.kind === 'user') return undefined;
    const completed = activity.name === 'signin:PasswordRecoveryCompleted';
    return {
      target: { kind: 'account' },
      because: completed
        ? `somebody ${verb(activity, 'set', 'set')} a new root password through the recovery by mail`
        : `somebody ${verb(activity, 'requested', 'request')} the recovery of the root password by mail`,
      factors:
        completed && !activity.failed
          ? [{ id: 'completed', points: 25, because: "whoever reads root's mail has set a new root password" }]
          : [],
    };
  },

  automatic: false,

  examples: {
    'somebody clicks "Forgot password"': {
      event: did(root, 'signin:PasswordRecoveryRequested', null, {
        response: { PasswordRecoveryRequested: 'Success' },
      }),
      finds: 'somebody requested the recovery of the root password by mail',
    },
    'the link in the mail was used': {
      event: did(root, 'signin:PasswordRecoveryCompleted', null, {
        response: { PasswordRecoveryCompleted: 'Success' },
      }),
      finds: 'somebody set a new root password through the recovery by mail',
    },
    'the request fails': {
      event: did(root, 'signin:PasswordRecoveryRequested', null, {
        response: { PasswordRecoveryRequested: 'Failure' },
      }),
      finds: 'somebody tried to request the recovery of the root password by mail',
    },
    'not root': {
      event: did(user('alice'), 'signin:PasswordRecoveryRequested', null, {
        response: { PasswordRecoveryRequested: 'Success' },
      }),
    },
  },
} satisfies Rule;
