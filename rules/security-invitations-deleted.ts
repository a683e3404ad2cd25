import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { at } from '../events/fields.ts';

// Who refuses the invitation of the security team stays out of its sight.
export default {
  id: 'security-invitations-deleted',
  title: 'Invitation of a security administrator refused',
  why: 'An invitation to be watched by an administrator account of GuardDuty, Security Hub, Macie or Detective was declined or deleted. The account stays outside of what the security team sees. It is normal to refuse invitations from strangers, who sometimes send them by mistake; ask the security team whether it was theirs.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['SI-4', 'AU-6(4)'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'membership is managed by the organization, without invitations',
  },
  on: [
    'guardduty:DeleteInvitations',
    'guardduty:DeclineInvitations',
    'securityhub:DeleteInvitations',
    'securityhub:DeclineInvitations',
    'macie2:DeleteInvitations',
    'macie2:DeclineInvitations',
    'detective:RejectInvitation',
  ],

  detect(activity) {
    const ids = at(activity.request, 'accountIds');
    const account = Array.isArray(ids) && ids.length === 1 && typeof ids[0] === 'string' ? ids[0] : undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'refused', 'refuse')} ${account ? `the invitation of account ${account}` : 'invitations'} in ${activity.name.split(':')[0]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory does not want to be watched': {
      event: did(user('mallory'), 'guardduty:DeleteInvitations', { accountIds: ['444455556666'] }),
      finds: 'mallory refused the invitation of account 444455556666 in guardduty',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'securityhub:DeclineInvitations',
        { AccountIds: ['444455556666'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to refuse the invitation of account 444455556666 in securityhub',
    },
    'accounts of the wrong type': {
      event: did(user('mallory'), 'macie2:DeclineInvitations', { accountIds: 7 }),
      finds: 'mallory refused invitations in macie2',
    },
    'alice accepts': {
      event: did(user('alice'), 'guardduty:AcceptInvitation', { detectorId: '12abc', masterId: '444455556666' }),
    },
  },
} satisfies Rule;
