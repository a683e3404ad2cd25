import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A recorder without a channel cannot run: the channel goes first, the memory after it.
export default {
  id: 'config-delivery-deleted',
  title: 'Delivery channel of AWS Config deleted',
  why: 'The delivery channel of AWS Config was deleted: its history and snapshots no longer reach the bucket, and changes no longer reach the topic. AWS allows it only while the recorder is stopped, so somebody stopped that first. It is normal when AWS Config is taken out of an account on purpose.',
  severity: 'high',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.3', '4.9'],
    nist: ['AU-9', 'AU-12', 'CM-3'],
    pci: ['10.2.1.6', '10.3.3', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'the history of all resources lies in another account',
  },
  on: ['config:DeleteDeliveryChannel'],

  detect(activity) {
    const channel = text(activity.request, 'deliveryChannelName');
    return {
      target: resourceTarget('delivery channel', channel),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('delivery channel', channel)} of AWS Config`,
    };
  },

  automatic: false,

  examples: {
    'mallory cuts the line to the archive': {
      event: did(user('mallory'), 'config:DeleteDeliveryChannel', { deliveryChannelName: 'default' }),
      finds: 'mallory deleted delivery channel default of AWS Config',
    },
    'the recorder still runs': {
      event: did(
        role('web', 'i-0abc'),
        'config:DeleteDeliveryChannel',
        { deliveryChannelName: 'default' },
        { error: 'LastDeliveryChannelDeleteFailedException' },
      ),
      finds: 'role web (session i-0abc) tried to delete delivery channel default of AWS Config',
    },
    'the record does not name it': {
      event: did(user('mallory'), 'config:DeleteDeliveryChannel', { deliveryChannelName: {} }),
      finds: 'mallory deleted a delivery channel that the record does not name of AWS Config',
    },
    'a channel is set: another rule': {
      event: did(user('alice'), 'config:PutDeliveryChannel', { deliveryChannel: { name: 'default' } }),
    },
  },
} satisfies Rule;
