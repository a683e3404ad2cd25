import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// The alarm rings, and nobody hears it: a filter is quieter than a detector that is missing.
export default {
  id: 'findings-suppressed',
  title: 'Filter hides findings from now on',
  why: 'A filter of GuardDuty, Macie or Inspector was made or changed that archives findings by itself: whatever fits it is never shown and never sent on. An intruder who knows what is going to be found writes such a filter first. It is normal against known false alarms, and then its criteria are narrow. Read them.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['SI-4', 'AU-6', 'CM-3'],
    pci: ['10.4.1.1', '10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'suppressions are narrow, in code, and reviewed',
  },
  on: [
    'guardduty:CreateFilter',
    'guardduty:UpdateFilter',
    'macie2:CreateFindingsFilter',
    'macie2:UpdateFindingsFilter',
    'inspector2:CreateFilter',
    'inspector2:UpdateFilter',
  ],

  detect(activity) {
    if (!mayHide(activity)) return undefined;
    const { request } = activity;
    const name = ['name', 'filterName', 'id', 'filterArn'].map((each) => text(request, each)).find((each) => each);
    return {
      target: resourceTarget('findings filter', name),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${called('findings filter', name)} in ${activity.name.split(':')[0]}, which hides what fits it`,
    };
  },

  automatic: false,

  examples: {
    'mallory silences what she is about to do': {
      event: did(user('mallory'), 'guardduty:CreateFilter', {
        detectorId: '12abc',
        name: 'noise',
        action: 'ARCHIVE',
        findingCriteria: { criterion: { severity: { gte: 0 } } },
      }),
      finds: 'mallory set findings filter noise in guardduty, which hides what fits it',
    },
    'the criteria of a filter are widened': {
      event: did(role('web', 'i-0abc'), 'guardduty:UpdateFilter', {
        detectorId: '12abc',
        filterName: 'scanner',
        findingCriteria: { criterion: {} },
      }),
      finds: 'role web (session i-0abc) set findings filter scanner in guardduty, which hides what fits it',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'macie2:CreateFindingsFilter',
        { name: 'noise', action: 'ARCHIVE' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to set findings filter noise in macie2, which hides what fits it',
    },
    'alice saves a search': {
      event: did(user('alice'), 'guardduty:CreateFilter', { detectorId: '12abc', name: 'high', action: 'NOOP' }),
    },
    'alice renames a filter': {
      event: did(user('alice'), 'guardduty:UpdateFilter', { filterName: 'scanner', description: 'of the pen test' }),
    },
    'a filter of another service': {
      event: did(user('alice'), 'personalize:CreateFilter', { name: 'seen', action: 'ARCHIVE' }),
    },
  },
} satisfies Rule;

// An update need not repeat the action: new criteria may be those of a filter that archives.
function mayHide({ name, request }: Activity): boolean {
  const action = text(request, 'action') ?? text(request, 'filterAction');
  if (action) return action === 'ARCHIVE' || action === 'SUPPRESS';
  const criteria = at(request, 'findingCriteria') ?? at(request, 'filterCriteria');
  return name.includes(':Update') && criteria !== undefined && criteria !== null;
}
