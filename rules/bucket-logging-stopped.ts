import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Who read which object is often told by nothing but these logs.
export default {
  id: 'bucket-logging-stopped',
  title: 'Access logs of a bucket stopped',
  why: 'The access logs of an S3 bucket were switched off. Where the trail does not record data events they were the only trace of who read or deleted which object, so an intruder likes them gone before the theft. It is normal when a bucket is taken down, or when data events of the trail take their place.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.4'],
    nist: ['AU-2', 'AU-9', 'AU-12'],
    pci: ['10.2.1', '10.2.1.6', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'access logs or data events for every bucket whose content matters',
  },
  on: ['s3:PutBucketLogging'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const enabled = inner(inner(activity.request, 'BucketLoggingStatus'), 'LoggingEnabled');
    if (text(enabled, 'TargetBucket')) return undefined;
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} the access logs of ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory reads without a trace': {
      event: did(user('mallory'), 's3:PutBucketLogging', {
        bucketName: 'customers',
        logging: '',
        BucketLoggingStatus: { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/' },
      }),
      finds: 'mallory stopped the access logs of bucket customers',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        's3:PutBucketLogging',
        { bucketName: 'customers', BucketLoggingStatus: '' },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to stop the access logs of bucket customers',
    },
    'a deployment turns them on': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketLogging', {
        bucketName: 'customers',
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'customers/' } },
      }),
    },
    'another kind of logging': {
      event: did(user('alice'), 'iot:SetV2LoggingOptions', { disableAllLogs: true }),
    },
  },
} satisfies Rule;
