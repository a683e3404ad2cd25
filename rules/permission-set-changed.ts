import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The frame that policies are put into: what it is called, how long a session lasts, where people land after the sign-in.
export default {
  id: 'permission-set-changed',
  title: 'Permission set created or changed',
  why: 'A permission set of IAM Identity Center was made, changed, or brought into the accounts where it is assigned. That alone gives nobody anything and is everyday work of deployments. Look where it sends people to a foreign page after the sign-in, or where stolen sessions would last as long as sessions can.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1136.003'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-6', 'AC-12'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'permission sets change through a reviewed deployment, with short sessions',
  },
  on: ['sso:CreatePermissionSet', 'sso:UpdatePermissionSet', 'sso:ProvisionPermissionSet'],

  detect(activity) {
    const created = text(inner(activity.response, 'permissionSet'), 'permissionSetArn');
    const set = text(activity.request, 'permissionSetArn') ?? text(activity.request, 'name') ?? created;
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${doing(activity)} ${called('permission set', set)}`,
      factors: [...relayFactors(text(activity.request, 'relayState')), ...sessionFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'mallory sends everybody to her own page after the sign-in': {
      event: did(user('mallory'), 'sso:UpdatePermissionSet', {
        permissionSetArn: 'ps-1',
        relayState: 'https://console.aws.amazon.com.example.net/',
      }),
      finds: 'mallory changed permission set ps-1',
    },
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'sso:CreatePermissionSet', {
        name: 'Auditors',
        sessionDuration: 'PT1H',
        relayState: 'https://eu-central-1.console.aws.amazon.com/cloudtrail/home',
      }),
      finds: 'role deploy (session ci-42) created permission set Auditors',
    },
    'ana brings it into the accounts and is refused': {
      event: did(
        identityCenter('ana', 'Platform'),
        'sso:ProvisionPermissionSet',
        { permissionSetArn: 'ps-1', targetType: 'ALL_PROVISIONED_ACCOUNTS' },
        { error: 'ThrottlingException' },
      ),
      finds: 'ana tried to provision permission set ps-1',
    },
    'sessions become as long as they can be': {
      event: did(user('alice'), 'sso:UpdatePermissionSet', { sessionDuration: 'PT12H' }),
      finds: 'alice changed a permission set that the record does not name',
    },
    'alice looks at it': {
      event: did(user('alice'), 'sso:DescribePermissionSet', { permissionSetArn: 'ps-1' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'sso:CreatePermissionSet') return verb(activity, 'created', 'create');
  if (activity.name === 'sso:UpdatePermissionSet') return verb(activity, 'changed', 'change');
  return verb(activity, 'provisioned', 'provision');
}

const CONSOLE = /^https:\/\/([a-z0-9-]+\.)*(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)(\/|$)/i;

function relayFactors(page: string | undefined): Factor[] {
  if (!page || CONSOLE.test(page)) return [];
  return [{ id: 'relay', points: 40, because: `after the sign-in people land on ${page}, which is no page of AWS` }];
}

function sessionFactors({ request, name }: Activity): Factor[] {
  const isLong = /^PT(1[0-2]H|[67]\d\dM)/i.test(text(request, 'sessionDuration') ?? '');
  if (!isLong || name !== 'sso:UpdatePermissionSet') return [];
  return [{ id: 'session', points: 15, because: 'sessions, stolen ones too, last ten hours and more' }];
}
