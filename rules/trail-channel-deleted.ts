import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Through a channel other systems write into the audit log of AWS: without it they fall silent.
export default {
  id: 'trail-channel-deleted',
  title: 'Channel of CloudTrail deleted',
  why: 'A channel was deleted through which events of other systems, or of AWS services, come into CloudTrail Lake. From then on what these systems report is missing from the audit log, and nothing else fails. It is normal when the integration is given up. An intruder who came in through the other system gains time.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: ['4.5'],
    nist: ['AU-6(4)', 'AU-12'],
    pci: ['10.2.1.6', '10.3.3'],
    hipaa: ['164.312(b)'],
    practice: 'the sources of audit logs are made and removed by code',
  },
  on: ['cloudtrail:DeleteChannel'],

  detect(activity) {
    const channel = text(activity.request, 'channel');
    return {
      target: resourceTarget('CloudTrail channel', channel),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('CloudTrail channel', channel)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory cuts a line': {
      event: did(user('mallory'), 'cloudtrail:DeleteChannel', { channel: 'identity-provider' }),
      finds: 'mallory deleted CloudTrail channel identity-provider',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'cloudtrail:DeleteChannel',
        { channel: 'identity-provider' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to delete CloudTrail channel identity-provider',
    },
    'the record does not name it': {
      event: did(user('alice'), 'cloudtrail:DeleteChannel', {}),
      finds: 'alice deleted a CloudTrail channel that the record does not name',
    },
    'a channel of video, not of logs': {
      event: did(user('alice'), 'medialive:DeleteChannel', { channelId: '1234' }),
    },
  },
} satisfies Rule;
