import { clauses, itemsAt, outsiderFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Replication carries every new object away, and none of it looks like a download.
export default {
  id: 'bucket-replication-put',
  title: 'Replication of a bucket set up',
  why: 'Objects of an S3 bucket are copied to another bucket from now on. Sent to an unknown account, that is a theft that goes on by itself, with the rights of a role of this account and without anybody reading an object. It is normal for backups in another region or in the account that keeps the backups of the organization.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1020'],
    cis: ['4.8'],
    nist: ['AC-4', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'replication to known accounts only, by an organization policy',
  },
  on: ['s3:PutBucketReplication'],

  detect(activity, known) {
    const bucket = text(activity.request, 'bucketName');
    const accounts = accountsIn(activity);
    const factors = accounts.flatMap((each) => outsiderFactors(each, 30, activity, known)).slice(0, 1);
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'set up', 'set up')} the replication of ${called('bucket', bucket)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory has everything sent to herself': {
      event: did(user('mallory'), 's3:PutBucketReplication', replicating(OUTSIDE)),
      finds: 'mallory set up the replication of bucket customers: account 999988887777 is none that the settings know',
    },
    'a deployment keeps a copy in another region': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketReplication', replicating(ACCOUNT)),
      finds: 'role deploy (session ci-42) set up the replication of bucket customers',
    },
    'mallory may not': {
      event: did(user('mallory'), 's3:PutBucketReplication', replicating(OUTSIDE), { error: 'AccessDenied' }),
      finds:
        'mallory tried to set up the replication of bucket customers: account 999988887777 is none that the settings know',
    },
    'the rules are missing': {
      event: did(user('alice'), 's3:PutBucketReplication', { bucketName: 'customers', ReplicationConfiguration: 'x' }),
      finds: 'alice set up the replication of bucket customers',
    },
    'the replication ends: another rule': {
      event: did(user('alice'), 's3:DeleteBucketReplication', { bucketName: 'customers' }),
    },
  },
} satisfies Rule;

function accountsIn({ request }: Activity): (string | undefined)[] {
  const configuration = inner(request, 'ReplicationConfiguration');
  const rules = [...itemsAt(configuration, 'Rule'), ...itemsAt(configuration, 'Rules')];
  return rules.map((each) => text(inner(each, 'Destination'), 'Account'));
}

function replicating(Account: string) {
  const Destination = { Bucket: 'arn:aws:s3:::copies', Account };
  return { bucketName: 'customers', ReplicationConfiguration: { Rule: { Status: 'Enabled', Destination } } };
}
