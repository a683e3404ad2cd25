import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// The list says whom to fear: an intruder takes his own address off it.
export default {
  id: 'threat-list-changed',
  title: 'Threat list of GuardDuty changed',
  why: 'A list of known attackers that GuardDuty looks out for was made, changed or deleted. Without it, or with another file, connections to the addresses that you know to be hostile are not noticed any more. It is normal when the supplier of the list changes or the file is renewed; a new list takes nothing away.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['SI-4', 'SI-5', 'CM-3'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'threat lists come from one known supplier, by code',
  },
  on: [
    'guardduty:CreateThreatIntelSet',
    'guardduty:UpdateThreatIntelSet',
    'guardduty:DeleteThreatIntelSet',
    'guardduty:CreateThreatEntitySet',
    'guardduty:UpdateThreatEntitySet',
    'guardduty:DeleteThreatEntitySet',
  ],

  detect(activity) {
    const { request } = activity;
    const name = text(request, 'name') ?? text(request, 'threatIntelSetId') ?? text(request, 'threatEntitySetId');
    const { done, tried, factors } = change(activity);
    return {
      target: resourceTarget('threat list', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('threat list', name)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory tears up the list': {
      event: did(user('mallory'), 'guardduty:DeleteThreatIntelSet', { detectorId: '12abc', threatIntelSetId: '8cb0' }),
      finds: 'mallory deleted threat list 8cb0',
    },
    'mallory takes it out of use, and may not': {
      event: did(
        role('web', 'i-0abc'),
        'guardduty:UpdateThreatIntelSet',
        { detectorId: '12abc', threatIntelSetId: '8cb0', activate: false },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to update threat list 8cb0',
    },
    'alice adds a list': {
      event: did(user('alice'), 'guardduty:CreateThreatIntelSet', { name: 'supplier', activate: true }),
      finds: 'alice created threat list supplier',
    },
    'the record does not say which': {
      event: did(user('alice'), 'guardduty:UpdateThreatIntelSet', { location: null }),
      finds: 'alice updated a threat list that the record does not name',
    },
    'alice looks': {
      event: did(user('alice'), 'guardduty:GetThreatIntelSet', { threatIntelSetId: '8cb0' }),
    },
  },
} satisfies Rule;

function change({ name, request }: Activity): { done: string; tried: string; factors: Factor[] } {
  if (name.includes(':Create'))
    return {
      done: 'created',
      tried: 'create',
      factors: [{ id: 'more', points: -30, because: 'a new list takes nothing away' }],
    };
  if (name.includes(':Delete')) return { done: 'deleted', tried: 'delete', factors: [] };
  const isOff = flag(request, 'activate') === false;
  return {
    done: 'updated',
    tried: 'update',
    factors: isOff ? [] : [{ id: 'renewed', points: -10, because: 'the list stays in use' }],
  };
}
