import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A token that is good for a year, and with which users and groups can be written from anywhere.
export default {
  id: 'provisioning-token-created',
  title: 'Provisioning token of Identity Center created',
  why: 'A bearer token for the automatic provisioning (SCIM) of IAM Identity Center was made. Whoever has it creates users and puts them into groups from anywhere, without any AWS credentials, for a year. It is normal when an identity provider is connected, and once a year when the token is renewed; a second one beside it has no good reason.',
  severity: 'medium',
  maps: {
    mitre: ['T1098', 'T1136.003', 'T1550.001'],
    cis: ['1.21'],
    nist: ['AC-2(1)', 'IA-5', 'IA-5(1)'],
    pci: ['8.6.1', '8.6.3', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'one provisioning token, renewed on an announced date',
  },
  on: ['sso-directory:CreateBearerToken', 'sso-directory:CreateProvisioningTenant'],

  detect(activity) {
    const directory = text(activity.request, 'directoryId') ?? text(activity.request, 'identityStoreId');
    const tenant = text(activity.request, 'tenantId');
    const isToken = activity.name === 'sso-directory:CreateBearerToken';
    const where = tenant ? called('provisioning tenant', tenant) : called('directory', directory);
    return {
      target: tenant ? resourceTarget('provisioning tenant', tenant) : resourceTarget('directory', directory),
      because: `${activity.actor.name} ${isToken ? verb(activity, 'created', 'create') : verb(activity, 'set up', 'set up')} ${isToken ? 'a bearer token' : 'automatic provisioning'} for ${where}`,
    };
  },

  automatic: false,

  examples: {
    'mallory keeps a key to the directory': {
      event: did(user('mallory'), 'sso-directory:CreateBearerToken', { directoryId: 'd-1', tenantId: 'tenant-1' }),
      finds: 'mallory created a bearer token for provisioning tenant tenant-1',
    },
    'a build may not, and does not say where': {
      event: did(role('build', 'ci-42'), 'sso-directory:CreateProvisioningTenant', {}, { error: 'AccessDenied' }),
      finds:
        'role build (session ci-42) tried to set up automatic provisioning for a directory that the record does not name',
    },
    'a token is deleted': {
      event: did(user('alice'), 'sso-directory:DeleteBearerToken', { tenantId: 'tenant-1', tokenId: 'token-1' }),
    },
  },
} satisfies Rule;
