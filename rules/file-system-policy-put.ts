import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { document, text } from '../events/fields.ts';

// A file system is mounted, not downloaded: whoever may mount it works in it as if it were theirs.
export default {
  id: 'file-system-policy-put',
  title: 'Policy of a file system written',
  why: 'Who may mount an EFS file system or write to it was changed. An outsider who is let in, and can reach the network, reads and changes files like the programs of the account do. It is normal when a deployment requires encryption or the mount targets of the network, or lets an account of the organization in.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'file systems used by named roles through access points',
  },
  on: ['elasticfilesystem:PutFileSystemPolicy'],

  detect(activity, known) {
    const system = text(activity.request, 'fileSystemId');
    const factors = openingFactors(document(activity.request, 'policy'), activity, known);
    return {
      target: resourceTarget('file system', system),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('file system', system)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets her own account mount it': {
      event: did(user('mallory'), 'elasticfilesystem:PutFileSystemPolicy', {
        fileSystemId: 'fs-1',
        policy: allowing({ AWS: `arn:aws:iam::${OUTSIDE}:root` }),
      }),
      finds:
        'mallory wrote the policy of file system fs-1: arn:aws:iam::999988887777:root of another account may use it (elasticfilesystem:ClientMount)',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'elasticfilesystem:PutFileSystemPolicy',
        { fileSystemId: 'fs-1', policy: allowing('*') },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to write the policy of file system fs-1: everybody may use it (elasticfilesystem:ClientMount)',
    },
    'a deployment asks for the mount targets of the network': {
      event: did(role('deploy', 'ci-42'), 'elasticfilesystem:PutFileSystemPolicy', {
        fileSystemId: 'fs-1',
        policy: allowing({ AWS: '*' }, { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of file system fs-1',
    },
    'alice reads it': {
      event: did(user('alice'), 'elasticfilesystem:DescribeFileSystemPolicy', { fileSystemId: 'fs-1' }),
    },
  },
} satisfies Rule;

function allowing(Principal: unknown, Condition = {}): string {
  const Action = 'elasticfilesystem:ClientMount';
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action, Condition }] });
}
