import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Findings that reach nobody are as good as none.
export default {
  id: 'findings-export-changed',
  title: 'Flow of findings cut or diverted',
  why: 'Findings no longer reach the place where somebody reads them: the destination to which GuardDuty writes was deleted or changed, Security Hub no longer takes the findings of a product, or no longer gathers those of other regions. The detector itself looks fine. It is normal when the destination moves, and then the new one is there first.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1562.006'],
    cis: ['4.16'],
    nist: ['AU-6(4)', 'SI-4(5)', 'IR-5'],
    pci: ['10.7.2', '12.10.5'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'findings flow to one place, and a missing flow is noticed',
  },
  on: [
    'guardduty:DeletePublishingDestination',
    'guardduty:UpdatePublishingDestination',
    'securityhub:DisableImportFindingsForProduct',
    'securityhub:DeleteFindingAggregator',
    'securityhub:DeleteAggregatorV2',
  ],

  detect(activity) {
    const name = KEYS.map((each) => text(activity.request, each)).find((each) => each !== undefined);
    return {
      target: resourceTarget('flow of findings', name),
      because: `${activity.actor.name} ${what(activity)} ${called('flow of findings', name)} in ${activity.name.split(':')[0]}${where(activity)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory cuts the wire': {
      event: did(user('mallory'), 'guardduty:DeletePublishingDestination', {
        detectorId: '12abc',
        destinationId: '7b9cfa30e5',
      }),
      finds: 'mallory cut flow of findings 7b9cfa30e5 in guardduty',
    },
    'mallory lets it end elsewhere': {
      event: did(role('web', 'i-0abc'), 'guardduty:UpdatePublishingDestination', {
        detectorId: '12abc',
        destinationId: '7b9cfa30e5',
        destinationProperties: { destinationArn: 'arn:aws:s3:::cheap-storage' },
      }),
      finds:
        'role web (session i-0abc) diverted flow of findings 7b9cfa30e5 in guardduty to arn:aws:s3:::cheap-storage',
    },
    'Security Hub keeps its product': {
      event: did(
        user('mallory'),
        'securityhub:DisableImportFindingsForProduct',
        { ProductSubscriptionArn: 'arn:aws:securityhub:us-east-1:111122223333:product-subscription/aws/guardduty' },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to cut flow of findings arn:aws:securityhub:us-east-1:111122223333:product-subscription/aws/guardduty in securityhub',
    },
    'the record does not say which': {
      event: did(user('mallory'), 'securityhub:DeleteFindingAggregator', { FindingAggregatorArn: '' }),
      finds: 'mallory cut a flow of findings that the record does not name in securityhub',
    },
    'alice lets findings flow': {
      event: did(user('alice'), 'guardduty:CreatePublishingDestination', { detectorId: '12abc' }),
    },
  },
} satisfies Rule;

const KEYS = ['destinationId', 'productSubscriptionArn', 'findingAggregatorArn', 'aggregatorV2Arn'];

function what(activity: Activity): string {
  return activity.name.includes(':Update') ? verb(activity, 'diverted', 'divert') : verb(activity, 'cut', 'cut');
}

function where({ request }: Activity): string {
  const arn = text(inner(request, 'destinationProperties'), 'destinationArn');
  return arn ? ` to ${arn}` : '';
}
