import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// An empty group can do nothing; it is where permissions wait for the users who come later.
export default {
  id: 'group-created',
  title: 'IAM group created',
  why: 'Somebody made a group of IAM users. By itself it gives nobody anything: it is kept on record so that the policy and the members that follow can be read together with it. It is normal when teams are set up. An intruder makes one to give a user rights in two harmless steps, often under a name that looks as if it had always been there.',
  severity: 'info',
  maps: {
    mitre: ['T1136.003', 'T1098.003'],
    cis: ['1.15', '4.4'],
    nist: ['AC-2(1)', 'AC-2(4)'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['iam:CreateGroup'],

  detect(activity) {
    const name = text(activity.request, 'groupName');
    return {
      target: name ? { kind: 'principal', principal: { type: 'group', name } } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} group ${name ?? 'of a name that the record does not show'}`,
      factors: nameFactors(name),
    };
  },

  automatic: false,

  examples: {
    'mallory makes a second group of administrators': {
      event: did(user('mallory'), 'iam:CreateGroup', { groupName: 'Admins' }),
      finds: 'mallory created group Admins',
    },
    'a deployment makes a group for a team': {
      event: did(role('deploy', 'ci-42'), 'iam:CreateGroup', { groupName: 'readers', path: '/teams/' }),
      finds: 'role deploy (session ci-42) created group readers',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:CreateGroup', { groupName: ['x'] }, { error: 'AccessDenied' }),
      finds: 'bob tried to create group of a name that the record does not show',
    },
    'a resource group: another service': {
      event: did(user('alice'), 'resource-groups:CreateGroup', { name: 'Admins' }),
    },
  },
} satisfies Rule;

function nameFactors(name = ''): Factor[] {
  const isStrong = /admin|root|power.?user|super/i.test(name);
  return isStrong ? [{ id: 'name', points: 15, because: 'its name is that of a group of administrators' }] : [];
}
