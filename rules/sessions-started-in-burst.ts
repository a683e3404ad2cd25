import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A shell on one server is work; a shell on one server after the other is somebody who looks around.
export default {
  id: 'sessions-started-in-burst',
  title: 'Sessions on several servers',
  why: 'One identity opened sessions of Session Manager on at least three different servers within ten minutes. A session is a shell as an administrator of the server, past every firewall: an intruder moves on so from the account to what runs in it. It is normal while a fault is looked for, and for deployment tools that reach servers this way: name their role as automation.',
  severity: 'medium',
  maps: {
    mitre: ['T1021.007', 'T1651'],
    cis: [],
    nist: ['AC-17', 'AU-6', 'SI-4'],
    pci: ['10.2.1.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'sessions are logged, and opened with a reason',
  },
  on: ['ssm:StartSession'],

  detect(activity) {
    const server = serverIn(activity);
    if (!server || activity.actor.via) return undefined;
    if (activity.failed && !/AccessDenied|Unauthorized/.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'opened', 'open')} a session on ${server}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 3,
    minutes: 10,
    distinct: serverIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'opened', 'open')} sessions on ${count} different servers within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory looks around': {
      event: did(user('mallory'), 'ssm:StartSession', { target: 'i-0123456789abcdef0' }),
      finds: 'mallory opened a session on i-0123456789abcdef0',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ssm:StartSession',
        { target: 'i-0123456789abcdef0' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to open a session on i-0123456789abcdef0',
    },
    'ana is on call': {
      event: did(identityCenter('ana', 'Operator'), 'ssm:StartSession', { target: 'i-0123456789abcdef0' }),
      finds: 'ana opened a session on i-0123456789abcdef0',
    },
    'the server is not connected': {
      event: did(role('ops'), 'ssm:StartSession', { target: 'i-0123456789abcdef0' }, { error: 'TargetNotConnected' }),
    },
    'a session ends': {
      event: did(user('mallory'), 'ssm:TerminateSession', { sessionId: 'mallory-0123' }),
    },
    'a target of the wrong type': {
      event: did(user('mallory'), 'ssm:StartSession', { target: ['i-0123456789abcdef0'] }),
    },
  },
} satisfies Rule;

function serverIn({ request }: Activity): string | undefined {
  return text(request, 'target');
}

function factorsOf({ actor, failed }: Activity): Factor[] {
  if (failed) return [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }];
  if (actor.kind !== 'identity-center') return [];
  return [{ id: 'person', points: -15, because: 'people of the identity provider look for faults so' }];
}
