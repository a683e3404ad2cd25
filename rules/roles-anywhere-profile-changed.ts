import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Which roles a certificate opens.
export default {
  id: 'roles-anywhere-profile-changed',
  title: 'Profile of Roles Anywhere created or changed',
  why: 'Which roles machines outside AWS may take on with their certificates was set. Each of these roles must trust IAM Roles Anywhere by itself, too, so nothing opens by this alone; together with a trust anchor it is a lasting way in. It is normal when machines are connected, for roles made for them; a role of administrators has no place there.',
  severity: 'low',
  maps: {
    mitre: ['T1098.001', 'T1098.003'],
    cis: ['1.16', '4.4'],
    nist: ['AC-2', 'AC-6', 'IA-9'],
    pci: ['7.2.5', '8.6.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'one profile for each kind of machine, with a session policy',
  },
  on: ['rolesanywhere:CreateProfile', 'rolesanywhere:UpdateProfile', 'rolesanywhere:EnableProfile'],

  detect(activity) {
    const { request, response } = activity;
    const made = text(inner(response, 'profile'), 'profileId');
    const profile = text(request, 'profileId') ?? made ?? text(request, 'name');
    return {
      target: resourceTarget('Roles Anywhere profile', profile),
      because: `${activity.actor.name} ${doing(activity)} ${called('Roles Anywhere profile', profile)}${rolesOf(activity)}`,
      factors: powerFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory opens the role of the administrators': {
      event: did(user('mallory'), 'rolesanywhere:UpdateProfile', {
        profileId: 'p-1',
        roleArns: ['arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::111122223333:role/web'],
      }),
      finds:
        'mallory changed Roles Anywhere profile p-1, for arn:aws:iam::111122223333:role/Admin, arn:aws:iam::111122223333:role/web',
    },
    'a deployment connects machines': {
      event: did(role('deploy', 'ci-42'), 'rolesanywhere:CreateProfile', {
        name: 'printers',
        roleArns: ['arn:aws:iam::111122223333:role/printer'],
      }),
      finds:
        'role deploy (session ci-42) created Roles Anywhere profile printers, for arn:aws:iam::111122223333:role/printer',
    },
    'a build may not, and its roles are none': {
      event: did(
        role('build', 'ci-42'),
        'rolesanywhere:CreateProfile',
        { roleArns: [null, 7] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to create a Roles Anywhere profile that the record does not name',
    },
    'a profile of another service': {
      event: did(user('alice'), 'transfer:CreateProfile', { as2Id: 'partner' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'rolesanywhere:CreateProfile') return verb(activity, 'created', 'create');
  return activity.name === 'rolesanywhere:EnableProfile'
    ? verb(activity, 'enabled', 'enable')
    : verb(activity, 'changed', 'change');
}

function rolesOf({ request }: Activity): string {
  const roles = strings(at(request, 'roleArns'));
  return roles.length > 0 ? `, for ${roles.slice(0, 3).join(', ')}` : '';
}

function powerFactors({ request }: Activity): Factor[] {
  const strong = strings(at(request, 'roleArns')).find((each) =>
    /admin|poweruser|root|organizationaccount/i.test(each),
  );
  return strong ? [{ id: 'role', points: 25, because: `by its name ${strong} may do much` }] : [];
}
