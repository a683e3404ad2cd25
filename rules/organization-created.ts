import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// With an organization, one stolen account becomes as many as its owner likes.
export default {
  id: 'organization-created',
  title: 'Organization created',
  why: 'The account became the management account of a new organization. It happens once in the life of a company, so it is hardly ever normal in an account that is in use. An intruder makes one to get more accounts on the same bill, for mining or mail, or to invite other stolen accounts into it.',
  severity: 'medium',
  maps: {
    mitre: ['T1666', 'T1496'],
    cis: ['4.15'],
    nist: ['AC-2', 'CM-3'],
    pci: ['7.2.1', '12.5.1'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'one organization, with every account in it',
  },
  on: ['organizations:CreateOrganization'],

  detect(activity) {
    const id = text(inner(activity.response, 'organization'), 'id');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'made', 'make')} account ${activity.account} the management account of a new organization${id ? ` (${id})` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes more of a stolen account': {
      event: did(
        user('mallory'),
        'organizations:CreateOrganization',
        { featureSet: 'ALL' },
        { response: { organization: { id: 'o-abcde12345' } } },
      ),
      finds: 'mallory made account 111122223333 the management account of a new organization (o-abcde12345)',
    },
    'a build may not': {
      event: did(role('build', 'ci-42'), 'organizations:CreateOrganization', {}, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to make account 111122223333 the management account of a new organization',
    },
    'an answer that cannot be read': {
      event: did(user('mallory'), 'organizations:CreateOrganization', {}, { response: { organization: 'o-1' } }),
      finds: 'mallory made account 111122223333 the management account of a new organization',
    },
    'an organization of another service': {
      event: did(user('alice'), 'workmail:CreateOrganization', { alias: 'example' }),
    },
  },
} satisfies Rule;
