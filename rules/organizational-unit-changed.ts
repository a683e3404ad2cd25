import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Units are where policies hang: a new one has none yet.
export default {
  id: 'organizational-unit-changed',
  title: 'Organizational unit created, renamed or deleted',
  why: 'The tree of the organization was changed. A unit can be deleted only when no account is in it, and a new one is empty, so little happens by this alone. It is kept so that it can be read together with the accounts that are moved next: a unit without policies is a place to put an account that should not be limited.',
  severity: 'info',
  maps: {
    mitre: ['T1666'],
    cis: ['4.15'],
    nist: ['AC-3', 'CM-3'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'the tree of the organization is written in code',
  },
  on: [
    'organizations:CreateOrganizationalUnit',
    'organizations:UpdateOrganizationalUnit',
    'organizations:DeleteOrganizationalUnit',
  ],

  detect(activity) {
    const unit =
      text(activity.request, 'organizationalUnitId') ??
      text(inner(activity.response, 'organizationalUnit'), 'id') ??
      text(activity.request, 'name');
    return {
      target: resourceTarget('organizational unit', unit),
      because: `${activity.actor.name} ${doing(activity)} ${called('organizational unit', unit)}`,
      factors:
        activity.name === 'organizations:DeleteOrganizationalUnit'
          ? [{ id: 'gone', points: 15, because: 'its place in the tree and its policies are gone' }]
          : [],
    };
  },

  automatic: false,

  examples: {
    'mallory deletes a unit': {
      event: did(user('mallory'), 'organizations:DeleteOrganizationalUnit', { organizationalUnitId: 'ou-ab12-prod' }),
      finds: 'mallory deleted organizational unit ou-ab12-prod',
    },
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'organizations:CreateOrganizationalUnit', {
        name: 'sandbox',
        parentId: 'r-ab12',
      }),
      finds: 'role deploy (session ci-42) created organizational unit sandbox',
    },
    'a build may not, and does not say which': {
      event: did(role('build', 'ci-42'), 'organizations:UpdateOrganizationalUnit', {}, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to rename an organizational unit that the record does not name',
    },
    'alice looks at one': {
      event: did(user('alice'), 'organizations:DescribeOrganizationalUnit', { organizationalUnitId: 'ou-ab12-prod' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'organizations:CreateOrganizationalUnit') return verb(activity, 'created', 'create');
  return activity.name === 'organizations:UpdateOrganizationalUnit'
    ? verb(activity, 'renamed', 'rename')
    : verb(activity, 'deleted', 'delete');
}
