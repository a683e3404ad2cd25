import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, root } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The root address is the last word on who owns the account: password recovery goes there.
export default {
  id: 'root-email-changed',
  title: 'E-mail address of root changed',
  why: "The e-mail address of a root user was changed, or its change was started. Whoever reads the new address can set a new root password and lock everybody else out; only AWS Support brings the account back. It is normal when accounts move to a shared mailbox, planned and from the organization's management account.",
  severity: 'high',
  maps: {
    mitre: ['T1098', 'T1531'],
    cis: ['1.1', '1.7', '4.3'],
    nist: ['AC-2(4)', 'AC-6(9)', 'IA-5'],
    pci: ['8.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(d)'],
    practice: 'root mail goes to a guarded, shared mailbox',
  },
  on: ['signin:EmailUpdated', 'account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate'],

  detect(activity) {
    const started = activity.name === 'account:StartPrimaryEmailUpdate';
    const how = started ? verb(activity, 'started to change', 'start to change') : verb(activity, 'changed', 'change');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${how} the e-mail address of root${whereIn(activity)}`,
      factors: started
        ? []
        : [{ id: 'owner', points: 15, because: 'the reader of the new address can set a new root password' }],
    };
  },

  automatic: false,

  examples: {
    'root changes its address': {
      event: did(root, 'signin:EmailUpdated', null, { response: { EmailUpdated: 'Success' } }),
      finds: 'root changed the e-mail address of root',
    },
    'the management account starts the change for a member': {
      event: did(role('organization-admin', 'ana'), 'account:StartPrimaryEmailUpdate', {
        accountId: '999988887777',
        primaryEmail: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
      finds:
        'role organization-admin (session ana) started to change the e-mail address of root in account 999988887777',
    },
    'and finishes it': {
      event: did(role('organization-admin', 'ana'), 'account:AcceptPrimaryEmailUpdate', {
        accountId: '999988887777',
        primaryEmail: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        otp: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
      finds: 'role organization-admin (session ana) changed the e-mail address of root in account 999988887777',
    },
    'somebody may not': {
      event: did(
        role('build', 'ci-42'),
        'account:StartPrimaryEmailUpdate',
        { accountId: '999988887777' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to start to change the e-mail address of root in account 999988887777',
    },
    'a look at the address': {
      event: did(role('organization-admin', 'ana'), 'account:GetPrimaryEmail', { accountId: '999988887777' }),
    },
  },
} satisfies Rule;

/** Organizations change the address of a member account, whose id is in the request. */
function whereIn(activity: Activity): string {
  const account = text(activity.request, 'accountId');
  return account && account !== activity.account ? ` in account ${account}` : '';
}
