import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The lock is there for the day on which an administrator is not one.
export default {
  id: 'backup-vault-unlocked',
  title: 'Lock of a backup vault deleted',
  why: 'The lock that kept the backups of a vault from being deleted before their time was taken off. From now on whoever may delete recovery points can empty the vault, and that is what usually follows. It is hardly ever normal; a lock that was set by mistake is removed within its first days, by agreement.',
  severity: 'high',
  maps: {
    mitre: ['T1490', 'T1562'],
    cis: [],
    nist: ['CP-9', 'CM-5', 'SI-12'],
    pci: ['10.2.1.5', '10.5.1'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
    practice: 'vaults locked in compliance mode, which nobody can take off',
  },
  on: ['backup:DeleteBackupVaultLockConfiguration'],

  detect(activity) {
    const vault = text(activity.request, 'backupVaultName');
    return {
      target: resourceTarget('backup vault', vault),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} the lock off ${called('backup vault', vault)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes the backups deletable': {
      event: did(user('mallory'), 'backup:DeleteBackupVaultLockConfiguration', { backupVaultName: 'main' }),
      finds: 'mallory took the lock off backup vault main',
    },
    'the lock cannot be taken off any more': {
      event: did(
        role('build', 'ci-42'),
        'backup:DeleteBackupVaultLockConfiguration',
        { backupVaultName: 'main' },
        { error: 'InvalidRequestException' },
      ),
      finds: 'role build (session ci-42) tried to take the lock off backup vault main',
    },
    'a request that names no vault': {
      event: did(user('mallory'), 'backup:DeleteBackupVaultLockConfiguration', { backupVaultName: [] }),
      finds: 'mallory took the lock off a backup vault that the record does not name',
    },
    'alice locks it': {
      event: did(user('alice'), 'backup:PutBackupVaultLockConfiguration', { backupVaultName: 'main' }),
    },
  },
} satisfies Rule;
