import { clauses, itemsAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Access control lists are the oldest way to publish a bucket, and the one that policies and reviews overlook.
export default {
  id: 'bucket-acl-put',
  title: 'Access control list of a bucket or object written',
  why: 'The access control list of an S3 bucket or object was replaced. A public one hands the content to everybody, or to whoever has an AWS account, which is as good as everybody. It is normal in old set-ups, for log delivery, and where other accounts hand over what they upload; new buckets should have lists switched off.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1222'],
    cis: ['2.1.4', '4.8'],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'object ownership "bucket owner enforced", which switches access control lists off',
  },
  on: ['s3:PutBucketAcl', 's3:PutObjectAcl'],

  detect(activity) {
    const [bucket, key] = [text(activity.request, 'bucketName'), text(activity.request, 'key')];
    const [type, name] = key ? ['object', `${bucket ?? ''}/${key}`] : ['bucket', bucket];
    const factors = [factorOf(granteesIn(activity.request))];
    return {
      target: resourceTarget(type ?? 'bucket', name),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the access control list of ${called(type ?? 'bucket', name)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory publishes a bucket': {
      event: did(user('mallory'), 's3:PutBucketAcl', { bucketName: 'reports', 'x-amz-acl': 'public-read' }),
      finds: 'mallory wrote the access control list of bucket reports: everybody may use it (public-read)',
    },
    'mallory publishes one object, grant by grant': {
      event: did(user('mallory'), 's3:PutObjectAcl', {
        bucketName: 'reports',
        key: '2026.csv',
        AccessControlPolicy: {
          Owner: { ID: 'a1' },
          AccessControlList: {
            Grant: [
              { Grantee: { ID: 'a1' }, Permission: 'FULL_CONTROL' },
              { Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' }, Permission: 'READ' },
            ],
          },
        },
      }),
      finds:
        'mallory wrote the access control list of object reports/2026.csv: everybody may use it (AuthenticatedUsers)',
    },
    'the bucket owner blocks public lists': {
      event: did(
        user('mallory'),
        's3:PutBucketAcl',
        {
          bucketName: 'reports',
          accessControlList: { 'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' },
        },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to write the access control list of bucket reports: everybody may use it (AllUsers)',
    },
    'a deployment makes it private': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketAcl', { bucketName: 'reports', 'x-amz-acl': ['private'] }),
      finds: 'role deploy (session ci-42) wrote the access control list of bucket reports',
    },
    'alice reads it': {
      event: did(user('alice'), 's3:GetBucketAcl', { bucketName: 'reports' }),
    },
  },
} satisfies Rule;

const HEADERS = ['x-amz-acl', 'x-amz-grant-read', 'x-amz-grant-write', 'x-amz-grant-read-acp', 'x-amz-grant-write-acp'];

/** Canned lists, and the grantees of headers and of the list itself, besides the owner. */
function granteesIn(request: Fields): string[] {
  const headers = [...HEADERS, 'x-amz-grant-full-control'].flatMap((each) =>
    [request, inner(request, 'accessControlList')].flatMap((one) => strings(at(one, each))),
  );
  const policy = inner(request, 'AccessControlPolicy');
  const grants = itemsAt(inner(policy, 'AccessControlList'), 'Grant').map((each) => inner(each, 'Grantee'));
  const named = grants.map((each) => text(each, 'URI') ?? text(each, 'ID') ?? text(each, 'EmailAddress'));
  const owner = text(inner(policy, 'Owner'), 'ID');
  return [...headers, ...named].filter((each) => each !== undefined).filter((each) => each !== owner);
}

function factorOf(grantees: string[]): Factor {
  const open = grantees
    .join(' ')
    .match(/\bAllUsers\b|\bAuthenticatedUsers\b|\bpublic-read(-write)?\b|\bauthenticated-read\b/);
  if (open) return { id: 'opened', points: 40, because: `everybody may use it (${open[0]})` };
  const other = grantees.some((each) => /\bid=|emailAddress=|^[0-9a-f]{64}$|@/i.test(each));
  return other
    ? { id: 'opened', points: 5, because: 'somebody besides the owner is named' }
    : { id: 'opened', points: -15, because: 'only the owner and AWS services are named' };
}
