import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, root, user } from '../events/did.ts';

// A new root password locks out whoever held the old one.
export default {
  id: 'root-password-changed',
  title: 'Root password changed',
  why: 'The root password was changed from a signed-in root session. Whoever did it keeps root, and whoever knew the old password lost it. It is normal when the password is rotated on a schedule or after somebody left, with a root sign-in just before it that was announced.',
  severity: 'high',
  maps: {
    mitre: ['T1098', 'T1531'],
    cis: ['1.7', '4.3'],
    nist: ['AC-6(9)', 'IA-5(1)'],
    pci: ['8.2.2', '8.3.9', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(d)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['signin:PasswordUpdated'],

  detect(activity) {
    if (activity.actor.kind === 'user') return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the root password`,
    };
  },

  automatic: false,

  examples: {
    'root changes its password': {
      event: did(root, 'signin:PasswordUpdated', null, { response: { PasswordUpdated: 'Success' } }),
      finds: 'root changed the root password',
    },
    'the old password was wrong': {
      event: did(root, 'signin:PasswordUpdated', null, { response: { PasswordUpdated: 'Failure' } }),
      finds: 'root tried to change the root password',
    },
    'not root': {
      event: did(user('alice'), 'signin:PasswordUpdated', null, { response: { PasswordUpdated: 'Success' } }),
    },
  },
} satisfies Rule;
