import { gainsOfDocument, gainsOfHolders } from '../core/gains.ts';
import { clauseOf, dormantFactors, grantFactors } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Target } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { document, flag, inner, text } from '../events/fields.ts';
import restorePolicyVersion from '../remediations/restore-policy-version.ts';

// Everybody who has the policy has the new version at once, and no attachment is there to be seen.
export default {
  id: 'policy-version-created',
  title: 'Managed policy rewritten',
  why: 'A managed policy got a new version. As the default it takes effect at once for everybody who has the policy: who may write versions of a policy of their own becomes an administrator with this one call. It is normal when a deployment changes what a program needs, and then the policy stays narrow.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['1.16', '4.4'],
    nist: ['AC-2(4)', 'AC-6', 'CM-5'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'least privilege',
  },
  on: ['iam:CreatePolicyVersion'],

  documents(activity) {
    const policy = text(activity.request, 'policyArn');
    return policy ? [reference.policy(policy), reference.default(policy)] : [];
  },

  whose(activity) {
    const policy = text(activity.request, 'policyArn');
    return policy ? [{ policy }] : [];
  },

  detect(activity, known) {
    const policy = text(activity.request, 'policyArn');
    if (!policy) return undefined;
    const written = document(activity.request, 'policyDocument');
    const isDefault = flag(activity.request, 'setAsDefault') === true;
    const version = text(inner(activity.response, 'policyVersion'), 'versionId');
    const former = text(known.document(reference.default(policy)) ?? {}, 'version');
    const target: Target =
      isDefault && version ? { kind: 'policy-version', policy, version, former } : { kind: 'policy', policy };
    const step = { former: known.document(reference.policy(policy)), written };
    const gains = isDefault ? gainsOfHolders(policy, step, activity, known) : gainsOfDocument(written, activity);
    return {
      target,
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} a new ${isDefault ? 'default ' : ''}version of ${policy}: ${clauseOf(gains)}`,
      factors: isDefault ? grantFactors(gains, false) : dormantFactors(gains, 'the version is not the default yet'),
    };
  },

  remedy: restorePolicyVersion,
  automatic: true,

  examples: {
    'alice gives everybody who has the policy everything': {
      event: did(
        user('alice'),
        'iam:CreatePolicyVersion',
        {
          policyArn: 'arn:aws:iam::111122223333:policy/deploy',
          policyDocument: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
          setAsDefault: true,
        },
        { response: { policyVersion: { versionId: 'v2', isDefaultVersion: true } } },
      ),
      documents: { 'default/arn:aws:iam::111122223333:policy/deploy': { version: 'v1' } },
      finds:
        'alice wrote a new default version of arn:aws:iam::111122223333:policy/deploy: whoever has it can now do everything on every resource',
    },
    'a deployment takes an action out': {
      event: did(
        role('deploy', 'ci-42'),
        'iam:CreatePolicyVersion',
        {
          policyArn: 'arn:aws:iam::111122223333:policy/web',
          policyDocument: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
          setAsDefault: true,
        },
        { response: { policyVersion: { versionId: 'v4', isDefaultVersion: true } } },
      ),
      documents: {
        'policy/arn:aws:iam::111122223333:policy/web': {
          Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' }],
        },
      },
      finds:
        'role deploy (session ci-42) wrote a new default version of arn:aws:iam::111122223333:policy/web: no new access',
    },
    'alice prepares a version and is refused': {
      event: did(
        user('alice'),
        'iam:CreatePolicyVersion',
        { policyArn: 'arn:aws:iam::111122223333:policy/web', policyDocument: '{}', setAsDefault: false },
        { error: 'AccessDenied' },
      ),
      finds:
        'alice tried to write a new version of arn:aws:iam::111122223333:policy/web: whoever gets it could then do what the guardrail could not read',
    },
    'a request that names no policy': {
      event: did(user('alice'), 'iam:CreatePolicyVersion', { setAsDefault: true }),
    },
  },
} satisfies Rule;
