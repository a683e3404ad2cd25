import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Without the device the password alone is enough, or whoever knows it registers the next one.
export default {
  id: 'directory-mfa-device-deleted',
  title: 'MFA device of an Identity Center user deleted',
  why: 'The MFA device of a user of IAM Identity Center was deleted. From then on the password alone opens every account of that user, or whoever knows it may register a device of his own. It is normal that people exchange their own phones, and that a help desk deletes a lost one after asking; for administrators it should be announced.',
  severity: 'low',
  maps: {
    mitre: ['T1556.006', 'T1098.005'],
    cis: ['1.10'],
    nist: ['AC-2(4)', 'IA-2(1)', 'IA-5'],
    pci: ['8.3.1', '8.4.2', '8.6.3'],
    hipaa: ['164.312(d)'],
    practice: 'two devices for everybody, and a proof of identity before one is deleted',
  },
  on: ['sso-directory:DeleteMfaDeviceForUser'],

  detect(activity) {
    const id = text(activity.request, 'userId');
    const own = id !== undefined && id === activity.actor.person;
    const whose = own
      ? 'their own MFA device'
      : `the MFA device of ${id ? `user ${id}` : 'a user that the record does not name'}`;
    return {
      target: resourceTarget('Identity Center user', id),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${whose} in Identity Center`,
      factors: own ? [] : [{ id: 'other', points: 20, because: "the device is somebody else's" }],
    };
  },

  automatic: false,

  examples: {
    'mallory deletes the device of an administrator': {
      event: did(user('mallory'), 'sso-directory:DeleteMfaDeviceForUser', {
        identityStoreId: 'd-1111222233',
        userId: '906abc',
        deviceId: 'mfa-1',
      }),
      finds: 'mallory deleted the MFA device of user 906abc in Identity Center',
    },
    'bob has a new phone': {
      event: did(
        { ...identityCenter('bob', 'Developer'), onBehalfOf: { userId: '906bob' } },
        'sso-directory:DeleteMfaDeviceForUser',
        { userId: '906bob', deviceId: 'mfa-2' },
      ),
      finds: 'bob deleted their own MFA device in Identity Center',
    },
    'a build may not, and does not say whose': {
      event: did(role('build', 'ci-42'), 'sso-directory:DeleteMfaDeviceForUser', {}, { error: 'AccessDenied' }),
      finds:
        'role build (session ci-42) tried to delete the MFA device of a user that the record does not name in Identity Center',
    },
    'a virtual device of IAM: another rule': {
      event: did(user('alice'), 'iam:DeleteVirtualMFADevice', { serialNumber: 'arn:aws:iam::111122223333:mfa/alice' }),
    },
  },
} satisfies Rule;
