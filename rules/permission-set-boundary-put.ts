import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';
import { managedGain } from '../policy/managed.ts';

// A limit that allows everything is none, and stands in the place of one that did limit.
export default {
  id: 'permission-set-boundary-put',
  title: 'Permissions boundary of a permission set set',
  why: 'The most that the people with a permission set of IAM Identity Center may do was set anew. A boundary is a good thing where there was none. An intruder puts one that allows everything in the place of a narrow one, so that what the permission set was given beyond the limit comes into force in every account.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['1.16', '1.21'],
    nist: ['AC-3', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'boundaries that those whom they limit cannot change',
  },
  on: ['sso:PutPermissionsBoundaryToPermissionSet'],

  detect(activity) {
    const set = text(activity.request, 'permissionSetArn');
    const boundary = inner(activity.request, 'permissionsBoundary');
    const arn = text(boundary, 'managedPolicyArn');
    const name = arn ?? text(inner(boundary, 'customerManagedPolicyReference'), 'name');
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${name ?? 'a policy that the record does not name'} as permissions boundary of ${called('permission set', set)}`,
      factors: name ? limitFactors(arn) : [{ id: 'unknown', points: 15, because: 'the new limit is not known' }],
    };
  },

  automatic: false,

  examples: {
    'mallory sets a limit that limits nothing': {
      event: did(user('mallory'), 'sso:PutPermissionsBoundaryToPermissionSet', {
        permissionSetArn: 'ps-1',
        permissionsBoundary: { managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      }),
      finds: 'mallory set arn:aws:iam::aws:policy/AdministratorAccess as permissions boundary of permission set ps-1',
    },
    'a deployment limits a permission set': {
      event: did(role('deploy', 'ci-42'), 'sso:PutPermissionsBoundaryToPermissionSet', {
        permissionSetArn: 'ps-1',
        permissionsBoundary: { customerManagedPolicyReference: { name: 'boundary', path: '/' } },
      }),
      finds: 'role deploy (session ci-42) set boundary as permissions boundary of permission set ps-1',
    },
    'a refused call without content': {
      event: did(user('alice'), 'sso:PutPermissionsBoundaryToPermissionSet', null, { error: 'AccessDenied' }),
      finds:
        'alice tried to set a policy that the record does not name as permissions boundary of a permission set that the record does not name',
    },
    'the boundary of a role: another rule': {
      event: did(user('alice'), 'iam:PutRolePermissionsBoundary', {
        roleName: 'web',
        permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    },
  },
} satisfies Rule;

function limitFactors(arn: string | undefined): Factor[] {
  const level = arn && managedGain(arn)?.level;
  if (level === 'admin') return [{ id: 'boundary', points: 40, because: 'the boundary limits next to nothing' }];
  return level === 'wide' ? [{ id: 'boundary', points: 15, because: 'the boundary limits little' }] : [];
}
