import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One switch decides whether all people of the organization need a second factor.
export default {
  id: 'directory-mfa-settings-changed',
  title: 'MFA settings of Identity Center changed',
  why: 'The settings for MFA of IAM Identity Center were changed: when people are asked for it, with which devices, and whether they may do without. An intruder with one stolen password turns it off for everybody. The record does not show in which direction it went, so look at the settings; it is normal when MFA is made stricter, and rare.',
  severity: 'medium',
  maps: {
    mitre: ['T1556.006', 'T1556.009'],
    cis: ['1.10'],
    nist: ['IA-2(1)', 'IA-2(2)', 'CM-3'],
    pci: ['8.4.1', '8.4.2', '8.5.1'],
    hipaa: ['164.312(d)'],
    practice: 'MFA for every sign-in, and nobody in without a device',
  },
  on: ['sso:PutMfaDeviceManagementForDirectory', 'sso-directory:PutMfaDeviceManagementForDirectory'],

  detect(activity) {
    const directory = text(activity.request, 'directoryId') ?? text(activity.request, 'identityStoreId');
    return {
      target: resourceTarget('directory', directory),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} the MFA settings of ${called('directory', directory)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory does away with the second factor': {
      event: did(user('mallory'), 'sso:PutMfaDeviceManagementForDirectory', {
        instanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444',
        directoryId: 'd-1111222233',
      }),
      finds: 'mallory changed the MFA settings of directory d-1111222233',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'sso-directory:PutMfaDeviceManagementForDirectory',
        { identityStoreId: 'd-1111222233' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to change the MFA settings of directory d-1111222233',
    },
    'a record that does not name the directory': {
      event: did(user('mallory'), 'sso:PutMfaDeviceManagementForDirectory', { directoryId: null }),
      finds: 'mallory changed the MFA settings of a directory that the record does not name',
    },
    'alice looks at them': {
      event: did(user('alice'), 'sso:GetMfaDeviceManagementForDirectory', { directoryId: 'd-1111222233' }),
    },
  },
} satisfies Rule;
