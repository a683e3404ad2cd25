import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Nobody pays a ransom who has a backup: that is why the backup goes first.
export default {
  id: 'backup-deleted',
  title: 'Backup or backup vault deleted',
  why: 'A recovery point of AWS Backup, or a vault, was deleted by hand. Backups that are too old are deleted by the service itself, without this call; whoever calls it wants one gone before its time. Extortionists do so before they touch the data. It is normal when tests are cleaned up, or costs cut by agreement.',
  severity: 'medium',
  maps: {
    mitre: ['T1490', 'T1485'],
    cis: [],
    nist: ['CP-9', 'SI-12'],
    pci: ['10.2.1.7', '10.5.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.310(d)(2)(iv)'],
    practice: 'vaults locked in compliance mode, with a copy in another account',
  },
  on: ['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVault'],

  detect(activity) {
    const vault = text(activity.request, 'backupVaultName');
    const point = text(activity.request, 'recoveryPointArn');
    const isVault = activity.name === 'backup:DeleteBackupVault';
    const [type, name] = isVault ? (['backup vault', vault] as const) : (['recovery point', point] as const);
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called(type, name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory removes a backup': {
      event: did(user('mallory'), 'backup:DeleteRecoveryPoint', {
        backupVaultName: 'main',
        recoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1',
      }),
      finds: 'mallory deleted recovery point arn:aws:ec2:us-east-1::snapshot/snap-1',
    },
    'the vault is locked': {
      event: did(
        role('build', 'ci-42'),
        'backup:DeleteBackupVault',
        { backupVaultName: 'main' },
        { error: 'InvalidRequestException' },
      ),
      finds: 'role build (session ci-42) tried to delete backup vault main',
    },
    'a request that names no recovery point': {
      event: did(user('mallory'), 'backup:DeleteRecoveryPoint', { recoveryPointArn: null }),
      finds: 'mallory deleted a recovery point that the record does not name',
    },
    'a backup is begun': {
      event: did(user('alice'), 'backup:StartBackupJob', { backupVaultName: 'main' }),
    },
  },
} satisfies Rule;
