import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A second instance is a second door with its own users; without the first, nobody comes in.
export default {
  id: 'identity-center-instance-changed',
  title: 'Instance of Identity Center created or deleted',
  why: 'IAM Identity Center was switched on in an account, or an instance was deleted. With the instance of the organization go all users, permission sets and assignments: nobody gets into any account that way any more. A new instance in a member account is a directory that the organization does not look after. It is normal once, at the start.',
  severity: 'medium',
  maps: {
    mitre: ['T1136.003', 'T1484.002', 'T1531'],
    cis: ['1.21'],
    nist: ['AC-2', 'CM-3', 'CP-2'],
    pci: ['8.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.308(a)(7)(i)'],
    practice: 'one instance for the organization, and a policy that forbids others',
  },
  on: ['sso:CreateInstance', 'sso:StartSSO', 'sso:DeleteInstance'],

  detect(activity) {
    const isNew = activity.name === 'sso:CreateInstance' || activity.name === 'sso:StartSSO';
    const instance = text(activity.request, 'instanceArn') ?? text(activity.response, 'instanceArn');
    return {
      target: resourceTarget('Identity Center instance', instance),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'created', 'create') : verb(activity, 'deleted', 'delete')} ${called('Identity Center instance', instance)}`,
      factors: isNew
        ? []
        : [{ id: 'lost', points: 30, because: 'its users, permission sets and assignments are gone' }],
    };
  },

  automatic: false,

  examples: {
    'mallory deletes the way in for everybody': {
      event: did(user('mallory'), 'sso:DeleteInstance', { instanceArn: 'arn:aws:sso:::instance/ssoins-1' }),
      finds: 'mallory deleted Identity Center instance arn:aws:sso:::instance/ssoins-1',
    },
    'mallory makes a directory of her own in a member account': {
      event: did(
        user('mallory'),
        'sso:CreateInstance',
        { name: 'apps' },
        { response: { instanceArn: 'arn:aws:sso:::instance/ssoins-2' } },
      ),
      finds: 'mallory created Identity Center instance arn:aws:sso:::instance/ssoins-2',
    },
    'a build may not, and the record shows nothing': {
      event: did(role('build', 'ci-42'), 'sso:StartSSO', null, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to create an Identity Center instance that the record does not name',
    },
    'an instance of something else': {
      event: did(user('alice'), 'connect:CreateInstance', { instanceAlias: 'support' }),
    },
  },
} satisfies Rule;
