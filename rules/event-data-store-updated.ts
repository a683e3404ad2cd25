import { integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, isFields, text } from '../events/fields.ts';

// Protection is taken away before the deletion, and short memories forget by themselves.
export default {
  id: 'event-data-store-updated',
  title: 'Event data store of CloudTrail Lake narrowed',
  why: 'An event data store of CloudTrail Lake was changed. Without termination protection it can be deleted, with a short retention it forgets by itself, and for one region or without management events it no longer sees an intruder. It is normal when costs are cut on purpose. Look whether a deletion follows.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008'],
    cis: ['4.5'],
    nist: ['AU-2', 'AU-9', 'AU-11'],
    pci: ['10.3.2', '10.5.1'],
    hipaa: ['164.312(b)', '164.316(b)(2)(i)'],
    practice: 'audit logs are kept for a year or more, and are protected from deletion',
  },
  on: ['cloudtrail:UpdateEventDataStore'],

  detect(activity) {
    const store = text(activity.request, 'eventDataStore');
    const factors = losses(activity.request);
    const said = factors.map((each) => each.because).join(', ');
    return {
      target: resourceTarget('event data store', store),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${called('event data store', store)}${said && `: ${said}`}`,
      factors: factors.length > 0 ? factors : [{ id: 'kept', points: -10, because: 'nothing is switched off' }],
    };
  },

  automatic: false,

  examples: {
    'mallory takes the lock off': {
      event: did(user('mallory'), 'cloudtrail:UpdateEventDataStore', {
        eventDataStore: 'audit-lake',
        terminationProtectionEnabled: false,
      }),
      finds: 'mallory changed event data store audit-lake: it may be deleted from now on',
    },
    'a week of memory, refused': {
      event: did(
        role('web', 'i-0abc'),
        'cloudtrail:UpdateEventDataStore',
        { eventDataStore: 'audit-lake', retentionPeriod: 7 },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to change event data store audit-lake: it forgets after 7 days',
    },
    'only one kind of data is left': {
      event: did(user('mallory'), 'cloudtrail:UpdateEventDataStore', {
        eventDataStore: 'audit-lake',
        advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }],
      }),
      finds: 'mallory changed event data store audit-lake: management events are not selected',
    },
    'alice remembers longer': {
      event: did(user('alice'), 'cloudtrail:UpdateEventDataStore', { retentionPeriod: 2557 }),
      finds: 'alice changed an event data store that the record does not name',
    },
    'the store is deleted: another rule': {
      event: did(user('mallory'), 'cloudtrail:DeleteEventDataStore', { eventDataStore: 'audit-lake' }),
    },
  },
} satisfies Rule;

/** What the store loses. */
function losses(request: Fields): Factor[] {
  const days = integerAt(request, 'retentionPeriod');
  const lost: [boolean, string, number, string][] = [
    [flag(request, 'terminationProtectionEnabled') === false, 'protection', 25, 'it may be deleted from now on'],
    [days !== undefined && days < 90, 'retention', 30, `it forgets after ${days} days`],
    [flag(request, 'multiRegionEnabled') === false, 'regions', 30, 'other regions are no longer recorded'],
    [flag(request, 'organizationEnabled') === false, 'organization', 30, 'other accounts are no longer recorded'],
    [!keepsManagement(request), 'selectors', 30, 'management events are not selected'],
  ];
  return lost.filter(([is]) => is).map(([, id, points, because]) => ({ id, points, because }));
}

/** Selectors are given as a whole, or left as they are. */
function keepsManagement(request: Fields): boolean {
  const selectors = at(request, 'advancedEventSelectors');
  if (!Array.isArray(selectors)) return true;
  return selectors
    .filter(isFields)
    .flatMap((each) => at(each, 'fieldSelectors'))
    .filter(isFields)
    .some(isManagement);
}

function isManagement(field: Fields): boolean {
  const values = at(field, 'equals');
  return text(field, 'field') === 'eventCategory' && Array.isArray(values) && values.includes('Management');
}
