import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, isFields, text } from '../events/fields.ts';

// A trail that selects nothing worth reading goes on logging, and its status stays green.
export default {
  id: 'trail-selectors-changed',
  title: 'Event selectors of a trail changed',
  why: 'What a CloudTrail trail records was changed. Without management events, with reads or writes only, or with services left out, an intruder goes on unseen while the trail still says that it is logging. It is normal to add data events; some leave out KMS to save money. Whether an earlier selection was wider, the event does not say: compare it with the code.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.1', '3.8', '3.9', '4.5'],
    nist: ['AU-2', 'AU-12', 'CM-3'],
    pci: ['10.2.1', '10.2.1.6', '10.3.2'],
    hipaa: ['164.312(b)'],
    practice: 'a trail records all management events, reads and writes',
  },
  on: ['cloudtrail:PutEventSelectors'],

  detect(activity) {
    const trail = text(activity.request, 'trailName');
    const factor = weight(activity.request);
    return {
      target: trail ? { kind: 'trail', trail } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} what ${trail ? `trail ${trail}` : 'a trail'} records: ${factor.because}`,
      factors: [factor],
    };
  },

  automatic: false,

  examples: {
    'mallory leaves one bucket in the trail': {
      event: did(user('mallory'), 'cloudtrail:PutEventSelectors', {
        trailName: 'main',
        eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: false, dataResources: [] }],
      }),
      finds: 'mallory changed what trail main records: no management events any more',
    },
    'reads only, by advanced selectors': {
      event: did(user('mallory'), 'cloudtrail:PutEventSelectors', {
        trailName: 'main',
        advancedEventSelectors: [management({ field: 'readOnly', equals: ['true'] })],
      }),
      finds: 'mallory changed what trail main records: management events that only read or only write',
    },
    'alice saves on KMS, and may not': {
      event: did(
        user('alice'),
        'cloudtrail:PutEventSelectors',
        {
          trailName: 'main',
          advancedEventSelectors: [management({ field: 'eventSource', notEquals: ['kms.amazonaws.com'] })],
        },
        { error: 'AccessDenied' },
      ),
      finds: 'alice tried to change what trail main records: management events with exclusions',
    },
    'a deployment adds data events': {
      event: did(role('deploy', 'ci-42'), 'cloudtrail:PutEventSelectors', {
        trailName: 'main',
        eventSelectors: [
          { readWriteType: 'All', includeManagementEvents: true, dataResources: [{ type: 'AWS::S3::Object' }] },
        ],
      }),
      finds: 'role deploy (session ci-42) changed what trail main records: all management events',
    },
    'selectors of the wrong type': {
      event: did(user('alice'), 'cloudtrail:PutEventSelectors', { trailName: 'main', eventSelectors: 'all' }),
      finds: 'alice changed what trail main records: the record does not show what is selected',
    },
    'alice looks': {
      event: did(user('alice'), 'cloudtrail:GetEventSelectors', { trailName: 'main' }),
    },
  },
} satisfies Rule;

/** What is left of the management events; that of the widest selector. */
function weight(request: Fields): Factor {
  const chosen = [
    ...listed(request, 'eventSelectors').map(basic),
    ...listed(request, 'advancedEventSelectors').map(advanced),
  ];
  const widest = chosen.sort((a, b) => a.points - b.points)[0];
  if (both(request)) return ALL;
  return widest ?? { id: 'selectors', points: 20, because: 'the record does not show what is selected' };
}

const ALL: Factor = { id: 'selectors', points: -10, because: 'all management events' };
const NONE: Factor = { id: 'selectors', points: 40, because: 'no management events any more' };
const HALF: Factor = { id: 'selectors', points: 35, because: 'management events that only read or only write' };
const PART: Factor = { id: 'selectors', points: 30, because: 'management events with exclusions' };

function basic(selector: Fields): Factor {
  if (flag(selector, 'includeManagementEvents') === false) return NONE;
  if ((text(selector, 'readWriteType') ?? 'All') !== 'All') return HALF;
  const excluded = at(selector, 'excludeManagementEventSources');
  return Array.isArray(excluded) && excluded.length > 0 ? PART : ALL;
}

function advanced(selector: Fields): Factor {
  const fields = listed(selector, 'fieldSelectors');
  if (!fields.some(isManagement)) return NONE;
  if (fields.some((each) => text(each, 'field') === 'readOnly')) return HALF;
  return fields.length > 1 ? PART : ALL;
}

function isManagement(field: Fields): boolean {
  const values = at(field, 'equals');
  return text(field, 'field') === 'eventCategory' && Array.isArray(values) && values.includes('Management');
}

/** One selector for reads and one for writes are together all. */
function both(request: Fields): boolean {
  const kinds = new Set(
    listed(request, 'eventSelectors')
      .filter((each) => basic(each) === HALF)
      .map((each) => text(each, 'readWriteType')),
  );
  return kinds.has('ReadOnly') && kinds.has('WriteOnly');
}

function listed(fields: Fields, key: string): Fields[] {
  const value = at(fields, key);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function management(...more: Fields[]): Fields {
  return { name: 'management', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }, ...more] };
}
