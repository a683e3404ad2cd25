import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The history of all resources is a map of the account: good for investigators, and for thieves.
export default {
  id: 'config-delivery-changed',
  title: 'Delivery channel of AWS Config set',
  why: 'Where AWS Config delivers its history and snapshots was set. In another bucket they are missing where investigators look, and they tell the owner of that bucket how everything here is built. It is normal when an account is set up or the log archive moves. Compare the bucket with that of your archive.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008', 'T1537'],
    cis: ['3.3', '4.9'],
    nist: ['AU-9', 'AU-12', 'CM-3'],
    pci: ['10.2.1.6', '10.3.3'],
    hipaa: ['164.312(b)'],
    practice: 'the history of all resources lies in the log archive',
  },
  on: ['config:PutDeliveryChannel'],

  detect(activity, known) {
    const channel = inner(activity.request, 'deliveryChannel');
    const [name, bucket] = [text(channel, 'name'), text(channel, 's3BucketName')];
    return {
      target: resourceTarget('delivery channel', name),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${called('delivery channel', name)} of AWS Config${bucket ? ` to bucket ${bucket}` : ''}`,
      factors: bucketFactor(bucket, activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory collects maps': {
      event: did(user('mallory'), 'config:PutDeliveryChannel', {
        deliveryChannel: { name: 'default', s3BucketName: `maps-${OUTSIDE}` },
      }),
      finds: 'mallory set delivery channel default of AWS Config to bucket maps-999988887777',
    },
    'a deployment sets the account up': {
      event: did(role('deploy', 'ci-42'), 'config:PutDeliveryChannel', {
        deliveryChannel: { name: 'default', s3BucketName: 'config-bucket-111122223333' },
      }),
      finds:
        'role deploy (session ci-42) set delivery channel default of AWS Config to bucket config-bucket-111122223333',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'config:PutDeliveryChannel',
        { deliveryChannel: { name: 'default', s3BucketName: 'maps' } },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to set delivery channel default of AWS Config to bucket maps',
    },
    'a channel of the wrong type': {
      event: did(user('alice'), 'config:PutDeliveryChannel', { deliveryChannel: ['default'] }),
      finds: 'alice set a delivery channel that the record does not name of AWS Config',
    },
    'alice looks': {
      event: did(user('alice'), 'config:DescribeDeliveryChannels', {}),
    },
  },
} satisfies Rule;

/** Many put the number of their account into the names of their buckets, and what is in there. */
function bucketFactor(bucket: string | undefined, { account }: Activity, { accounts }: Known): Factor[] {
  if (!bucket) return [];
  const named = bucket.match(/(?<!\d)\d{12}(?!\d)/)?.[0];
  if (named && named !== account && !accounts.has(named))
    return [{ id: 'bucket', points: 20, because: `the name of the bucket says account ${named}, which is not known` }];
  if (named)
    return [{ id: 'bucket', points: -10, because: `the name of the bucket says account ${named}, as it should` }];
  const isUsual = /config|log|audit|archive|trail|securit|complian/i.test(bucket);
  return isUsual
    ? []
    : [{ id: 'bucket', points: 10, because: 'the name of the bucket does not sound like an archive' }];
}
