import { clauses, integerAt, itemsAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// One call deletes all objects of a bucket, a day later, by the hand of AWS, and no deletion is recorded.
export default {
  id: 'bucket-lifecycle-put',
  title: 'Lifecycle of a bucket written',
  why: 'When objects of an S3 bucket are moved or deleted was changed. A rule that lets everything expire within days empties the bucket without a single deletion by anybody; extortionists set one and leave a note. It is normal to let logs and temporary files expire, after weeks or below a prefix.',
  severity: 'info',
  maps: {
    mitre: ['T1485.001', 'T1070'],
    cis: ['4.8'],
    nist: ['AU-11', 'CP-9', 'SI-12'],
    pci: ['3.2.1', '10.2.1.5', '10.5.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'versions or object lock, so that what expires can be brought back',
  },
  on: ['s3:PutBucketLifecycle', 's3:PutBucketLifecycleConfiguration'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const factors = factorsOf(activity);
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the lifecycle of ${called('bucket', bucket)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everything expire tomorrow': {
      event: did(
        user('mallory'),
        's3:PutBucketLifecycle',
        expiring({ Filter: { Prefix: '' }, Expiration: { Days: 1 } }),
      ),
      finds: 'mallory wrote the lifecycle of bucket customers: everything in it expires within a week',
    },
    'mallory gives a date, and may not': {
      event: did(
        user('mallory'),
        's3:PutBucketLifecycle',
        expiring({ Prefix: '', Expiration: { Date: '2026-11-22T00:00:00Z' } }),
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to write the lifecycle of bucket customers: everything in it expires within a week',
    },
    'a deployment clears temporary files': {
      event: did(
        role('deploy', 'ci-42'),
        's3:PutBucketLifecycle',
        expiring({ Filter: { Prefix: 'tmp/' }, Expiration: { Days: '1' } }),
      ),
      finds: 'role deploy (session ci-42) wrote the lifecycle of bucket customers',
    },
    'the rules are missing': {
      event: did(user('alice'), 's3:PutBucketLifecycle', { bucketName: 'customers', LifecycleConfiguration: [1] }),
      finds: 'alice wrote the lifecycle of bucket customers',
    },
    'the lifecycle of file systems': {
      event: did(user('alice'), 'elasticfilesystem:PutLifecycleConfiguration', { fileSystemId: 'fs-1' }),
    },
  },
} satisfies Rule;

const DAY = 86_400_000;

function factorsOf({ request, time }: Activity): Factor[] {
  const configuration = inner(request, 'LifecycleConfiguration');
  const rules = [...itemsAt(configuration, 'Rule'), ...itemsAt(configuration, 'Rules')];
  const isSoon = rules.some(
    (each) => text(each, 'Status') !== 'Disabled' && isAboutAll(each) && daysIn(inner(each, 'Expiration'), time) <= 7,
  );
  return isSoon ? [{ id: 'expiry', points: 40, because: 'everything in it expires within a week' }] : [];
}

/** Neither a prefix nor a tag nor a size narrows it. */
function isAboutAll(rule: Fields): boolean {
  const filter = inner(rule, 'Filter');
  const narrows = Object.keys(filter).some((each) => !/^(prefix|xmlns)$/i.test(each));
  return !narrows && !text(rule, 'Prefix') && !text(filter, 'Prefix');
}

function daysIn(expiration: Fields, time: number): number {
  const date = text(expiration, 'Date');
  return integerAt(expiration, 'Days') ?? (date ? (Date.parse(date) - time) / DAY : Number.NaN);
}

function expiring(rule: Fields) {
  return { bucketName: 'customers', LifecycleConfiguration: { Rule: { Status: 'Enabled', ...rule } } };
}
