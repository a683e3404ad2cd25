import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// With the bus go the lines that ran on it; with the archive what ran on them.
export default {
  id: 'event-bus-deleted',
  title: 'Event bus or archive of events deleted',
  why: 'An event bus of EventBridge was deleted, so that what is sent to it reaches nobody, or an archive of events, which cannot be replayed any more. It is normal when an application is removed. Where the bus gathered findings or audit events of other accounts, the security team becomes blind.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1070', 'T1489'],
    cis: [],
    nist: ['AU-9', 'SI-4(5)', 'CM-3'],
    pci: ['10.3.2', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'buses that gather findings are made by code, and protected',
  },
  on: ['events:DeleteEventBus', 'events:DeleteArchive'],

  detect(activity) {
    const type = activity.name === 'events:DeleteArchive' ? 'event archive' : 'event bus';
    const name = text(activity.request, 'archiveName') ?? text(activity.request, 'name');
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called(type, name)}`,
      factors: securityFactor(name ?? ''),
    };
  },

  automatic: false,

  examples: {
    'mallory tears down the alarm lines': {
      event: did(user('mallory'), 'events:DeleteEventBus', { name: 'security-findings' }),
      finds: 'mallory deleted event bus security-findings',
    },
    'an application is removed': {
      event: did(role('deploy', 'ci-42'), 'events:DeleteEventBus', { name: 'orders' }),
      finds: 'role deploy (session ci-42) deleted event bus orders',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'events:DeleteArchive',
        { archiveName: 'audit-events' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to delete event archive audit-events',
    },
    'the record does not name it': {
      event: did(user('alice'), 'events:DeleteArchive', { archiveName: null }),
      finds: 'alice deleted an event archive that the record does not name',
    },
    'an archive is made': {
      event: did(user('alice'), 'events:CreateArchive', { archiveName: 'audit-events' }),
    },
  },
} satisfies Rule;

function securityFactor(name: string): Factor[] {
  const isSecurity = /guard-?duty|guardrail|securit|trail|audit|complian|finding|incident|siem|alert|alarm/i.test(name);
  return isSecurity ? [{ id: 'security', points: 25, because: 'it held alarms or findings, by its name' }] : [];
}
