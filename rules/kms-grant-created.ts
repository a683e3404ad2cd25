import { clauses, outsiderFactors, outsiderIn } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A grant opens a key beside its policy, and stays when the policy is cleaned up.
export default {
  id: 'kms-grant-created',
  title: 'Grant on a KMS key created',
  why: 'Somebody was allowed to use a KMS key by a grant, which stands beside the key policy and is seldom looked at. With it an outsider decrypts snapshots and files that were copied away. It is normal for AWS services, which make grants all day when they encrypt volumes and the like; those are left out here.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1530'],
    cis: [],
    nist: ['AC-3', 'AC-6', 'SC-12'],
    pci: ['3.6.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(2)(iv)', '164.308(a)(4)(ii)(C)'],
    practice: 'people use keys by policy, only AWS services by grant',
  },
  on: ['kms:CreateGrant'],

  detect(activity, known) {
    const key = text(activity.request, 'keyId');
    const grantee = text(activity.request, 'granteePrincipal');
    if (isForService(activity, grantee) && !outsiderIn(grantee, activity, known)) return undefined;
    const outside = outsiderFactors(grantee, 25, activity, known);
    const isNarrow = Object.keys(inner(activity.request, 'constraints')).length > 0;
    return {
      target: resourceTarget('KMS key', key),
      because: `${activity.actor.name} ${verb(activity, 'granted', 'grant')} ${grantee ?? 'somebody'} the use of ${called('KMS key', key)}${clauses(outside)}`,
      factors: [...outside, ...(isNarrow ? [NARROW] : [])],
    };
  },

  automatic: false,

  examples: {
    'mallory grants her own account the key': {
      event: did(user('mallory'), 'kms:CreateGrant', {
        keyId: '1a2b',
        granteePrincipal: `arn:aws:iam::${OUTSIDE}:root`,
        operations: ['Decrypt', 'CreateGrant'],
      }),
      finds:
        'mallory granted arn:aws:iam::999988887777:root the use of KMS key 1a2b: account 999988887777 is none that the settings know',
    },
    'alice grants a role the key, for one purpose': {
      event: did(user('alice'), 'kms:CreateGrant', {
        keyId: '1a2b',
        granteePrincipal: 'arn:aws:iam::111122223333:role/reports',
        constraints: { encryptionContextEquals: { team: 'finance' } },
      }),
      finds: 'alice granted arn:aws:iam::111122223333:role/reports the use of KMS key 1a2b',
    },
    'a build may not, and names nobody': {
      event: did(role('build', 'ci-42'), 'kms:CreateGrant', { keyId: '1a2b' }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to grant somebody the use of KMS key 1a2b',
    },
    'EC2 attaches an encrypted volume for alice': {
      event: did({ ...user('alice'), invokedBy: 'ec2.amazonaws.com' }, 'kms:CreateGrant', {
        keyId: '1a2b',
        granteePrincipal: 'arn:aws:iam::111122223333:role/web',
      }),
    },
    'a database gets its key': {
      event: did(user('alice'), 'kms:CreateGrant', { keyId: '1a2b', granteePrincipal: 'rds.amazonaws.com' }),
    },
  },
} satisfies Rule;

const NARROW = { id: 'narrow', points: -10, because: 'only for a certain encryption context' };

function isForService({ actor }: Activity, grantee = ''): boolean {
  return actor.kind === 'service' || actor.via !== undefined || /^[a-z0-9.-]+\.amazonaws\.com$/.test(grantee);
}
