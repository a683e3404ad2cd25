import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// In the administrator account one call is enough to lose sight of another account.
export default {
  id: 'security-members-removed',
  title: 'Member accounts left unwatched',
  why: 'The administrator account of GuardDuty, Security Hub, Macie, Inspector or Detective let go of member accounts, or stopped watching them. What happens there no longer reaches the people who look at findings. It is normal when an account is closed or leaves the organization. Ask who is working in those accounts right now.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['SI-4', 'AU-6(4)', 'IR-5'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'membership is managed by the organization, automatically',
  },
  on: [
    'guardduty:StopMonitoringMembers',
    'guardduty:DisassociateMembers',
    'guardduty:DeleteMembers',
    'securityhub:DisassociateMembers',
    'securityhub:DeleteMembers',
    'macie2:DisassociateMember',
    'macie2:DeleteMember',
    'macie2:UpdateMemberSession',
    'inspector2:DisassociateMember',
    'detective:DeleteMembers',
  ],

  detect(activity) {
    const isPause = activity.name === 'macie2:UpdateMemberSession';
    if (isPause && text(activity.request, 'status') !== 'PAUSED') return undefined;
    const accounts = accountsIn(activity.request);
    const of = accounts.length === 1 ? `account ${accounts[0]}` : `${accounts.length || 'some'} accounts`;
    const what =
      isPause || activity.name === 'guardduty:StopMonitoringMembers'
        ? `${verb(activity, 'stopped', 'stop')} watching ${of}`
        : `${verb(activity, 'removed', 'remove')} ${of}`;
    return {
      target: resourceTarget('account', accounts.length === 1 ? accounts[0] : undefined),
      because: `${activity.actor.name} ${what} with ${activity.name.split(':')[0]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory closes an eye': {
      event: did(user('mallory'), 'guardduty:StopMonitoringMembers', {
        detectorId: '12abc',
        accountIds: ['444455556666'],
      }),
      finds: 'mallory stopped watching account 444455556666 with guardduty',
    },
    'two accounts at once, refused': {
      event: did(
        role('web', 'i-0abc'),
        'securityhub:DisassociateMembers',
        { AccountIds: ['444455556666', '777788889999'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to remove 2 accounts with securityhub',
    },
    'Macie pauses for one': {
      event: did(user('mallory'), 'macie2:UpdateMemberSession', { id: '444455556666', status: 'PAUSED' }),
      finds: 'mallory stopped watching account 444455556666 with macie2',
    },
    'a request without accounts': {
      event: did(user('mallory'), 'guardduty:DeleteMembers', { detectorId: '12abc', accountIds: null }),
      finds: 'mallory removed some accounts with guardduty',
    },
    'Macie goes on': {
      event: did(user('alice'), 'macie2:UpdateMemberSession', { id: '444455556666', status: 'ENABLED' }),
    },
    'members are invited': {
      event: did(user('alice'), 'guardduty:CreateMembers', { detectorId: '12abc', accountDetails: [] }),
    },
  },
} satisfies Rule;

/** A list for the older services, a single account for the younger ones. */
function accountsIn(request: Fields): string[] {
  const list = at(request, 'accountIds');
  if (Array.isArray(list)) return list.filter((each) => typeof each === 'string');
  const one = text(request, 'id') ?? text(request, 'accountId');
  return one ? [one] : [];
}
