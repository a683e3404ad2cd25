import { clauses, outsiderFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A grant gives access to data past the policies of the bucket and of the one who is granted it.
export default {
  id: 'access-grant-created',
  title: 'S3 access grant created',
  why: 'Somebody was given access to a part of S3 by an access grant: S3 hands them credentials of a role that may read or write there, whatever their own policies say. An intruder gives a user or an account of their own access in this way. It is normal where people of the directory get their data by grants.',
  severity: 'low',
  maps: {
    mitre: ['T1098', 'T1530'],
    cis: [],
    nist: ['AC-3', 'AC-6', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'grants for groups of the directory, below a prefix',
  },
  on: ['s3:CreateAccessGrant'],

  detect(activity, known) {
    const body = inner(activity.request, 'CreateAccessGrantRequest');
    const grantee =
      text(inner(body, 'Grantee'), 'GranteeIdentifier') ??
      text(inner(activity.request, 'Grantee'), 'GranteeIdentifier');
    const factors = outsiderFactors(grantee, 25, activity, known);
    const scope = text(activity.response, 'grantScope');
    return {
      target: resourceTarget('location', scope),
      because: `${activity.actor.name} ${verb(activity, 'granted', 'grant')} ${grantee ?? 'somebody'} access to ${called('location', scope)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory grants her own account access': {
      event: did(
        user('mallory'),
        's3:CreateAccessGrant',
        { Grantee: { GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${OUTSIDE}:user/m` }, Permission: 'READ' },
        { response: { grantScope: 's3://customers/*' } },
      ),
      finds:
        'mallory granted arn:aws:iam::999988887777:user/m access to location s3://customers/*: account 999988887777 is none that the settings know',
    },
    'a deployment grants a group of the directory access': {
      event: did(
        role('deploy', 'ci-42'),
        's3:CreateAccessGrant',
        { CreateAccessGrantRequest: { Grantee: { GranteeType: 'DIRECTORY_GROUP', GranteeIdentifier: 'a1b2' } } },
        { response: { grantScope: 's3://reports/2026*' } },
      ),
      finds: 'role deploy (session ci-42) granted a1b2 access to location s3://reports/2026*',
    },
    'a build may not, and the request is odd': {
      event: did(role('build', 'ci-42'), 's3:CreateAccessGrant', { Grantee: 'me' }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to grant somebody access to a location that the record does not name',
    },
    'the grant is taken back': {
      event: did(user('alice'), 's3:DeleteAccessGrant', { accessGrantId: 'a1' }),
    },
  },
} satisfies Rule;
