import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Who comes into which account, with which rights: here the whole organization is given away, one account at a time.
export default {
  id: 'account-assignment-created',
  title: 'Account assigned in Identity Center',
  why: 'A user or group of IAM Identity Center got a permission set in an account, and can sign in there at once. It is everyday work when people change teams, best for groups and by a deployment. Look twice where somebody assigns to himself, to a single user, or in the management account, from which every other account can be reached.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1078.004'],
    cis: ['1.15', '1.21'],
    nist: ['AC-2', 'AC-2(4)', 'AC-6'],
    pci: ['7.2.2', '7.2.3', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(B)', '164.308(a)(4)(ii)(C)'],
    practice: 'assignments to groups, and hardly any in the management account',
  },
  on: ['sso:CreateAccountAssignment'],

  detect(activity) {
    const { request } = activity;
    const set = text(request, 'permissionSetArn');
    const [kind, id] = [text(request, 'principalType')?.toLowerCase(), text(request, 'principalId')];
    const account = text(request, 'targetId');
    return {
      target: resourceTarget('permission set', set),
      because: `${activity.actor.name} ${verb(activity, 'gave', 'give')} ${id ? `${kind ?? 'principal'} ${id}` : 'somebody'} ${called('permission set', set)} in ${account ? `account ${account}` : 'an account'}`,
      factors: factorsOf(activity, account, id, kind),
    };
  },

  automatic: false,

  examples: {
    'mallory comes into the management account': {
      event: did(user('mallory'), 'sso:CreateAccountAssignment', assignment('USER', '111122223333')),
      finds: 'mallory gave user 906abc permission set ps-1 in account 111122223333',
    },
    'ana gives herself an account': {
      event: did(
        { ...identityCenter('ana', 'Platform'), onBehalfOf: { userId: '906abc' } },
        'sso:CreateAccountAssignment',
        assignment('USER', '444455556666'),
      ),
      finds: 'ana gave user 906abc permission set ps-1 in account 444455556666',
    },
    'a deployment assigns a group': {
      event: did(role('deploy', 'ci-42'), 'sso:CreateAccountAssignment', assignment('GROUP', '444455556666')),
      finds: 'role deploy (session ci-42) gave group 906abc permission set ps-1 in account 444455556666',
    },
    'a build may not, and does not say what': {
      event: did(role('build', 'ci-42'), 'sso:CreateAccountAssignment', {}, { error: 'AccessDeniedException' }),
      finds:
        'role build (session ci-42) tried to give somebody a permission set that the record does not name in an account',
    },
    'somebody asks how far it is': {
      event: did(role('deploy', 'ci-42'), 'sso:DescribeAccountAssignmentCreationStatus', {
        accountAssignmentCreationRequestId: '111',
      }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity, account?: string, id?: string, kind?: string): Factor[] {
  const own = account !== undefined && account === activity.account;
  const self = id !== undefined && id === activity.actor.person;
  return [
    ...(own ? [{ id: 'own', points: 20, because: 'it is the account that manages Identity Center' }] : []),
    ...(self ? [{ id: 'self', points: 25, because: 'the actor gives it to itself' }] : []),
    ...(kind === 'user' ? [{ id: 'direct', points: 5, because: 'it goes to a single user, past all groups' }] : []),
  ];
}

function assignment(principalType: string, targetId: string) {
  return { permissionSetArn: 'ps-1', principalType, principalId: '906abc', targetId, targetType: 'AWS_ACCOUNT' };
}
