import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever is the identity provider of the organization can be anybody in it.
export default {
  id: 'identity-source-changed',
  title: 'Identity source of Identity Center changed',
  why: 'Where the people of IAM Identity Center come from was changed: another directory, or an external identity provider switched on, off or over. Whoever runs the new source signs in as whomever they like, to every account, past all passwords and MFA devices. It happens once or twice in the life of an organization, planned and announced; at any other time act at once.',
  severity: 'high',
  maps: {
    mitre: ['T1484.002', 'T1556', 'T1556.007'],
    cis: ['1.21'],
    nist: ['AC-2', 'CM-3', 'IA-2', 'IA-8'],
    pci: ['8.2.2', '8.3.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'the identity source changes only under the four-eyes principle',
  },
  on: [
    'sso:AssociateDirectory',
    'sso:DisassociateDirectory',
    'sso:UpdateDirectoryAssociation',
    'sso-directory:CreateExternalIdPConfigurationForDirectory',
    'sso-directory:EnableExternalIdPConfigurationForDirectory',
    'sso-directory:UpdateExternalIdPConfigurationForDirectory',
    'sso-directory:DisableExternalIdPConfigurationForDirectory',
    'sso-directory:DeleteExternalIdPConfigurationForDirectory',
  ],

  detect(activity) {
    const directory = text(activity.request, 'directoryId') ?? text(activity.request, 'identityStoreId');
    return {
      target: resourceTarget('directory', directory),
      because: `${activity.actor.name} ${doing(activity)} ${called('directory', directory)}`,
      factors: dormant(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory makes her own provider that of the organization': {
      event: did(user('mallory'), 'sso-directory:EnableExternalIdPConfigurationForDirectory', {
        directoryId: 'd-1111222233',
        idpConfigurationId: 'idp-1',
      }),
      finds: 'mallory enabled the external identity provider of directory d-1111222233',
    },
    'a directory is connected from the console': {
      event: did(identityCenter('ana', 'Platform'), 'sso:AssociateDirectory', {
        directoryId: 'd-1111222233',
        directoryType: 'ADConnector',
      }),
      finds: 'ana associated Identity Center with directory d-1111222233',
    },
    'a build may not, and does not say which': {
      event: did(role('build', 'ci-42'), 'sso:DisassociateDirectory', null, { error: 'AccessDenied' }),
      finds:
        'role build (session ci-42) tried to disassociate Identity Center from a directory that the record does not name',
    },
    'a provider is prepared': {
      event: did(user('alice'), 'sso-directory:CreateExternalIdPConfigurationForDirectory', { directoryId: 'd-1' }),
      finds: 'alice created an external identity provider of directory d-1',
    },
    'alice looks at it': {
      event: did(user('alice'), 'sso-directory:ListExternalIdPConfigurationsForDirectory', { directoryId: 'd-1' }),
    },
    'a directory of a virtual desktop': {
      event: did(user('alice'), 'workspaces:RegisterWorkspaceDirectory', { directoryId: 'd-1' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  const event = activity.name.slice(activity.name.indexOf(':') + 1);
  if (event === 'AssociateDirectory')
    return verb(activity, 'associated Identity Center with', 'associate Identity Center with');
  if (event === 'DisassociateDirectory')
    return verb(activity, 'disassociated Identity Center from', 'disassociate Identity Center from');
  if (event === 'UpdateDirectoryAssociation')
    return verb(activity, 'changed the association with', 'change the association with');
  const word = /^[A-Z][a-z]+/.exec(event)?.[0].toLowerCase() ?? 'change';
  return `${verb(activity, `${word}d`, word)} ${word === 'create' ? 'an' : 'the'} external identity provider of`;
}

function dormant({ name }: Activity): Factor[] {
  if (name !== 'sso-directory:CreateExternalIdPConfigurationForDirectory') return [];
  return [{ id: 'dormant', points: -15, because: 'nobody signs in through it before it is enabled' }];
}
