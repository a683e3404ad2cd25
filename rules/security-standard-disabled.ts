import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

const SUBSCRIPTION = 'arn:aws:securityhub:us-east-1:111122223333:subscription';

// A check that is not made cannot fail: the score even rises.
export default {
  id: 'security-standard-disabled',
  title: 'Standard or control of Security Hub disabled',
  why: 'A whole standard of Security Hub, or single controls of it, were disabled. What they check, root keys, open ports, public buckets, is no longer reported, and the score rises instead of falling. It is normal to disable controls that do not apply, with a reason; a whole standard goes only when another one takes its place.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['CA-7', 'CM-6', 'SI-4'],
    pci: ['10.7.2', '11.5.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(8)'],
    practice: 'controls are disabled centrally, each with a reason',
  },
  on: [
    'securityhub:BatchDisableStandards',
    'securityhub:UpdateStandardsControl',
    'securityhub:BatchUpdateStandardsControlAssociations',
  ],

  detect(activity) {
    const off = disabledIn(activity);
    if (!off) return undefined;
    const isWhole = activity.name === 'securityhub:BatchDisableStandards';
    return {
      target: resourceTarget(isWhole ? 'standard' : 'control', off[0]),
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} ${isWhole ? 'standard' : 'control'} ${off[0] ?? 'of an unknown name'}${off.length > 1 ? ` and ${off.length - 1} more` : ''} of Security Hub`,
      factors: isWhole ? [{ id: 'whole', points: 15, because: 'all checks of the standard stop' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory does without a standard': {
      event: did(user('mallory'), 'securityhub:BatchDisableStandards', {
        StandardsSubscriptionArns: [`${SUBSCRIPTION}/cis-aws-foundations-benchmark/v/3.0.0`],
      }),
      finds: `mallory disabled standard ${SUBSCRIPTION}/cis-aws-foundations-benchmark/v/3.0.0 of Security Hub`,
    },
    'mallory may not switch a control off': {
      event: did(
        role('web', 'i-0abc'),
        'securityhub:UpdateStandardsControl',
        { StandardsControlArn: 'control/1.4', ControlStatus: 'DISABLED', DisabledReason: 'noise' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to disable control control/1.4 of Security Hub',
    },
    'two controls, of which one goes': {
      event: did(user('mallory'), 'securityhub:BatchUpdateStandardsControlAssociations', {
        StandardsControlAssociationUpdates: [
          { SecurityControlId: 'IAM.4', AssociationStatus: 'DISABLED' },
          { SecurityControlId: 'IAM.6', AssociationStatus: 'ENABLED' },
        ],
      }),
      finds: 'mallory disabled control IAM.4 of Security Hub',
    },
    'a control is switched on': {
      event: did(user('alice'), 'securityhub:UpdateStandardsControl', {
        StandardsControlArn: 'control/1.4',
        ControlStatus: 'ENABLED',
      }),
    },
    'updates of the wrong type': {
      event: did(user('alice'), 'securityhub:BatchUpdateStandardsControlAssociations', {
        StandardsControlAssociationUpdates: 'DISABLED',
      }),
    },
  },
} satisfies Rule;

/** The names of what is disabled, as far as they are shown; undefined where nothing is. */
function disabledIn({ name, request }: Activity): string[] | undefined {
  if (name === 'securityhub:BatchDisableStandards') {
    const arns = at(request, 'standardsSubscriptionArns');
    return Array.isArray(arns) ? arns.filter((each) => typeof each === 'string') : [];
  }
  if (name === 'securityhub:UpdateStandardsControl') {
    if (text(request, 'controlStatus') !== 'DISABLED') return undefined;
    return [text(request, 'standardsControlArn')].filter((each) => each !== undefined);
  }
  const updates = at(request, 'standardsControlAssociationUpdates');
  const off = (Array.isArray(updates) ? updates : [])
    .filter(isFields)
    .filter((each) => text(each, 'associationStatus') === 'DISABLED');
  return off.length > 0 ? off.map((each) => text(each, 'securityControlId') ?? 'of an unknown name') : undefined;
}
