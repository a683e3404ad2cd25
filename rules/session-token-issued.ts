import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, root, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// With MFA it makes a key safer; without, it makes a session that a look at the list of keys does not show.
export default {
  id: 'session-token-issued',
  title: 'Session token issued for a long-term key',
  why: "An IAM user's access key was turned into a session of the same user, good for up to 36 hours. With an MFA code this is how people work who have to prove themselves. Without one it gives nothing that the key does not have, but the session goes on when the key is disabled, and its calls no longer show the key.",
  severity: 'low',
  maps: {
    mitre: ['T1550.001', 'T1078.004'],
    cis: ['1.10'],
    nist: ['AC-2(4)', 'IA-2(1)', 'IA-5'],
    pci: ['8.4.2', '8.6.1'],
    hipaa: ['164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['sts:GetSessionToken'],

  detect(activity) {
    const { kind, name } = activity.actor;
    const serial = text(activity.request, 'serialNumber');
    return {
      target: kind === 'user' ? { kind: 'principal', principal: { type: 'user', name } } : { kind: 'account' },
      because: `${name} ${verb(activity, 'opened', 'open')} a session of their own ${serial ? `with MFA device ${serial}` : 'without MFA'}`,
      factors: codeFactors(serial, activity),
    };
  },

  automatic: false,

  examples: {
    'a stolen key makes a session': {
      event: did(user('alice'), 'sts:GetSessionToken', { durationSeconds: 129600 }),
      finds: 'alice opened a session of their own without MFA',
    },
    'alice proves herself': {
      event: did(user('alice'), 'sts:GetSessionToken', { serialNumber: 'arn:aws:iam::111122223333:mfa/alice' }),
      finds: 'alice opened a session of their own with MFA device arn:aws:iam::111122223333:mfa/alice',
    },
    'a wrong code': {
      event: did(
        user('alice'),
        'sts:GetSessionToken',
        { serialNumber: 'arn:aws:iam::111122223333:mfa/alice' },
        { error: 'AccessDenied' },
      ),
      finds: 'alice tried to open a session of their own with MFA device arn:aws:iam::111122223333:mfa/alice',
    },
    'root does, and the request is empty': {
      event: did(root, 'sts:GetSessionToken', null),
      finds: 'root opened a session of their own without MFA',
    },
    'a role asks who it is': {
      event: did(role('build', 'ci-42'), 'sts:GetCallerIdentity', null),
    },
  },
} satisfies Rule;

function codeFactors(serial: string | undefined, { failed }: Activity): Factor[] {
  return serial && !failed ? [{ id: 'code', points: -15, because: 'the session was opened with an MFA code' }] : [];
}
