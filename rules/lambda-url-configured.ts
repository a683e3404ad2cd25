import { clauses } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// An address on the internet that runs code with the rights of the account, without a gateway that anybody watches.
export default {
  id: 'lambda-url-configured',
  title: 'Address of a Lambda function configured',
  why: 'A Lambda function was given an address on the internet, or its settings were changed. Without authentication everybody who has the address runs the function with its role; intruders keep a way in, or a place to send data to, in this way. It is normal for web hooks, and where calls have to be signed.',
  severity: 'info',
  maps: {
    mitre: ['T1546', 'T1567', 'T1190'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'SC-7'],
    pci: ['1.4.1', '1.4.2', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
    practice: 'function addresses with AWS_IAM only, by an organization policy',
  },
  on: ['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],

  detect(activity) {
    const name = text(activity.request, 'functionName');
    const factors = text(activity.request, 'authType') === 'NONE' ? [UNSIGNED] : [];
    const isNew = activity.name === 'lambda:CreateFunctionUrlConfig';
    return {
      target: resourceTarget('Lambda function', name),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'gave', 'give') : verb(activity, 'changed the settings of', 'change the settings of')} ${isNew ? 'an address to' : 'the address of'} ${called('Lambda function', name)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory keeps a way in': {
      event: did(user('mallory'), 'lambda:CreateFunctionUrlConfig', { functionName: 'export', authType: 'NONE' }),
      finds: 'mallory gave an address to Lambda function export: everybody may call it',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'lambda:UpdateFunctionUrlConfig',
        { functionName: 'export', authType: 'NONE' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to change the settings of the address of Lambda function export: everybody may call it',
    },
    'a deployment asks for signatures': {
      event: did(role('deploy', 'ci-42'), 'lambda:CreateFunctionUrlConfig', {
        functionName: 'hook',
        authType: 'AWS_IAM',
      }),
      finds: 'role deploy (session ci-42) gave an address to Lambda function hook',
    },
    'the kind of authentication is missing': {
      event: did(user('alice'), 'lambda:UpdateFunctionUrlConfig', { functionName: 'hook', authType: null }),
      finds: 'alice changed the settings of the address of Lambda function hook',
    },
    'the address is taken away': {
      event: did(user('alice'), 'lambda:DeleteFunctionUrlConfig', { functionName: 'hook' }),
    },
  },
} satisfies Rule;

const UNSIGNED: Factor = { id: 'opened', points: 45, because: 'everybody may call it' };
