import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A web site in a bucket is reached without credentials, under a name of AWS that nobody distrusts.
export default {
  id: 'bucket-website-put',
  title: 'Web site put on a bucket',
  why: 'An S3 bucket was made to answer as a web site. Together with a public policy its content is open to the world, over plain HTTP; intruders host phishing pages and downloads of malware in this way, at the expense of the account. It is normal for static sites, which are better served through CloudFront.',
  severity: 'low',
  maps: {
    mitre: ['T1583.006', 'T1530'],
    cis: ['2.1.4'],
    nist: ['AC-4', 'AC-22', 'CM-7'],
    pci: ['1.4.4', '2.2.4'],
    hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
    practice: 'static sites through CloudFront, buckets kept private',
  },
  on: ['s3:PutBucketWebsite'],

  detect(activity) {
    const bucket = text(activity.request, 'bucketName');
    const website = inner(activity.request, 'WebsiteConfiguration');
    const host = text(inner(website, 'RedirectAllRequestsTo'), 'HostName');
    return {
      target: resourceTarget('bucket', bucket),
      because: `${activity.actor.name} ${verb(activity, 'put', 'put')} a web site on ${called('bucket', bucket)}${host ? `, which sends visitors to ${host}` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory hosts a page': {
      event: did(user('mallory'), 's3:PutBucketWebsite', {
        bucketName: 'login-support',
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
      finds: 'mallory put a web site on bucket login-support',
    },
    'a deployment sends www elsewhere': {
      event: did(role('deploy', 'ci-42'), 's3:PutBucketWebsite', {
        bucketName: 'www.example.com',
        WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' } },
      }),
      finds:
        'role deploy (session ci-42) put a web site on bucket www.example.com, which sends visitors to example.com',
    },
    'mallory may not, and the configuration is odd': {
      event: did(
        user('mallory'),
        's3:PutBucketWebsite',
        { bucketName: 'login-support', WebsiteConfiguration: [] },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to put a web site on bucket login-support',
    },
    'the site is taken down': {
      event: did(user('alice'), 's3:DeleteBucketWebsite', { bucketName: 'login-support' }),
    },
  },
} satisfies Rule;
