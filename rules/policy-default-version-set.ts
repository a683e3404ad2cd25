import { gainsOfHolders } from '../core/gains.ts';
import { clauseOf, grantFactors } from '../core/grants.ts';
import { reference } from '../core/reference.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import restorePolicyVersion from '../remediations/restore-policy-version.ts';

// Old versions keep what was taken away long ago: choosing one brings it back, without a document in the request.
export default {
  id: 'policy-default-version-set',
  title: 'Default version of a managed policy changed',
  why: 'Another version of a managed policy is in force for everybody who has it. IAM keeps up to five versions, and an old one may grant what was withdrawn since: who may only choose the version can still gain by it. It is normal as a rollback after a change that broke something.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['1.16', '4.4'],
    nist: ['AC-2(4)', 'AC-6', 'CM-5'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'delete versions that are not to come back',
  },
  on: ['iam:SetDefaultPolicyVersion'],

  documents(activity) {
    const policy = text(activity.request, 'policyArn');
    const version = text(activity.request, 'versionId');
    if (!policy || !version) return [];
    return [reference.version(policy, version), reference.policy(policy), reference.default(policy)];
  },

  whose(activity) {
    const policy = text(activity.request, 'policyArn');
    return policy ? [{ policy }] : [];
  },

  detect(activity, known) {
    const policy = text(activity.request, 'policyArn');
    const version = text(activity.request, 'versionId');
    if (!policy || !version) return undefined;
    const written = known.document(reference.version(policy, version)) ?? undefined;
    const step = { former: known.document(reference.policy(policy)), written };
    const gains = gainsOfHolders(policy, step, activity, known);
    const former = text(known.document(reference.default(policy)) ?? {}, 'version');
    return {
      target: { kind: 'policy-version', policy, version, former },
      because: `${activity.actor.name} ${verb(activity, 'made', 'make')} ${version} the default version of ${policy}: ${clauseOf(gains)}`,
      factors: grantFactors(gains, false),
    };
  },

  remedy: restorePolicyVersion,
  automatic: true,

  examples: {
    'alice brings back the version that granted everything': {
      event: did(user('alice'), 'iam:SetDefaultPolicyVersion', {
        policyArn: 'arn:aws:iam::111122223333:policy/deploy',
        versionId: 'v1',
      }),
      documents: {
        'version/v1/arn:aws:iam::111122223333:policy/deploy': {
          Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
        },
        'policy/arn:aws:iam::111122223333:policy/deploy': {
          Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        },
        'default/arn:aws:iam::111122223333:policy/deploy': { version: 'v4' },
      },
      finds:
        'alice made v1 the default version of arn:aws:iam::111122223333:policy/deploy: whoever has it can now do everything on every resource',
    },
    'a version that no event on record shows': {
      event: did(user('alice'), 'iam:SetDefaultPolicyVersion', {
        policyArn: 'arn:aws:iam::111122223333:policy/web',
        versionId: 'v2',
      }),
      finds:
        'alice made v2 the default version of arn:aws:iam::111122223333:policy/web: whoever has it can now do what the guardrail could not read',
    },
    'a request that names no version': {
      event: did(user('alice'), 'iam:SetDefaultPolicyVersion', {
        policyArn: 'arn:aws:iam::111122223333:policy/web',
      }),
    },
  },
} satisfies Rule;
