import { itemsAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Cross-origin rules give no access; they let a foreign page use the access that its visitor has.
export default {
  id: 'bucket-cors-changed',
  title: 'Cross-origin rules of a bucket changed',
  why: 'Which web pages may read or write a bucket from inside a browser was changed. It gives nobody new rights, but with every origin allowed a hostile page can use those of its visitor. It is everyday work for sites that upload files, and is kept on record for what happens to the bucket otherwise.',
  severity: 'info',
  maps: {
    mitre: ['T1530'],
    cis: ['4.8'],
    nist: ['AC-4', 'CM-3'],
    pci: ['6.2.4', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'named origins and no writing methods in cross-origin rules',
  },
  on: ['s3:PutBucketCors', 's3:DeleteBucketCors'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const isDeleted = activity.name === 's3:DeleteBucketCors';
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${isDeleted ? verb(activity, 'deleted', 'delete') : verb(activity, 'wrote', 'write')} the cross-origin rules of ${called('bucket', bucket)}`,
      factors: isDeleted ? [] : factorsOf(inner(activity.request, 'CORSConfiguration')),
    };
  },

  automatic: false,

  examples: {
    'mallory lets every page write': {
      event: did(user('mallory'), 's3:PutBucketCors', {
        bucketName: 'uploads',
        CORSConfiguration: { CORSRule: { AllowedOrigin: '*', AllowedMethod: ['GET', 'PUT'] } },
      }),
      finds: 'mallory wrote the cross-origin rules of bucket uploads',
    },
    'a deployment names its site': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketCors', {
        bucketName: 'uploads',
        CORSConfiguration: { CORSRule: [{ AllowedOrigin: 'https://example.com', AllowedMethod: 'PUT' }, null] },
      }),
      finds: 'role deploy (session ci-42) wrote the cross-origin rules of bucket uploads',
    },
    'mallory may not': {
      event: did(user('mallory'), 's3:DeleteBucketCors', { bucketName: 'uploads' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to delete the cross-origin rules of bucket uploads',
    },
    'alice reads them': {
      event: did(user('alice'), 's3:GetBucketCors', { bucketName: 'uploads' }),
    },
  },
} satisfies Rule;

function factorsOf(cors: Fields): Factor[] {
  const isWide = (rule: Fields) =>
    strings(at(rule, 'AllowedOrigin')).includes('*') &&
    strings(at(rule, 'AllowedMethod')).some((each) => each !== 'GET' && each !== 'HEAD');
  return itemsAt(cors, 'CORSRule').some(isWide)
    ? [{ id: 'origins', points: 10, because: 'pages of every origin may write' }]
    : [];
}
