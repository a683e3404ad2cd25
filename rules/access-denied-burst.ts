import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, service, user } from '../events/did.ts';

// Whoever finds a key tries what it opens: many different refusals within minutes are somebody who does not know.
export default {
  id: 'access-denied-burst',
  title: 'Many different calls denied',
  why: 'One identity was denied at least eight different calls within ten minutes. Who works with a key knows what it may do; who has found or stolen one tries everything. It is normal when a new program or permission set starts with too few permissions. Left out are console pages, which ask for more than they need, service control policies, and what services do; a role that only reads counts once per service.',
  severity: 'medium',
  maps: {
    mitre: ['T1580', 'T1526', 'T1069.003'],
    cis: ['4.1'],
    nist: ['AC-6(9)', 'AU-6', 'SI-4'],
    pci: ['10.2.1.4', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'refused calls are looked at',
  },
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      errorCode: [{ wildcard: '*AccessDenied*' }, { wildcard: '*Unauthorized*' }, 'AuthorizationError'],
      eventType: ['AwsApiCall'],
      sessionCredentialFromConsole: [{ exists: false }],
      userIdentity: { invokedBy: [{ exists: false }] },
    },
  },

  detect(activity) {
    const { kind, name, via } = activity.actor;
    if (!activity.failed || via || kind === 'service' || kind === 'anonymous') return undefined;
    if (BY_ORGANIZATION.test(activity.failed.message)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'called', 'call')} ${activity.name} and was denied`,
      factors: [{ id: 'counted', points: 30, because: 'the refusals are what is counted' }],
    };
  },

  count: {
    atLeast: 8,
    minutes: 10,
    distinct: triedBy,
    says: ({ actor }, count) =>
      `${actor.name} was denied ${count} different ${actor.kind === 'role' ? 'calls or services' : 'calls'} within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory tries a door': {
      event: did(user('mallory'), 'iam:ListUsers', null, { error: 'AccessDenied' }),
      finds: 'mallory tried to call iam:ListUsers and was denied',
    },
    'EC2 has a word of its own': {
      event: did(
        role('web', 'i-0123456789abcdef0'),
        'ec2:DescribeSnapshots',
        {},
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role web (session i-0123456789abcdef0) tried to call ec2:DescribeSnapshots and was denied',
    },
    'a region that the organization closed': {
      event: did(role('inventory'), 'lambda:ListFunctions20150331', null, {
        error: 'AccessDeniedException',
        record: {
          errorMessage:
            'User: inventory is not authorized to perform: lambda:ListFunctions on resource: * with an explicit deny in a service control policy',
        },
      }),
    },
    'a console page asks for more than ana may see': {
      event: did(user('ana'), 'ce:GetCostAndUsage', null, {
        error: 'AccessDenied',
        record: { sessionCredentialFromConsole: 'true' },
      }),
    },
    'a service is denied': {
      event: did(service('config.amazonaws.com'), 's3:GetBucketAcl', null, { error: 'AccessDenied' }),
    },
    'not there is not denied': {
      event: did(user('mallory'), 'iam:GetUser', { userName: 'bob' }, { error: 'NoSuchEntityException' }),
    },
    'a code of the wrong type': {
      event: did(user('mallory'), 'iam:ListUsers', null, { record: { errorCode: ['x', null] } }),
    },
  },
} satisfies Rule;

/** The region or service is closed for everybody: an inventory meets that in every region, and it says nothing about the caller. */
const BY_ORGANIZATION = / with an explicit deny in a (?:service|resource) control policy(?:[.:]|$)/;

/**
 * The call. Tools that only read an account (a vendor's monitoring) lack a few permissions of a service when AWS adds
 * some; they count once per service. No session name or user agent tells them apart: the caller chooses both.
 */
function triedBy({ actor, name, readOnly }: Activity): string {
  return actor.kind === 'role' && readOnly ? name.slice(0, name.indexOf(':')) : name;
}
