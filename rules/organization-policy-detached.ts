import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// What was forbidden to everybody, administrators included, is allowed again.
export default {
  id: 'organization-policy-detached',
  title: 'Policy of the organization detached',
  why: 'A policy of the organization was detached from the root, a unit or an account. If it was a service or resource control policy, then what it forbade is allowed again there at once, to administrators and intruders alike: to stop trails, to leave the organization, to use any region. It is normal when one policy takes the place of another; then the other was attached before.',
  severity: 'high',
  maps: {
    mitre: ['T1666', 'T1562.001'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'CM-3', 'CM-5'],
    pci: ['7.2.1', '10.2.1.5', '10.7.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'policies of the organization change through a reviewed deployment',
  },
  on: ['organizations:DetachPolicy'],

  detect(activity) {
    const policy = text(activity.request, 'policyId');
    const target = text(activity.request, 'targetId');
    return {
      target: resourceTarget('organization policy', policy),
      because: `${activity.actor.name} ${verb(activity, 'detached', 'detach')} ${called('organization policy', policy)} from ${target ?? 'an unknown place'}`,
      factors: placeFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory frees the whole organization from a policy': {
      event: did(user('mallory'), 'organizations:DetachPolicy', { policyId: 'p-1', targetId: 'r-ab12' }),
      finds: 'mallory detached organization policy p-1 from r-ab12',
    },
    'a build may not free its account': {
      event: did(
        role('build', 'ci-42'),
        'organizations:DetachPolicy',
        { policyId: 'p-1', targetId: '444455556666' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to detach organization policy p-1 from 444455556666',
    },
    'ana narrows a unit to a list of allowed services': {
      event: did(identityCenter('ana', 'Platform'), 'organizations:DetachPolicy', {
        policyId: 'p-FullAWSAccess',
        targetId: 'ou-ab12-prod',
      }),
      finds: 'ana detached organization policy p-FullAWSAccess from ou-ab12-prod',
    },
    'a record that says nothing': {
      event: did(user('mallory'), 'organizations:DetachPolicy', {}),
      finds: 'mallory detached an organization policy that the record does not name from an unknown place',
    },
    'a policy of another service': {
      event: did(user('alice'), 'iot:DetachPolicy', { policyName: 'device', target: 'arn:aws:iot:::cert/1' }),
    },
  },
} satisfies Rule;

function placeFactors({ request }: Activity) {
  if (text(request, 'policyId') === 'p-FullAWSAccess')
    return [{ id: 'narrower', points: -35, because: 'without it less is allowed, not more' }];
  if (text(request, 'targetId')?.startsWith('r-'))
    return [{ id: 'root', points: 10, because: 'it was attached to the root, for all accounts' }];
  return [];
}
