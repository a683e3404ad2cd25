import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The first administrator's password of a Windows server: needed once after its start, and by nobody for all of them.
export default {
  id: 'passwords-read-in-bulk',
  title: 'Passwords of several Windows servers read',
  why: "One identity asked for the administrator's password of at least three different instances within ten minutes, whether it got them or not. The password opens a Windows server for whoever holds the key pair as well. People need it once, after a server was started; infrastructure-as-code that keeps it in its state asks for it in every run and should be named as automation.",
  severity: 'medium',
  maps: {
    mitre: ['T1555', 'T1552'],
    cis: [],
    nist: ['AC-6', 'AU-6', 'IA-5', 'SI-4'],
    pci: ['8.6.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(d)'],
    practice: 'servers are reached through Session Manager, without passwords',
  },
  on: ['ec2:GetPasswordData'],

  detect(activity) {
    const instance = instanceIn(activity);
    if (!instance || activity.actor.via) return undefined;
    if (activity.failed && !GUESSED.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'read', 'read')} the administrator's password of ${instance}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 3,
    minutes: 10,
    distinct: instanceIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'read', 'read')} the administrator's passwords of ${count} different instances within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory asks for a password': {
      event: did(user('mallory'), 'ec2:GetPasswordData', { instanceId: 'i-0123456789abcdef0' }),
      finds: "mallory read the administrator's password of i-0123456789abcdef0",
    },
    'a stolen role is refused': {
      event: did(
        role('web', 'session'),
        'ec2:GetPasswordData',
        { instanceId: 'i-0123456789abcdef0' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: "role web (session session) tried to read the administrator's password of i-0123456789abcdef0",
    },
    'too many calls': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:GetPasswordData',
        { instanceId: 'i-0123456789abcdef0' },
        { error: 'Client.RequestLimitExceeded' },
      ),
    },
    'an instance of the wrong type': {
      event: did(user('mallory'), 'ec2:GetPasswordData', { instanceId: {} }),
    },
    'alice looks at what a server prints': {
      event: did(user('alice'), 'ec2:GetConsoleOutput', { instanceId: 'i-0123456789abcdef0' }),
    },
  },
} satisfies Rule;

/** Refused, or asked of an instance that is not there. */
const GUESSED = /AccessDenied|Unauthorized|NotFound|Malformed/;

function instanceIn({ request }: Activity): string | undefined {
  return text(request, 'instanceId');
}

function factorsOf({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }] : [];
}
