import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { document, inner, text } from '../events/fields.ts';

// An access point is a second door to a bucket: whoever looks at the bucket's own policy does not see it.
export default {
  id: 'access-point-policy-put',
  title: 'Policy of an S3 access point written',
  why: 'Who may use a bucket through an access point was changed. Where the bucket delegates to its access points, this policy alone decides, and an outsider in it reads the objects. It is normal when a team gets its own door to shared data; then it names roles of the account or of the organization.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1537'],
    cis: ['2.1.4', '4.8'],
    nist: ['AC-3', 'AC-4', 'AC-21'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'access points limited to a network, and to named roles',
  },
  on: ['s3:PutAccessPointPolicy', 's3:PutAccessPointPolicyForObjectLambda', 's3:PutMultiRegionAccessPointPolicy'],

  detect(activity, known) {
    const { request } = activity;
    const details = inner(request, 'details');
    const point = text(request, 'name') ?? text(details, 'name');
    const factors = openingFactors(policyIn(request) ?? document(details, 'policy'), activity, known);
    return {
      target: resourceTarget('access point', point),
      because: `${activity.actor.name} ${verb(activity, 'wrote', 'write')} the policy of ${called('access point', point)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets her own account in by the side door': {
      event: did(user('mallory'), 's3:PutAccessPointPolicy', {
        name: 'finance',
        PutAccessPointPolicyRequest: { Policy: allowing({ AWS: OUTSIDE }) },
      }),
      finds:
        'mallory wrote the policy of access point finance: 999988887777 of another account may use it (s3:GetObject)',
    },
    'a deployment lets a role in': {
      event: did(role('deploy', 'ci-42'), 's3:PutAccessPointPolicy', {
        name: 'finance',
        policy: allowing({ AWS: 'arn:aws:iam::111122223333:role/reports' }),
      }),
      finds: 'role deploy (session ci-42) wrote the policy of access point finance',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        's3:PutAccessPointPolicy',
        { name: 'finance', policy: allowing('*') },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to write the policy of access point finance: everybody may use it (s3:GetObject)',
    },
    'an access point is made': {
      event: did(user('alice'), 's3:CreateAccessPoint', { name: 'finance', bucket: 'customers' }),
    },
  },
} satisfies Rule;

/** The body stands in an element that is called as the call is, or beside the name. */
function policyIn(request: Fields) {
  return document(inner(request, 'PutAccessPointPolicyRequest'), 'policy') ?? document(request, 'policy');
}

function allowing(Principal: unknown): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: '*' }] });
}
