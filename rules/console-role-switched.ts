import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role } from '../events/did.ts';
import { text } from '../events/fields.ts';
import { accountIn } from '../policy/exposure.ts';

// A person, not a program, came over from an account that nobody here knows.
export default {
  id: 'console-role-switched',
  title: 'Role switched in the console across an unknown account',
  why: 'Somebody who was signed in to the console of an account that the settings do not know switched to a role of this one, or the other way round. Between accounts of one organization that is everyday work, and silent once the settings name them. A person from a strange account in this console is a supplier whom somebody let in, or an intruder.',
  severity: 'medium',
  maps: {
    mitre: ['T1078.004', 'T1199', 'T1021.007'],
    cis: ['1.20'],
    nist: ['AC-3', 'AC-17', 'AC-20'],
    pci: ['7.2.5', '8.2.7', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'trust named accounts, with an external id or an organization id',
  },
  on: ['signin:SwitchRole'],

  detect(activity, known) {
    const [from, to] = [text(activity.extra, 'switchFrom'), text(activity.extra, 'switchTo')];
    const other = otherAccount([from, to], activity);
    if (!other || known.accounts.has(other)) return undefined;
    return {
      target: resourceTarget('account', other),
      because: `${activity.actor.name} ${verb(activity, 'switched', 'switch')} roles in the console${from ? `, from ${from}` : ''}${to ? `, to ${to}` : ''}: account ${other} is not known to the settings`,
    };
  },

  automatic: false,

  examples: {
    'mallory comes over from her own account': {
      event: did(role('support', 'mallory'), 'signin:SwitchRole', null, {
        response: { SwitchRole: 'Success' },
        extra: { SwitchFrom: `arn:aws:iam::${OUTSIDE}:user/mallory`, RedirectTo: 'https://console.aws.amazon.com/' },
      }),
      finds:
        'role support (session mallory) switched roles in the console, from arn:aws:iam::999988887777:user/mallory: account 999988887777 is not known to the settings',
    },
    'she is not let in': {
      event: did(role('support', 'mallory'), 'signin:SwitchRole', null, {
        response: { SwitchRole: 'Failure' },
        extra: { SwitchFrom: `arn:aws:iam::${OUTSIDE}:user/mallory` },
      }),
      finds:
        'role support (session mallory) tried to switch roles in the console, from arn:aws:iam::999988887777:user/mallory: account 999988887777 is not known to the settings',
    },
    'alice switches within the account': {
      event: did(role('admin', 'alice'), 'signin:SwitchRole', null, {
        response: { SwitchRole: 'Success' },
        extra: { SwitchFrom: 'arn:aws:iam::111122223333:user/alice' },
      }),
    },
    'the record does not say from where': {
      event: did(role('admin', 'alice'), 'signin:SwitchRole', null, {
        response: { SwitchRole: 'Success' },
        extra: { SwitchFrom: 7 },
      }),
    },
  },
} satisfies Rule;

function otherAccount(ends: (string | undefined)[], { actor, account }: Activity): string | undefined {
  const accounts = [actor.account, ...ends.map((each) => each && accountIn(each))];
  return accounts.find((each) => each !== undefined && each !== '' && each !== account);
}
