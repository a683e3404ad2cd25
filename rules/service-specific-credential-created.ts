import type { Rule } from '../core/rule.ts';
import { otherFactor, ownerIn, ownerTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Long-lived secrets that key rotation and most reviews forget: Git over HTTPS, Keyspaces, Bedrock.
export default {
  id: 'service-specific-credential-created',
  title: 'Service-specific credential created',
  why: 'Somebody made, renewed or activated again a long-lived credential of an IAM user for one service: a Git password of CodeCommit, a password of Keyspaces, an API key of Bedrock. It works from anywhere, without MFA, and is not on the list of access keys. It is normal when a tool cannot use a role; a Bedrock key that nobody asked for will be paid for.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.001'],
    cis: ['1.14', '4.4'],
    nist: ['AC-2(4)', 'IA-5'],
    pci: ['8.3.1', '8.6.3', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: [
    'iam:CreateServiceSpecificCredential',
    'iam:ResetServiceSpecificCredential',
    'iam:UpdateServiceSpecificCredential',
  ],

  detect(activity) {
    if (text(activity.request, 'status') === 'Inactive') return undefined;
    const owner = ownerIn(activity);
    return {
      target: ownerTarget(owner),
      because: `${activity.actor.name} ${how(activity)} a credential${serviceIn(activity)} for ${owner.says}`,
      factors: otherFactor(owner, 20, `the credential is another user's: whoever holds it acts as ${owner.user}`),
    };
  },

  automatic: false,

  examples: {
    'alice makes a Bedrock key for bob': {
      event: did(
        user('alice'),
        'iam:CreateServiceSpecificCredential',
        { userName: 'bob', serviceName: 'bedrock.amazonaws.com', credentialAgeDays: 365 },
        {
          response: {
            serviceSpecificCredential: {
              userName: 'bob',
              serviceName: 'bedrock.amazonaws.com',
              serviceSpecificCredentialId: 'ACCAEXAMPLE000000001',
              status: 'Active',
            },
          },
        },
      ),
      finds: 'alice created a credential of bedrock.amazonaws.com for bob',
    },
    'alice makes a Git password for herself': {
      event: did(user('alice'), 'iam:CreateServiceSpecificCredential', {
        userName: 'alice',
        serviceName: 'codecommit.amazonaws.com',
      }),
      finds: 'alice created a credential of codecommit.amazonaws.com for themselves',
    },
    'an old one is activated again': {
      event: did(role('helpdesk', 'ana'), 'iam:UpdateServiceSpecificCredential', {
        userName: 'bob',
        serviceSpecificCredentialId: 'ACCAEXAMPLE000000001',
        status: 'Active',
      }),
      finds: 'role helpdesk (session ana) activated a credential for bob',
    },
    'one is disabled': {
      event: did(user('alice'), 'iam:UpdateServiceSpecificCredential', {
        userName: 'bob',
        serviceSpecificCredentialId: 'ACCAEXAMPLE000000001',
        status: 'Inactive',
      }),
    },
  },
} satisfies Rule;

function how(activity: Activity): string {
  if (activity.name === 'iam:CreateServiceSpecificCredential') return verb(activity, 'created', 'create');
  if (activity.name === 'iam:ResetServiceSpecificCredential') return verb(activity, 'renewed', 'renew');
  return verb(activity, 'activated', 'activate');
}

function serviceIn({ request, response }: Activity): string {
  const service = text(request, 'serviceName') ?? text(inner(response, 'serviceSpecificCredential'), 'serviceName');
  return service ? ` of ${service}` : '';
}
