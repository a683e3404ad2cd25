import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { document, flag, inner, text } from '../events/fields.ts';
import { accountIn } from '../policy/exposure.ts';
import { outsidersOf } from '../policy/trust.ts';

// What an application may do for people, who may ask in its name, and whether everybody is let in.
export default {
  id: 'identity-center-application-opened',
  title: 'Application of Identity Center given more reach',
  why: 'An application that is connected to IAM Identity Center got a grant, a scope, a way to prove who it is, or other users. An application that accounts of others may speak for, or that may act in the accounts of those who sign in, keeps an intruder in long after his own access is gone. It is normal while the application is set up.',
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1528', 'T1550.001'],
    cis: ['1.21'],
    nist: ['AC-3', 'AC-6', 'AC-20'],
    pci: ['7.2.5', '8.6.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'applications get the scopes that they need, and only for whom they are meant',
  },
  on: [
    'sso:PutApplicationGrant',
    'sso:PutApplicationAuthenticationMethod',
    'sso:PutApplicationAccessScope',
    'sso:PutApplicationAssignmentConfiguration',
    'sso:CreateApplicationAssignment',
  ],

  detect(activity, known) {
    const application = text(activity.request, 'applicationArn');
    return {
      target: resourceTarget('application', application),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${WHAT[activity.name] ?? 'the reach'} of ${called('application', application)}`,
      factors: [...actorFactors(activity, known), ...reachFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'mallory lets another account speak for the application': {
      event: did(user('mallory'), 'sso:PutApplicationAuthenticationMethod', {
        applicationArn: 'apl-1',
        authenticationMethodType: 'IAM',
        authenticationMethod: { iam: { actorPolicy: allows('arn:aws:iam::999988887777:root') } },
      }),
      finds: 'mallory changed the authentication of application apl-1',
    },
    'a deployment lets its own role do so': {
      event: did(role('deploy', 'ci-42'), 'sso:PutApplicationAuthenticationMethod', {
        applicationArn: 'apl-1',
        authenticationMethod: { iam: { actorPolicy: allows('arn:aws:iam::111122223333:role/web') } },
      }),
      finds: 'role deploy (session ci-42) changed the authentication of application apl-1',
    },
    'the application may use the accounts of its users': {
      event: did(user('mallory'), 'sso:PutApplicationAccessScope', {
        applicationArn: 'apl-1',
        scope: 'sso:account:access',
      }),
      finds: 'mallory changed the scopes of application apl-1',
    },
    'everybody is let in, says a record without a name': {
      event: did(user('alice'), 'sso:PutApplicationAssignmentConfiguration', { assignmentRequired: false }),
      finds: 'alice changed the assignment settings of an application that the record does not name',
    },
    'a build may not add a user': {
      event: did(
        role('build', 'ci-42'),
        'sso:CreateApplicationAssignment',
        { applicationArn: 'apl-1', principalType: 'USER', principalId: '906abc' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to change the users of application apl-1',
    },
    'a grant is taken away': {
      event: did(user('alice'), 'sso:DeleteApplicationGrant', { applicationArn: 'apl-1', grantType: 'refresh_token' }),
    },
  },
} satisfies Rule;

const WHAT: { [name: string]: string } = {
  'sso:PutApplicationGrant': 'the grants',
  'sso:PutApplicationAuthenticationMethod': 'the authentication',
  'sso:PutApplicationAccessScope': 'the scopes',
  'sso:PutApplicationAssignmentConfiguration': 'the assignment settings',
  'sso:CreateApplicationAssignment': 'the users',
};

/** Whom the actor policy lets ask for tokens in the application's name, from outside. */
function actorFactors({ request, account }: Activity, known: Known): Factor[] {
  const policy = document(inner(inner(request, 'authenticationMethod'), 'iam'), 'actorPolicy');
  const outside = policy ? outsidersOf(policy, account) : [];
  const [first] = outside.filter(({ name }) => !known.accounts.has(accountIn(name) ?? ''));
  if (!first) return [];
  return [{ id: 'outside', points: 45, because: `${first.name} may ask for tokens in its name` }];
}

function reachFactors({ request }: Activity): Factor[] {
  if (text(request, 'scope') === 'sso:account:access')
    return [{ id: 'scope', points: 30, because: 'it may act in the accounts of those who sign in' }];
  if (flag(request, 'assignmentRequired') === false)
    return [{ id: 'everybody', points: 15, because: 'everybody in the directory is let in' }];
  const isExchange = /jwt-bearer$|token-exchange$/.test(text(request, 'grantType') ?? '');
  return isExchange ? [{ id: 'exchange', points: 15, because: 'it may turn the tokens of others into its own' }] : [];
}

function allows(principal: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sso-oauth:CreateTokenWithIAM', Resource: '*' },
    ],
  };
}
