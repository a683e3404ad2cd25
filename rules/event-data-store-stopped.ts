import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The lake is where investigators ask their questions: without it the past has no answers.
export default {
  id: 'event-data-store-stopped',
  title: 'Event data store of CloudTrail Lake stopped or deleted',
  why: 'An event data store of CloudTrail Lake was deleted, or takes in nothing any more. It is an audit log that can be queried: whoever stops it hides what comes next, whoever deletes it also hides what was. A deleted store can be restored for seven days (RestoreEventDataStore). It is normal only when a store is given up for another.',
  severity: 'high',
  maps: {
    mitre: ['T1562.008', 'T1070'],
    cis: ['4.5'],
    nist: ['AU-9', 'AU-11', 'AU-12'],
    pci: ['10.2.1.6', '10.3.2', '10.5.1'],
    hipaa: ['164.312(b)', '164.316(b)(2)(i)'],
    practice: 'audit logs cannot be deleted by those whom they record',
  },
  on: ['cloudtrail:DeleteEventDataStore', 'cloudtrail:StopEventDataStoreIngestion'],

  detect(activity) {
    const store = text(activity.request, 'eventDataStore');
    const what =
      activity.name === 'cloudtrail:DeleteEventDataStore'
        ? verb(activity, 'deleted', 'delete')
        : `${verb(activity, 'stopped', 'stop')} the intake of`;
    return {
      target: resourceTarget('event data store', store),
      because: `${activity.actor.name} ${what} ${called('event data store', store)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory drains the lake': {
      event: did(user('mallory'), 'cloudtrail:DeleteEventDataStore', { eventDataStore: 'audit-lake' }),
      finds: 'mallory deleted event data store audit-lake',
    },
    'mallory dams the river': {
      event: did(role('web', 'i-0abc'), 'cloudtrail:StopEventDataStoreIngestion', { eventDataStore: 'audit-lake' }),
      finds: 'role web (session i-0abc) stopped the intake of event data store audit-lake',
    },
    'the store is protected': {
      event: did(
        user('mallory'),
        'cloudtrail:DeleteEventDataStore',
        { eventDataStore: ['audit-lake'] },
        { error: 'EventDataStoreTerminationProtectedException' },
      ),
      finds: 'mallory tried to delete an event data store that the record does not name',
    },
    'the intake starts again': {
      event: did(user('alice'), 'cloudtrail:StartEventDataStoreIngestion', { eventDataStore: 'audit-lake' }),
    },
  },
} satisfies Rule;
