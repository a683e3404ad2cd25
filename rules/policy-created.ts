import { gainsOfDocument } from '../core/gains.ts';
import { clauseOf, dormantFactors } from '../core/grants.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { document, inner, text } from '../events/fields.ts';

// Nobody has it yet, but whoever may attach it will: the last moment before it counts.
export default {
  id: 'policy-created',
  title: 'Managed policy created',
  why: 'Somebody made a policy that users, groups and roles can be given. It grants nothing until it is attached, and the attachment is judged by itself. A policy with administrator rights under a harmless name is a preparation; it is normal that deployments and administrators write narrow ones.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003'],
    cis: ['1.16', '4.4'],
    nist: ['AC-6', 'AC-6(1)', 'CM-5'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege',
  },
  on: ['iam:CreatePolicy'],

  detect(activity) {
    const policy = text(inner(activity.response, 'policy'), 'arn') ?? text(activity.request, 'policyName');
    if (!policy) return undefined;
    const gains = gainsOfDocument(document(activity.request, 'policyDocument'), activity);
    return {
      target: { kind: 'policy', policy },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} policy ${policy}: ${clauseOf(gains)}`,
      factors: dormantFactors(gains, 'nobody has the policy yet'),
    };
  },

  automatic: false,

  examples: {
    'alice writes an administrator policy with a harmless name': {
      event: did(
        user('alice'),
        'iam:CreatePolicy',
        { policyName: 'logs', policyDocument: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' },
        { response: { policy: { arn: 'arn:aws:iam::111122223333:policy/logs', policyName: 'logs' } } },
      ),
      finds:
        'alice created policy arn:aws:iam::111122223333:policy/logs: whoever gets it can now do everything on every resource',
    },
    'a deployment writes a narrow one and is refused': {
      event: did(
        role('deploy', 'ci-42'),
        'iam:CreatePolicy',
        {
          policyName: 'web',
          policyDocument: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::web/*"}]}',
        },
        { error: 'EntityAlreadyExists' },
      ),
      finds:
        'role deploy (session ci-42) tried to create policy web: whoever gets it could then use s3:GetObject on arn:aws:s3:::web/*',
    },
    'a record without a name': {
      event: did(user('alice'), 'iam:CreatePolicy', {}),
    },
  },
} satisfies Rule;
