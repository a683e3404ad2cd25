import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Without versions, what is overwritten or deleted is gone: the step before a ransom note.
export default {
  id: 'bucket-versioning-suspended',
  title: 'Versioning of a bucket suspended',
  why: 'An S3 bucket no longer keeps former versions, or no longer asks for MFA before they are deleted. What is overwritten or deleted from now on cannot be brought back; that is how data are prepared for destruction or ransom. It is normal for scratch space, rarely for a bucket that once had versions.',
  severity: 'medium',
  maps: {
    mitre: ['T1490', 'T1485'],
    cis: ['2.1.2'],
    nist: ['CP-9', 'SI-12', 'CM-6'],
    pci: ['10.3.2', '10.3.3'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'versions or object lock on every bucket whose content matters',
  },
  on: ['s3:PutBucketVersioning'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const configuration = inner(activity.request, 'VersioningConfiguration');
    const isSuspended = text(configuration, 'Status') === 'Suspended';
    const isWithoutMfa = text(configuration, 'MfaDelete') === 'Disabled';
    if (!isSuspended && !isWithoutMfa) return undefined;
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${isSuspended ? verb(activity, 'suspended', 'suspend') : verb(activity, 'set', 'set')} the versioning of ${called('bucket', bucket)}${isSuspended ? '' : ' without MFA for deletions'}`,
      factors: isSuspended ? [] : [STILL_ON],
    };
  },

  automatic: false,

  examples: {
    'mallory gets rid of former versions': {
      event: did(user('mallory'), 's3:PutBucketVersioning', {
        bucketName: 'backups',
        VersioningConfiguration: { Status: 'Suspended' },
      }),
      finds: 'mallory suspended the versioning of bucket backups',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        's3:PutBucketVersioning',
        { bucketName: 'backups', VersioningConfiguration: { Status: 'Suspended' } },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to suspend the versioning of bucket backups',
    },
    'a deployment says that it wants no MFA': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketVersioning', {
        bucketName: 'site',
        VersioningConfiguration: { Status: 'Enabled', MfaDelete: 'Disabled' },
      }),
      finds: 'role deploy (session ci-42) set the versioning of bucket site without MFA for deletions',
    },
    'alice turns versions on': {
      event: did(user('alice'), 's3:PutBucketVersioning', {
        bucketName: 'site',
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    },
    'a request that says nothing': {
      event: did(user('alice'), 's3:PutBucketVersioning', { bucketName: 'site', VersioningConfiguration: 'Suspended' }),
    },
  },
} satisfies Rule;

// Tools send it with every change: most buckets never had it.
const STILL_ON = {
  id: 'versions',
  points: -30,
  because: 'versions are still kept, and MFA may never have been asked for',
};
