import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { ACCOUNT, did, OUTSIDE, role, user } from '../events/did.ts';
import { document, inner, text } from '../events/fields.ts';

// Backups and archives are the same data as in the database, only less watched.
export default {
  id: 'vault-policy-put',
  title: 'Policy of a backup or archive vault written',
  why: 'Who may use a vault of AWS Backup or S3 Glacier was changed. An outsider who is let in copies the backups of everything that is kept there; a new policy may also drop the denials that keep backups from being deleted. It is normal when accounts of the organization copy their backups into one vault.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1530', 'T1490'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'CP-9'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(7)(ii)(A)'],
    practice: 'vaults open to the organization only, deletion denied',
  },
  on: ['backup:PutBackupVaultAccessPolicy', 'glacier:SetVaultAccessPolicy'],

  detect(activity, known) {
    const { request } = activity;
    const vault = text(request, 'backupVaultName') ?? text(request, 'vaultName');
    const written = document(inner(request, 'policy'), 'policy') ?? document(request, 'policy');
    const factors = openingFactors(written, activity, known);
    return {
      target: resourceTarget('vault', vault),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('vault', vault)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets her own account copy the backups': {
      event: did(user('mallory'), 'backup:PutBackupVaultAccessPolicy', {
        backupVaultName: 'main',
        policy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }, 'backup:CopyFromBackupVault'),
      }),
      finds:
        'mallory wrote the policy of vault main: arn:aws:iam::999988887777:root of another account may use it (backup:CopyFromBackupVault)',
    },
    'mallory opens an archive, and may not': {
      event: did(
        user('mallory'),
        'glacier:SetVaultAccessPolicy',
        { vaultName: 'archive', policy: { policy: allowing('*', 'glacier:InitiateJob') } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to write the policy of vault archive: everybody may use it (glacier:InitiateJob)',
    },
    'a deployment lets a role of the account read': {
      event: did(role('deploy', 'ci-42'), 'backup:PutBackupVaultAccessPolicy', {
        backupVaultName: 'main',
        policy: allowing({ AWS: `arn:aws:iam::${ACCOUNT}:role/restore` }, 'backup:StartRestoreJob'),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of vault main',
    },
    'the policy is missing': {
      event: did(user('alice'), 'glacier:SetVaultAccessPolicy', { vaultName: 'archive' }),
      finds: 'alice wrote the policy of vault archive: the policy could not be read',
    },
    'alice reads it': {
      event: did(user('alice'), 'backup:GetBackupVaultAccessPolicy', { backupVaultName: 'main' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown, Action: string): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] });
}
