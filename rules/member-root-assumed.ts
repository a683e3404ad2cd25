import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Fifteen minutes of root, in another account, without its password and without its MFA device.
export default {
  id: 'member-root-assumed',
  title: 'Root of a member account assumed',
  why: 'From the management account, or the one that it delegates this to, somebody opened a session as the root user of a member account. The session is good for one task: looking at root credentials, deleting or restoring them, or taking a policy off a bucket or queue that locked everybody out. Each is rare and has an announced reason.',
  severity: 'high',
  maps: {
    mitre: ['T1548.005', 'T1078.004', 'T1550.001'],
    cis: ['1.7', '4.3'],
    nist: ['AC-6(2)', 'AC-6(5)', 'AC-6(9)'],
    pci: ['7.2.1', '8.2.2', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(b)'],
    practice: 'root is locked away and used with MFA only',
  },
  on: ['sts:AssumeRoot'],

  detect(activity) {
    const account = text(activity.request, 'targetPrincipal');
    const policy = text(inner(activity.request, 'taskPolicyArn'), 'arn');
    const task = policy?.split('/').at(-1);
    return {
      target: resourceTarget('account', account),
      because: `${activity.actor.name} ${verb(activity, 'became', 'become')} root of ${called('account', account)}${task ? ` for ${task}` : ''}`,
      factors: taskFactors(task),
    };
  },

  automatic: false,

  examples: {
    'mallory gives a root user a password again': {
      event: did(user('mallory'), 'sts:AssumeRoot', {
        targetPrincipal: '444455556666',
        taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword' },
      }),
      finds: 'mallory became root of account 444455556666 for IAMCreateRootUserPassword',
    },
    'ana looks whether root has keys': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'sts:AssumeRoot', {
        targetPrincipal: '444455556666',
        taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
      }),
      finds: 'ana@example.com became root of account 444455556666 for IAMAuditRootUserCredentials',
    },
    'bob may not': {
      event: did(user('bob'), 'sts:AssumeRoot', { taskPolicyArn: 'x' }, { error: 'AccessDenied' }),
      finds: 'bob tried to become root of an account that the record does not name',
    },
    'an ordinary role': {
      event: did(user('alice'), 'sts:AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/root' }),
    },
  },
} satisfies Rule;

function taskFactors(task: string | undefined): Factor[] {
  if (task === 'IAMAuditRootUserCredentials')
    return [{ id: 'task', points: -20, because: 'the session can only look at root credentials' }];
  if (task !== 'IAMCreateRootUserPassword') return [];
  return [{ id: 'task', points: 15, because: 'the session lets the root password be recovered' }];
}
