import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The same keys under another name: alarms, searches and policies that know the old one no longer fit.
export default {
  id: 'principal-renamed',
  title: 'User or group renamed',
  why: 'An IAM user or group got another name or path. Its keys, password and policies go on, but policies, alarms and exceptions that name it by its ARN no longer mean it, and others may mean it now. An intruder hides a user that way or slips under a rule for a path. It is normal when people change their names; few organizations ever do it.',
  severity: 'low',
  maps: {
    mitre: ['T1036.010', 'T1098', 'T1531'],
    cis: ['4.4'],
    nist: ['AC-2(4)', 'IA-4'],
    pci: ['8.2.1', '8.2.4', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(2)(i)'],
    practice: 'one person, one name',
  },
  on: ['iam:UpdateUser', 'iam:UpdateGroup'],

  detect(activity) {
    const principal = principalIn(activity);
    const name = text(activity.request, 'newUserName') ?? text(activity.request, 'newGroupName');
    const path = text(activity.request, 'newPath');
    if (!principal || !(name || path)) return undefined;
    const what = name
      ? `${verb(activity, 'renamed', 'rename')} ${nameOfPrincipal(principal)} to ${name}`
      : `${verb(activity, 'moved', 'move')} ${nameOfPrincipal(principal)} to path ${path}`;
    const own = isSelf(activity, principal);
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${what}`,
      factors: own ? [{ id: 'self', points: 15, because: 'the actor changes its own name' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory becomes somebody else': {
      event: did(user('mallory'), 'iam:UpdateUser', { userName: 'mallory', newUserName: 'aws-support' }),
      finds: 'mallory renamed user mallory to aws-support',
    },
    'a group moves to another path': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateGroup', { groupName: 'readers', newPath: '/teams/' }),
      finds: 'role deploy (session ci-42) moved group readers to path /teams/',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:UpdateUser', { userName: 'alice', newUserName: 'carol' }, { error: 'AccessDenied' }),
      finds: 'bob tried to rename user alice to carol',
    },
    'an update that changes nothing': {
      event: did(user('alice'), 'iam:UpdateUser', { userName: 'bob' }),
    },
  },
} satisfies Rule;
