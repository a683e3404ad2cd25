import { gainsOfDocument } from '../core/gains.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Principal } from '../core/target.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The machine that has the profile now speaks with the role's voice, and so does everybody who can run code on it.
export default {
  id: 'role-added-to-instance-profile',
  title: 'Role added to an instance profile',
  why: 'EC2 instances with this profile get the credentials of the role from now on. Whoever can start such an instance, or log in to one, acts with the rights of the role: with a strong role that is a way up for somebody who has little. It is everyday work of deployments, which put in a role for just what the machine does.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1548', 'T1552.005'],
    cis: ['1.16', '1.18'],
    nist: ['AC-3', 'AC-6', 'AC-6(5)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege for machines',
  },
  on: ['iam:AddRoleToInstanceProfile'],

  whose: (activity) => [roleIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const profile = text(activity.request, 'instanceProfileName');
    const added = roleIn(activity);
    return {
      target: added ? { kind: 'principal', principal: added } : resourceTarget('instance profile', profile),
      because: `${activity.actor.name} ${verb(activity, 'put', 'put')} ${called('role', added?.name)} into ${called('instance profile', profile)}`,
      factors: added ? strengthFactors(added, activity, known) : [],
    };
  },

  automatic: false,

  examples: {
    'mallory gives a machine the role of the administrators': {
      event: did(user('mallory'), 'iam:AddRoleToInstanceProfile', { instanceProfileName: 'web', roleName: 'Admin' }),
      finds: 'mallory put role Admin into instance profile web',
    },
    'a role that is known to be strong': {
      event: did(role('build', 'ci-42'), 'iam:AddRoleToInstanceProfile', {
        instanceProfileName: 'web',
        roleName: 'landing',
      }),
      holdings: { 'role landing': [everything('landing')] },
      finds: 'role build (session ci-42) put role landing into instance profile web',
    },
    'a deployment puts in its role': {
      event: did(role('deploy', 'ci-42'), 'iam:AddRoleToInstanceProfile', {
        instanceProfileName: 'web',
        roleName: 'web',
      }),
      finds: 'role deploy (session ci-42) put role web into instance profile web',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:AddRoleToInstanceProfile', { roleName: 7 }, { error: 'AccessDenied' }),
      finds:
        'bob tried to put a role that the record does not name into an instance profile that the record does not name',
    },
    'a role is taken out': {
      event: did(user('alice'), 'iam:RemoveRoleFromInstanceProfile', { instanceProfileName: 'web', roleName: 'Admin' }),
    },
  },
} satisfies Rule;

function roleIn({ request }: Activity): Principal | undefined {
  const name = text(request, 'roleName');
  return name ? { type: 'role', name } : undefined;
}

function strengthFactors(added: Principal, activity: Activity, known: Known): Factor[] {
  const levels = (known.holdings(added)?.policies ?? []).map(
    (each) => each.document && gainsOfDocument(each.document, activity).gains[0]?.level,
  );
  if (levels.includes('admin')) return [{ id: 'strong', points: 50, because: 'the role is an administrator' }];
  const isNamedSo = /admin|power.?user|root|super/i.test(added.name);
  return isNamedSo ? [{ id: 'strong', points: 30, because: 'the role is named like an administrator' }] : [];
}

function everything(name: string) {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const policies = [{ reference: `inline/role/${name}/all`, document, alarmed: false }];
  return { principal: { type: 'role' as const, name }, policies, boundary: null, isWhole: true };
}
