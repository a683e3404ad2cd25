import { clauses, outsiderFactors } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A function that outsiders may call runs with its role whenever they like: a back door without a key.
export default {
  id: 'lambda-permission-added',
  title: 'Permission to use a Lambda function added',
  why: 'Somebody was allowed to call a Lambda function, or more. Whoever may call it makes it act with its role; everybody, an unknown account, or a service on behalf of any customer is a back door into the account. It is everyday work where a service of the account, named by its ARN, is to start the function.',
  severity: 'info',
  maps: {
    mitre: ['T1546', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-6'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'functions called by named resources of the account only',
  },
  on: ['lambda:AddPermission'],

  detect(activity, known) {
    const name = text(activity.request, 'functionName');
    const principal = text(activity.request, 'principal');
    const factors = factorsOf(activity, principal, known);
    return {
      target: resourceTarget('Lambda function', name),
      because: `${activity.actor.name} ${verb(activity, 'allowed', 'allow')} ${principal === '*' ? 'everybody' : (principal ?? 'somebody')} to use ${called('Lambda function', name)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory opens a function to the world': {
      event: did(user('mallory'), 'lambda:AddPermission20150331v2', {
        functionName: 'export',
        action: 'lambda:InvokeFunctionUrl',
        principal: '*',
        functionUrlAuthType: 'NONE',
      }),
      finds: 'mallory allowed everybody to use Lambda function export: no condition says who',
    },
    'mallory lets her own account in': {
      event: did(user('mallory'), 'lambda:AddPermission20150331v2', { functionName: 'export', principal: OUTSIDE }),
      finds:
        'mallory allowed 999988887777 to use Lambda function export: account 999988887777 is none that the settings know',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'lambda:AddPermission20150331v2',
        { functionName: 'export', principal: '*' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to allow everybody to use Lambda function export: no condition says who',
    },
    'a deployment connects a topic': {
      event: did(role('deploy', 'ci-42'), 'lambda:AddPermission20150331v2', {
        functionName: 'export',
        principal: 'sns.amazonaws.com',
        sourceArn: 'arn:aws:sns:us-east-1:111122223333:orders',
      }),
      finds: 'role deploy (session ci-42) allowed sns.amazonaws.com to use Lambda function export',
    },
    'a service for whomever it works, and no name': {
      event: did(user('alice'), 'lambda:AddPermission20150331v2', { principal: 's3.amazonaws.com', functionName: {} }),
      finds:
        'alice allowed s3.amazonaws.com to use a Lambda function that the record does not name: nothing says on whose behalf the service may call it',
    },
    'a queue is opened: another service': {
      event: did(user('alice'), 'sqs:AddPermission', { queueUrl: 'orders', aWSAccountIds: [OUTSIDE] }),
    },
  },
} satisfies Rule;

function factorsOf(activity: Activity, principal: string | undefined, known: Known): Factor[] {
  const { request } = activity;
  const source = text(request, 'sourceAccount') ?? text(request, 'sourceArn');
  const outside = [principal, text(request, 'sourceAccount'), text(request, 'sourceArn')]
    .flatMap((each) => outsiderFactors(each, 35, activity, known))
    .slice(0, 1);
  if (outside.length > 0) return outside;
  if (principal === '*' && !source && !text(request, 'principalOrgID'))
    return [{ id: 'opened', points: 50, because: 'no condition says who' }];
  return principal?.endsWith('.amazonaws.com') && !source
    ? [{ id: 'deputy', points: 10, because: 'nothing says on whose behalf the service may call it' }]
    : [];
}
