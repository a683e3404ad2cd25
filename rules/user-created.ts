import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A user alone can do nothing; what it is given next tells whether it is an account of convenience or a back door.
export default {
  id: 'user-created',
  title: 'IAM user created',
  why: 'Somebody made an IAM user. By itself it can do nothing: it is kept on record so that the policy, the key or the password that follows can be read together with it. It is normal in older set-ups; people should come through an identity provider and programs through roles, and an organization that does so sees this never.',
  severity: 'low',
  maps: {
    mitre: ['T1136.003'],
    cis: ['1.15', '4.4'],
    nist: ['AC-2(1)', 'AC-2(4)'],
    pci: ['8.2.4', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:CreateUser'],

  detect(activity) {
    const name = text(activity.request, 'userName');
    return {
      target: name ? { kind: 'principal', principal: { type: 'user', name } } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} user ${name ?? 'of a name that the record does not show'}`,
    };
  },

  automatic: false,

  examples: {
    'alice makes a user': {
      event: did(
        user('alice'),
        'iam:CreateUser',
        { userName: 'backup' },
        { response: { user: { userName: 'backup', arn: 'arn:aws:iam::111122223333:user/backup', path: '/' } } },
      ),
      finds: 'alice created user backup',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'iam:CreateUser', { userName: 'backup' }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to create user backup',
    },
    'a user is tagged': {
      event: did(user('alice'), 'iam:TagUser', { userName: 'backup', tags: [{ key: 'team', value: 'ops' }] }),
    },
  },
} satisfies Rule;
