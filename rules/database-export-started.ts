import { clauses, outsiderFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// All tables as files in a bucket, ready to be downloaded, and the database itself notices nothing.
export default {
  id: 'database-export-started',
  title: 'Export of a database started',
  why: 'The content of a database or of its snapshot is written as files to an S3 bucket. From there it is read without the database, its users and its logs; the bucket may be readable by others. It is normal where a data lake is filled at night: name that role as automation in the settings.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1074.002', 'T1530'],
    cis: [],
    nist: ['AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.6', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'exports by one role, to one bucket',
  },
  on: ['rds:StartExportTask'],

  detect(activity, known) {
    const source = text(activity.request, 'sourceArn');
    const bucket = text(activity.request, 's3BucketName');
    const factors = outsiderFactors(text(activity.request, 'kmsKeyId'), 20, activity, known);
    return {
      target: resourceTarget('database', source),
      because: `${activity.actor.name} ${verb(activity, 'started', 'start')} an export of ${called('database', source)} to ${called('bucket', bucket)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory exports the customers under a key of her own': {
      event: did(user('mallory'), 'rds:StartExportTask', {
        sourceArn: 'arn:aws:rds:us-east-1:111122223333:snapshot:customers-1',
        s3BucketName: 'drop',
        kmsKeyId: `arn:aws:kms:us-east-1:${OUTSIDE}:key/1a2b`,
      }),
      finds:
        'mallory started an export of database arn:aws:rds:us-east-1:111122223333:snapshot:customers-1 to bucket drop: account 999988887777 is none that the settings know',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'rds:StartExportTask',
        { sourceArn: 'arn:aws:rds:us-east-1:111122223333:cluster:orders', s3BucketName: 'lake' },
        { error: 'AccessDenied' },
      ),
      finds:
        'role build (session ci-42) tried to start an export of database arn:aws:rds:us-east-1:111122223333:cluster:orders to bucket lake',
    },
    'a request that names nothing': {
      event: did(user('alice'), 'rds:StartExportTask', { sourceArn: 1 }),
      finds:
        'alice started an export of a database that the record does not name to a bucket that the record does not name',
    },
    'a snapshot is copied': {
      event: did(user('alice'), 'rds:CopyDBSnapshot', { sourceDBSnapshotIdentifier: 'customers-1' }),
    },
  },
} satisfies Rule;
