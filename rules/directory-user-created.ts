import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { HIDDEN, inner, text } from '../events/fields.ts';

// A user alone can do nothing; which groups and accounts follow tells whether it is a colleague or a back door.
export default {
  id: 'directory-user-created',
  title: 'Identity Center user created',
  why: 'A user was made, or switched on again, in the directory of IAM Identity Center. By itself it can do nothing: it is kept on record so that the group or the account that follows can be read together with it. It is normal where people are looked after by hand; where an identity provider brings them, nobody should do it here.',
  severity: 'info',
  maps: {
    mitre: ['T1136.003'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-2(1)', 'AC-2(4)'],
    pci: ['8.2.1', '8.2.4', '10.2.1.5'],
    hipaa: ['164.308(a)(3)(ii)(A)', '164.312(a)(2)(i)'],
    practice: 'people come from the identity provider',
  },
  on: ['sso-directory:CreateUser', 'identitystore:CreateUser', 'sso-directory:EnableUser'],

  detect(activity) {
    const name = nameIn(activity);
    const isNew = activity.name !== 'sso-directory:EnableUser';
    return {
      target: resourceTarget('Identity Center user', name),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'created', 'create') : verb(activity, 'enabled', 'enable')} ${called('Identity Center user', name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a user, whose name is hidden as always': {
      event: did(
        user('mallory'),
        'identitystore:CreateUser',
        { identityStoreId: 'd-1', userName: HIDDEN, displayName: HIDDEN },
        { response: { userId: '906new', identityStoreId: 'd-1' } },
      ),
      finds: 'mallory created Identity Center user 906new',
    },
    'a user is switched on again': {
      event: did(identityCenter('ana', 'HelpDesk'), 'sso-directory:EnableUser', { userId: '906abc' }),
      finds: 'ana enabled Identity Center user 906abc',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'sso-directory:CreateUser',
        { userName: 'backup' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to create Identity Center user backup',
    },
    'a user of IAM: another rule': {
      event: did(user('alice'), 'iam:CreateUser', { userName: 'backup' }),
    },
  },
} satisfies Rule;

/** CloudTrail hides the names of people; the answer has the id. */
function nameIn({ request, response }: Activity): string | undefined {
  const id = text(response, 'userId') ?? text(inner(response, 'user'), 'userId') ?? text(request, 'userId');
  const name = text(request, 'userName');
  return id ?? (name === HIDDEN ? undefined : name);
}
