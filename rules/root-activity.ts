import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, root, user } from '../events/did.ts';

// Everything that root does outside its own few rules: root is for emergencies, so any use is worth a look.
export default {
  id: 'root-activity',
  title: 'Root used the API',
  why: 'The root user called the AWS API, from a console session, with an access key of its own, or through a short session that the organization opened for it. It is normal during the few tasks that need root; the console makes many reading calls by itself then. A change made by root, or any call signed with a root access key, should have an announced reason.',
  severity: 'medium',
  maps: {
    mitre: ['T1078.004'],
    cis: ['1.7', '4.3'],
    nist: ['AC-2', 'AC-6(2)', 'AC-6(9)'],
    pci: ['8.2.2', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      $or: [
        { userIdentity: { type: ['Root'] } },
        { userIdentity: { sessionContext: { sessionIssuer: { type: ['Root'] } } } },
      ],
      userIdentity: { invokedBy: [{ exists: false }] },
      eventType: ['AwsApiCall'],
      eventName: [
        {
          'anything-but': [
            'CreateAccessKey',
            'DeactivateMFADevice',
            'DeleteVirtualMFADevice',
            'StartPrimaryEmailUpdate',
            'AcceptPrimaryEmailUpdate',
          ],
        },
      ],
    },
  },

  detect(activity) {
    if (activity.actor.kind !== 'root') return undefined;
    return {
      target: { kind: 'account' },
      because: `root ${verb(activity, 'called', 'call')} ${activity.name}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'root deletes a bucket policy': {
      event: did(root, 's3:DeleteBucketPolicy', { bucketName: 'logs' }),
      finds: 'root called s3:DeleteBucketPolicy',
    },
    'the console lists buckets for root': {
      event: did(signedIn(true), 's3:ListBuckets', null),
      finds: 'root called s3:ListBuckets',
    },
    'root is stopped by the organization': {
      event: did(root, 'iam:CreateUser', { userName: 'backup' }, { error: 'AccessDenied' }),
      finds: 'root tried to call iam:CreateUser',
    },
    'a federated session that root opened': {
      event: did(
        { type: 'FederatedUser', accountId: root.accountId, sessionContext: { sessionIssuer: root } },
        's3:PutBucketPolicy',
        { bucketName: 'logs' },
      ),
      finds: 'root called s3:PutBucketPolicy',
    },
    'CloudFormation acts for root': {
      event: did({ ...root, invokedBy: 'cloudformation.amazonaws.com' }, 's3:CreateBucket', { bucketName: 'logs' }),
    },
    'root makes an access key: another rule': {
      event: did(root, 'iam:CreateAccessKey', null),
    },
    'alice does the same': {
      event: did(user('alice'), 's3:DeleteBucketPolicy', { bucketName: 'logs' }),
    },
  },
} satisfies Rule;

// What root tried without success is still a use of root.
function factorsOf(activity: Activity): Factor[] {
  if (activity.readOnly) return [{ id: 'read', points: -25, because: 'the call only reads' }];
  return activity.failed ? [{ id: 'used', points: 10, because: 'root was used, whatever became of the call' }] : [];
}

/** Root signed in to the console. */
function signedIn(mfa: boolean) {
  return {
    ...root,
    accessKeyId: 'ASIAEXAMPLE000000001',
    sessionContext: { attributes: { mfaAuthenticated: `${mfa}` } },
  };
}
