import type { Rule } from '../core/rule.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, service, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever knows his roles assumes them; whoever guesses is refused one after the other.
export default {
  id: 'roles-assumed-in-burst',
  title: 'Many roles tried',
  why: 'One identity tried to assume at least five roles of different names within ten minutes and was refused. Somebody looks which roles exist and which of them lets him in: the way from one stolen key to more rights. Counted are names, because tools that go through the accounts of an organization try the same role in each, and some accounts refuse. It is normal while roles are being set up.',
  severity: 'medium',
  maps: {
    mitre: ['T1087.004', 'T1548.005', 'T1078.004'],
    cis: ['4.1'],
    nist: ['AC-6(9)', 'AU-6', 'SI-4'],
    pci: ['10.2.1.4', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'refused calls are looked at',
  },
  // A pattern, because roles are assumed all day long, and only the refusals matter here.
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventName: ['AssumeRole'],
      eventSource: ['sts.amazonaws.com'],
      errorCode: [{ wildcard: '*AccessDenied*' }],
      userIdentity: { invokedBy: [{ exists: false }] },
    },
  },

  detect(activity) {
    const tried = roleIn(activity);
    const { kind, name, via } = activity.actor;
    if (!tried || !activity.failed || via || kind === 'service') return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} tried to assume role ${tried} and was refused`,
      factors: [{ id: 'counted', points: 30, because: 'the refusals are what is counted' }],
    };
  },

  count: {
    atLeast: 5,
    minutes: 10,
    distinct: roleIn,
    says: ({ actor }, count) =>
      `${actor.name} tried to assume ${count} different roles within 10 minutes and was refused`,
  },

  automatic: false,

  examples: {
    'mallory tries a role, and only the message says which': {
      event: did(user('mallory'), 'sts:AssumeRole', null, {
        error: 'AccessDenied',
        record: {
          errorMessage:
            'User: arn:aws:iam::111122223333:user/mallory is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/ops/admin',
        },
      }),
      finds: 'mallory tried to assume role admin and was refused',
    },
    'a role that the request names': {
      event: did(
        role('web', 'session'),
        'sts:AssumeRole',
        { roleArn: 'arn:aws:iam::111122223333:role/backup', roleSessionName: 'x' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session session) tried to assume role backup and was refused',
    },
    'a role that lets alice in': {
      event: did(user('alice'), 'sts:AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/backup' }),
    },
    'a service is refused': {
      event: did(service('ecs.amazonaws.com'), 'sts:AssumeRole', null, { error: 'AccessDenied' }),
    },
    'a refusal that names no role': {
      event: did(user('mallory'), 'sts:AssumeRole', null, { error: 'AccessDenied', record: { errorMessage: 'no' } }),
    },
  },
} satisfies Rule;

/** STS leaves the request out of some records where it refuses, and names the role in its message. */
function roleIn({ request, failed }: Activity): string | undefined {
  const arn = text(request, 'roleArn') ?? / on resource: (\S+)/.exec(failed?.message ?? '')?.[1];
  return arn?.includes(':role/') ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
}
